// Package explain puts together what a person wants to know about a finding:
// why it matters, a bad and a good example, how to fix it and how to silence
// it. The text about an analyzer comes from its doc.go; the documentation pages
// and "ctxlint explain" show the same text, each in its own format.
package explain

import (
	"fmt"
	"go/doc/comment"
	"strings"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
	"github.com/ctxlint/ctxlint/internal/pass/doctext"
)

// Overview returns the description of an analyzer, without its summary and the
// list of its categories.
func Overview(e analyzers.Entry) *comment.Doc {
	doc := parse(strings.TrimPrefix(e.Documentation.Text, e.Documentation.Summary))
	for i := range len(doc.Content) - 1 {
		if announcesCategories(doc.Content[i], doc.Content[i+1]) {
			doc.Content = append(doc.Content[:i:i], doc.Content[i+2:]...)
			break
		}
	}
	return doc
}

// announcesCategories reports whether the paragraph par announces, as package
// doctext understands it, that the list after it holds the categories.
func announcesCategories(par, list comment.Block) bool {
	if _, ok := list.(*comment.List); !ok {
		return false
	}
	p, ok := par.(*comment.Paragraph)
	if !ok {
		return false
	}
	last, _ := p.Text[len(p.Text)-1].(comment.Plain)
	return strings.HasSuffix(string(last), "categories are:")
}

// Categories returns the categories of an analyzer, including that of internal
// errors.
func Categories(e analyzers.Entry) []doctext.Category {
	return append(e.Documentation.Categories(), doctext.Category{
		Name: diag.Internal,
		Text: "the analyzer itself failed on this function; every other function was analysed. Please report it.",
	})
}

// Category returns what a category means, how it is shown and, if doc.go has a
// section for it, everything that the section says.
func Category(e analyzers.Entry, c doctext.Category) *comment.Doc {
	text := Sentence(c.Text)
	if row, ok := e.Categories.Row(c.Name); ok {
		text += "\n\n" + status(row)
	}
	if e.Documentation.Only != "" && c.Name == e.Name {
		text += strings.TrimPrefix(e.Documentation.Text, e.Documentation.Summary)
	}
	if s, err := e.Documentation.Section(c.Name); err == nil {
		text += "\n\n" + s.Text
	}
	return parse(text)
}

// status says in words what a category's row in the table holds.
func status(row catalog.Category) string {
	shown := "shown by default"
	if row.Confidence > catalog.High {
		shown = fmt.Sprintf("shown with -%s %s", catalog.ConfidenceFlag, row.Confidence)
	}
	return fmt.Sprintf("Severity: %s; %s; since %s.", row.Severity, shown, row.Since)
}

// Silencing says how to silence findings of an analyzer, or of one of its categories if
// that is not "".
func Silencing(e analyzers.Entry, category string) *comment.Doc {
	if e.Group != "" {
		return parse(fmt.Sprintf("	//nolint:%s // why this is right\n	//lint:ignore %s why this is right\n", e.Group, e.Name) + `
Either comment works at the end of the line, on the line above, and in the doc
comment of the enclosing declaration; //lint:file-ignore is for a whole file, and
//nolint:` + e.Name + ` for this check alone. In .ctxlint.yml, exclude keeps findings below some
paths quiet, analyzers.disable turns off this check, and ` + e.Group + `: false all of them.
`)
	}
	check, wider := catalog.Check(e.Name, category), e.Name+" alone silences all of its categories."
	if category == "" {
		check, wider = e.Name, "A category after the name, as in "+e.Name+"/"+Categories(e)[0].Name+", silences only that one."
	}
	return parse(fmt.Sprintf("	//nolint:%s // why this is right\n	//lint:ignore ctxlint/%[1]s why this is right\n", check) + `
Either comment works at the end of the line, on the line above, and in the doc
comment of the enclosing declaration, with every driver. ` + wider + `
In .ctxlint.yml, exclude keeps findings below some paths quiet and
options.` + e.Name + `.disable whole categories.
`)
}

// Sentence starts text with a capital letter, which analyzers' summaries and
// the texts of categories lack.
func Sentence(text string) string {
	return strings.ToUpper(text[:1]) + text[1:]
}

func parse(text string) *comment.Doc {
	return new(comment.Parser).Parse(text)
}
