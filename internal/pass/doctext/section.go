package doctext

import (
	"fmt"
	"go/doc/comment"
	"slices"
	"strings"
	"unicode"

	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/util/lazyregexp"
)

// A Section explains one category to somebody who got a finding of it:
//
//	# Category NAME
//
//	Why it matters in production: one paragraph or more.
//
//	Confidence is always high: what is proved. Or "always medium: what is likely",
//	"always low: why it is seldom worth a change", or "high where this is proved. It
//	is medium where that is likely", or the like, with low in place of medium, or too, or
//	"medium where this is proved. It is low where that is likely".
//
//	Bad:
//
//		code that is reported
//
//	Good:
//
//		the same code, mended
//
//	Fix: what to do, where the example does not say it all.
//
//	Silence: when the finding may be silenced. This paragraph may be left out.
//
//	References:
//
//	  - https://example.com/what-to-read
//
// Both examples are Go declarations that compile once they have a package
// clause and imports. A test compiles them and checks that the analyzer reports
// what they promise.
type Section struct {
	Category  string
	Text      string // everything below the heading, in the syntax of doc comments
	Bad, Good string // the examples
	// Confidence is the paragraph about that, as one line, and Levels those that
	// findings of the category can have.
	Confidence string
	Levels     []string
}

// Section returns the section of a category. It is an error if the section is
// missing or incomplete.
func (d *Doc) Section(category string) (*Section, error) {
	for _, text := range d.sections() {
		if body, ok := strings.CutPrefix(text, "Category "+category+"\n"); ok {
			s := &Section{Category: category, Text: strings.TrimSpace(body) + "\n"}
			if err := s.parse(); err != nil {
				return nil, fmt.Errorf("doc.go of %s: section %q: %w", d.Name, "# Category "+category, err)
			}
			return s, nil
		}
	}
	return nil, fmt.Errorf("doc.go of %s: no heading %q", d.Name, "# Category "+category)
}

// Sections returns the names of the categories that have a section, in the order
// of doc.go.
func (d *Doc) Sections() []string {
	var names []string
	for _, text := range d.sections() {
		heading, _, _ := strings.Cut(text, "\n")
		if name, ok := strings.CutPrefix(heading, "Category "); ok {
			names = append(names, name)
		}
	}
	return names
}

// parse finds the parts of the section.
func (s *Section) parse() error {
	why, fix, references := false, false, false
	s.Levels = nil
	label := ""
	for _, block := range new(comment.Parser).Parse(s.Text).Content {
		switch block := block.(type) {
		case *comment.Paragraph:
			label = plain(block.Text)
			switch {
			case strings.HasPrefix(label, "Fix: "):
				fix = true
			case strings.HasPrefix(label, "Confidence is "):
				s.Confidence, s.Levels = label, levels(label)
			case s.Bad == "" && label != "Bad:":
				why = true
			}
		case *comment.Code:
			switch label {
			case "Bad:":
				s.Bad = block.Text
			case "Good:":
				s.Good = block.Text
			}
		case *comment.List:
			references = references || label == "References:"
		}
	}
	for _, part := range []struct {
		there bool
		name  string
	}{
		{why, "a paragraph that says why it matters"},
		{s.Bad != "", "code after \"Bad:\""},
		{s.Good != "", "code after \"Good:\""},
		{fix, "a paragraph \"Fix: ...\""},
		{s.Levels != nil, `a paragraph "Confidence is always high: ...", "always medium: ...", "always low: ...", "high where ..., and medium where ..." or "medium where ..., and low where ..."`},
		{references, "a list after \"References:\""},
	} {
		if !part.there {
			return fmt.Errorf("it lacks %s", part.name)
		}
	}
	return nil
}

// levels returns the levels of confidence that a paragraph is about.
func levels(paragraph string) []string {
	if m := always.FindStringSubmatch(paragraph); m != nil {
		return m[1:]
	}
	if !depends.MatchString(paragraph) {
		return nil
	}
	var all []string
	words := strings.FieldsFunc(paragraph, func(r rune) bool { return !unicode.IsLetter(r) })
	for _, level := range catalog.Confidences() {
		if slices.Contains(words, level) {
			all = append(all, level)
		}
	}
	return all
}

var (
	always  = lazyregexp.New(`^Confidence is always (high|medium|low): \S`)
	depends = lazyregexp.New(`^Confidence is (high[, ].*\b(medium|low)\b|medium[, ].*\blow\b).`)
)
