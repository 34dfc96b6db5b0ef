package doctext

import (
	"fmt"
	"go/doc/comment"
	"strings"
)

// A Section explains one category to somebody who got a finding of it:
//
//	# Category NAME
//
//	Why it matters in production: one paragraph or more.
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
	label := ""
	for _, block := range new(comment.Parser).Parse(s.Text).Content {
		switch block := block.(type) {
		case *comment.Paragraph:
			label = plain(block.Text)
			switch {
			case strings.HasPrefix(label, "Fix: "):
				fix = true
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
		{references, "a list after \"References:\""},
	} {
		if !part.there {
			return fmt.Errorf("it lacks %s", part.name)
		}
	}
	return nil
}
