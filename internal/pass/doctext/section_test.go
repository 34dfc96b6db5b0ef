package doctext_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/ctxlint/ctxlint/internal/pass/doctext"
)

const sections = `// Package p defines Analyzers.
//
// # Analyzer first
//
// first: find what is first
//
// # Category one
//
// It matters.
//
// Bad:
//
//	bad()
//
//	worse()
//
// Good:
//
//	good()
//
// Fix: make it good.
//
// Confidence is always high: it is
// proved.
//
// References:
//
//   - https://example.com
//
// # Category two
//
// It matters, too.
//
// # Analyzer second
//
// second: find what is second
//
// # Category one
//
// It matters not.
package p
`

func TestSection(t *testing.T) {
	d, err := doctext.Parse(sections, "first")
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(d.Text, "It matters") {
		t.Errorf("the text of the analyzer contains that of its categories:\n%s", d.Text)
	}
	if got := d.Sections(); !slices.Equal(got, []string{"one", "two"}) {
		t.Errorf("Sections() = %q", got)
	}
	s, err := d.Section("one")
	if err != nil {
		t.Fatal(err)
	}
	if s.Category != "one" || s.Bad != "bad()\n\nworse()\n" || s.Good != "good()\n" ||
		s.Confidence != "Confidence is always high: it is proved." || !slices.Equal(s.Levels, []string{"high"}) || !strings.HasPrefix(s.Text, "It matters.\n") || !strings.HasSuffix(s.Text, "example.com\n") {
		t.Errorf("Section = %+v", s)
	}
	for name, want := range map[string]string{"two": "it lacks code after \"Bad:\"", "three": "no heading"} {
		if s, err := d.Section(name); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Section(%q) = %+v, %v, want an error with %q", name, s, err, want)
		}
	}
}

func TestSectionIncomplete(t *testing.T) {
	for part, want := range map[string]string{
		"It matters.\n":                      "why it matters",
		"Bad:\n":                             `"Bad:"`,
		"Good:\n":                            `"Good:"`,
		"Fix: make it good.":                 `"Fix: ..."`,
		"References:\n":                      `"References:"`,
		"Confidence is always high: it is\n": `"Confidence is always high: ..."`,
	} {
		d, err := doctext.Parse(strings.Replace(sections, "// "+part, "//"+strings.Repeat("\n", strings.Count(part, "\n")), 1), "first")
		if err != nil {
			t.Fatal(err)
		}
		_, err = d.Section("one")
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("without %q: error %v, want one with %q", part, err, want)
		}
	}
}

func TestLevels(t *testing.T) {
	for paragraph, want := range map[string]string{
		"always high: all is proved.":                                 "high",
		"always medium: it is likely.":                                "medium",
		"high where all is proved. It is medium for a hidden callee.": "high medium",
		"always low: it is seldom worth it.":                          "low",
		"high if proved, and low if not.":                             "high low",
		"high here. It is medium there, or low.":                      "high medium low",
		"high, whatever is below.":                                    "",
		"high.":                                                       "",
		"always: it is.":                                              "",
		"always high:":                                                "",
		"high where all is proved.":                                   "",
		"medium where it is likely.":                                  "",
		"medium where it is proved. It is low where it is likely.":    "medium low",
	} {
		d, err := doctext.Parse(strings.Replace(sections, "always high: it is\n// proved.", paragraph, 1), "first")
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if s, err := d.Section("one"); err == nil {
			got = strings.Join(s.Levels, " ")
		}
		if got != want {
			t.Errorf("%q: %q, want %q", paragraph, got, want)
		}
	}
}
