package visible_test

import (
	"testing"

	"github.com/ctxlint/ctxlint/internal/report/visible"
)

func TestText(t *testing.T) {
	for in, want := range map[string]string{
		"plain é 買 😀":    "plain é 買 😀",
		"\x1b[31m":       `\x1b[31m`,
		"a\r\n\tb":       `a\r\n\tb`,
		"\u202e\u2066":   `\u202e\u2066`,
		"\xff\xc3":       `\xff\xc3`,
		"\u00a0\u200b":   `\u00a0\u200b`,
		"\U000e0041\x7f": `\U000e0041\x7f`,
	} {
		if got := visible.Text(in); got != want {
			t.Errorf("Text(%q) = %s, want %s", in, got, want)
		}
	}
}

func TestCut(t *testing.T) {
	for n, want := range map[int]string{0: "", 1: "a", 2: "a", 3: "a買", 4: "a買b", 9: "a買b"} {
		if got := visible.Cut("a買b", n); got != want {
			t.Errorf("Cut(%d) = %q, want %q", n, got, want)
		}
	}
}
