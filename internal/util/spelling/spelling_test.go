package spelling_test

import (
	"testing"

	"github.com/ctxlint/ctxlint/internal/util/spelling"
)

func TestDistance(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want int
	}{
		{"", "", 0},
		{"", "ab", 2},
		{"cancelleak", "CancelLeak", 0},
		{"canceleak", "cancelleak", 1},
		{"cancellaek", "cancelleak", 1},
		{"cancelleakk", "cancelleak", 1},
		{"ctxreset", "ctxescape", 5},
		{"äb", "ab", 1},
		{"ca", "abc", 3},
	} {
		for _, pair := range [][2]string{{test.a, test.b}, {test.b, test.a}} {
			if got := spelling.Distance(pair[0], pair[1]); got != test.want {
				t.Errorf("Distance(%q, %q) = %d, want %d", pair[0], pair[1], got, test.want)
			}
		}
	}
}

func TestNearest(t *testing.T) {
	candidates := []string{"ctxerr", "ctxkey", "cancelleak", "cancelleak/path"}
	for word, want := range map[string]string{
		"canceleak":     "cancelleak",
		"CANCELLEAK":    "cancelleak",
		"cancelleak/pt": "cancelleak/path",
		"ctxxerr":       "ctxerr",
		"x":             "",
		"errcheck":      "",
		"":              "",
	} {
		if got := spelling.Nearest(word, candidates); got != want {
			t.Errorf("Nearest(%q) = %q, want %q", word, got, want)
		}
	}
	if got := spelling.Nearest("a", []string{"b", "c"}); got != "b" {
		t.Errorf("of two that are as near, %q, want the first", got)
	}
}
