// Package doctext reads an analyzer's documentation out of its doc.go, the
// only place where that text is written.
//
// The layout of doc.go is that of golang.org/x/tools: a package comment with a
// heading
//
//	# Analyzer NAME
//
//	NAME: summary
//
//	Description...
//
// A paragraph "The categories are:" (any text ending in "categories are:") is
// followed by a list whose items have the form "- category: what it means". Below
// the section of the analyzer, each category has one that explains it; see
// [Section].
package doctext

import (
	"fmt"
	"go/doc/comment"
	"strings"
)

// Doc is the documentation of one analyzer.
type Doc struct {
	Name    string
	Summary string // one line, lower-case, no period
	Text    string // the whole section as go/analysis wants it in Analyzer.Doc: summary, blank line, description

	sections []string // those of the categories, as they follow the analyzer's
}

// Category documents one kind of diagnostic that an analyzer reports.
type Category struct {
	Name string // the constant that Diagnostic.Category carries
	Text string // one sentence or more, single line
}

// MustParse is Parse for use in package variables; it panics on error, which a
// test of the analyzer's package would show at once.
func MustParse(docGo, name string) *Doc {
	d, err := Parse(docGo, name)
	if err != nil {
		panic(err)
	}
	return d
}

// Parse extracts the section "# Analyzer name" from the source of a doc.go file,
// and those of its categories. It returns an error if there is no such section.
func Parse(docGo, name string) (*Doc, error) {
	text, ok := packageComment(docGo)
	if !ok {
		return nil, fmt.Errorf("doc.go of %s: no package clause", name)
	}
	sections := strings.Split("\n"+text, "\n# ")
	for i, section := range sections {
		body, ok := strings.CutPrefix(section, "Analyzer "+name+"\n")
		if !ok {
			continue
		}
		text, ok := strings.CutPrefix(strings.TrimSpace(body), name+":")
		text = strings.TrimSpace(text)
		if !ok || text == "" {
			return nil, fmt.Errorf("doc.go of %s: heading is not followed by %q", name, name+": summary")
		}
		summary, _, _ := strings.Cut(text, "\n")
		return &Doc{Name: name, Summary: summary, Text: text, sections: untilAnalyzer(sections[i+1:])}, nil
	}
	return nil, fmt.Errorf("doc.go of %s: no heading %q", name, "# Analyzer "+name)
}

// packageComment returns the text of the comment that ends right before the
// package clause; ok is false if there is no clause. Package go/parser would do
// the same, but doc.go is read whenever a process starts, and "go vet" starts one
// for each package.
func packageComment(docGo string) (text string, ok bool) {
	var comment strings.Builder
	for line := range strings.Lines(docGo) {
		line = strings.TrimRight(line, "\r\n")
		body, isComment := strings.CutPrefix(line, "//")
		switch {
		case strings.HasPrefix(line, "package "):
			return comment.String(), true
		case isComment:
			comment.WriteString(strings.TrimPrefix(body, " "))
			comment.WriteByte('\n')
		default:
			comment.Reset()
		}
	}
	return "", false
}

// untilAnalyzer returns the sections before that of another analyzer.
func untilAnalyzer(sections []string) []string {
	for i, s := range sections {
		if strings.HasPrefix(s, "Analyzer ") {
			return sections[:i]
		}
	}
	return sections
}

// HasCategory reports whether the documentation lists the category.
func (d *Doc) HasCategory(name string) bool {
	for _, c := range d.Categories() {
		if c.Name == name {
			return true
		}
	}
	return false
}

// Categories returns the items of the list that follows "categories are:", in the
// order of doc.go. They are parsed when asked for: most processes of a run over
// many packages never do.
func (d *Doc) Categories() []Category {
	var p comment.Parser
	var out []Category
	announced := false
	for _, block := range p.Parse(d.Text).Content {
		switch block := block.(type) {
		case *comment.Paragraph:
			announced = strings.HasSuffix(plain(block.Text), "categories are:")
		case *comment.List:
			if !announced {
				continue
			}
			for _, item := range block.Items {
				if par, ok := item.Content[0].(*comment.Paragraph); ok {
					name, rest, ok := strings.Cut(plain(par.Text), ":")
					if ok {
						out = append(out, Category{Name: name, Text: strings.TrimSpace(rest)})
					}
				}
			}
		}
	}
	return out
}

// plain flattens a paragraph to one line.
func plain(texts []comment.Text) string {
	var b strings.Builder
	for _, t := range texts {
		switch t := t.(type) {
		case comment.Plain:
			b.WriteString(string(t))
		case comment.Italic:
			b.WriteString(string(t))
		case *comment.Link:
			b.WriteString(plain(t.Text))
		case *comment.DocLink:
			b.WriteString(plain(t.Text))
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
