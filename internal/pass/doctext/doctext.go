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
	Text    string // the whole section as go/analysis expects it in Analyzer.Doc: summary, blank line, description

	// Only is the text of the only category, which has the name of the analyzer; "" if
	// Text lists the categories.
	Only string

	rest string // of the comment, from below the heading on
}

// Category documents one kind of diagnostic that an analyzer reports.
type Category struct {
	Name string // the constant that Diagnostic.Category carries
	Text string // one sentence or more, single line
}

// MustParse is Parse for use in package variables; it panics on error, which
// any test of the analyzer's package shows at once.
func MustParse(docGo, name string) *Doc {
	d, err := Parse(docGo, name)
	if err != nil {
		panic(err)
	}
	return d
}

// Parse extracts the section "# Analyzer name" from the source of a doc.go
// file. It returns an error if there is no such section. The rest of the file
// is parsed only when needed: doc.go is read whenever a process starts, and "go
// vet" starts one for each package. For the same reason, Parse does not use
// go/parser.
func Parse(docGo, name string) (*Doc, error) {
	source, ok := packageComment(strings.ReplaceAll(docGo, "\r\n", "\n"))
	if !ok {
		return nil, fmt.Errorf("doc.go of %s: no package clause", name)
	}
	heading := "// # Analyzer " + name + "\n"
	rest, ok := strings.CutPrefix(source, heading)
	if !ok {
		_, rest, ok = strings.Cut(source, "\n"+heading)
	}
	if !ok {
		return nil, fmt.Errorf("doc.go of %s: no heading %q", name, "# Analyzer "+name)
	}
	body, _, _ := strings.Cut(rest, "\n// # ")
	text, ok := strings.CutPrefix(strings.TrimSpace(uncomment(body)), name+":")
	text = strings.TrimSpace(text)
	if !ok || text == "" {
		return nil, fmt.Errorf("doc.go of %s: heading is not followed by %q", name, name+": summary")
	}
	summary, _, _ := strings.Cut(text, "\n")
	return &Doc{Name: name, Summary: summary, Text: text, rest: rest}, nil
}

// packageComment returns the comment that ends right before the package clause;
// ok is false if there is no clause.
func packageComment(docGo string) (source string, ok bool) {
	end := 0
	if !strings.HasPrefix(docGo, "package ") {
		newline := strings.Index(docGo, "\npackage ")
		if newline < 0 {
			return "", false
		}
		end = newline + 1
	}
	start := end
	for start > 0 {
		line := strings.LastIndexByte(docGo[:start-1], '\n') + 1
		if !strings.HasPrefix(docGo[line:], "//") {
			break
		}
		start = line
	}
	return docGo[start:end], true
}

// uncomment returns the text of a comment's lines.
func uncomment(source string) string {
	var text strings.Builder
	text.Grow(len(source))
	for line := range strings.Lines(source) {
		text.WriteString(strings.TrimPrefix(strings.TrimPrefix(line, "//"), " "))
	}
	return text.String()
}

// sections returns the sections of the categories, which follow the analyzer's.
func (d *Doc) sections() []string {
	all := strings.Split(uncomment(d.rest), "\n# ")[1:]
	for i, s := range all {
		if strings.HasPrefix(s, "Analyzer ") {
			return all[:i]
		}
	}
	return all
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

// Categories returns the items of the list that follows "categories are:", in
// the order of doc.go. They are parsed when asked for: in a run over many
// packages, most processes never ask.
func (d *Doc) Categories() []Category {
	if d.Only != "" {
		return []Category{{d.Name, d.Only}}
	}
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
