package spelling_test

import (
	"slices"
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

func TestNear(t *testing.T) {
	commands := []string{"config", "evidence", "graph", "build", "help", "explain", "version", "init", "merge"}
	for word, want := range map[string][]string{
		"versoin":  {"version"},
		"explian":  {"explain"},
		"Explain":  {"explain"},
		"exp":      {"explain"},
		"evidense": {"evidence"},
		"grahp":    {"graph"},
		"int":      {"init"},
		"i":        nil, // any word of one letter is one edit away from any other
		"fmt":      nil,
		"testing":  nil,
		"":         nil,
	} {
		if got := spelling.Near(word, commands); !slices.Equal(got, want) {
			t.Errorf("Near(%q) = %q, want %q", word, got, want)
		}
	}
	if got, want := spelling.Near("pat", []string{"path", "pay", "pan", "pot", "patience", "pan"}), []string{"pan", "path", "pay"}; !slices.Equal(got, want) {
		t.Errorf("several: %q, want %q", got, want)
	}
}

func TestQuestion(t *testing.T) {
	for word, want := range map[string]string{
		"lop":    "did you mean loop?",
		"disk":   "did you mean disc or risk?",
		"nothin": "",
	} {
		if got := spelling.Question(word, []string{"loop", "disc", "risk"}); got != want {
			t.Errorf("Question(%q) = %q, want %q", word, got, want)
		}
	}
	if got := spelling.Or([]string{"a", "b", "c"}); got != "a, b or c" {
		t.Errorf("Or: %q", got)
	}
}
