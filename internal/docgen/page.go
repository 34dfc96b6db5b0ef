package docgen

import (
	"flag"
	"fmt"
	"go/doc/comment"
	"strings"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/internal/diag"
)

// Page returns the page of an analyzer in Markdown. Each category has a heading
// of its own because the URL of a finding ends in "#category".
func Page(e analyzers.Entry) string {
	var b strings.Builder
	fmt.Fprintf(&b, "<!-- Generated from analyzers/%s/doc.go by \"go generate ./...\". Do not edit. -->\n\n", e.Name)
	fmt.Fprintf(&b, "# %s\n\n", e.Name)
	fmt.Fprintf(&b, "%s.\n\n", sentence(e.Documentation.Summary))
	b.WriteString(prose(strings.TrimPrefix(e.Documentation.Text, e.Documentation.Summary)))

	b.WriteString("\n## Categories\n")
	for _, c := range e.Documentation.Categories() {
		fmt.Fprintf(&b, "\n### %s\n\n%s", c.Name, markdown(c.Text))
	}
	fmt.Fprintf(&b, "\n### %s\n\n", diag.Internal)
	b.WriteString("The analyzer itself failed on this function; every other function was analysed. Please report it.\n")

	b.WriteString("\n## Options\n\n")
	b.WriteString(options(e))

	b.WriteString("\n## Silencing a finding\n\n")
	fmt.Fprintf(&b, "```go\n//nolint:%s // why this is right\n//lint:ignore ctxlint/%[1]s why this is right\n```\n\n", e.Name)
	b.WriteString("Either comment works at the end of the line, on the line above, and in the doc comment\n" +
		"of the enclosing declaration, with every driver. " +
		"[More ways](README.md#silencing-findings).\n")
	return b.String()
}

// prose renders an analyzer's documentation without the list of its categories.
func prose(text string) string {
	var p comment.Parser
	doc := p.Parse(text)
	for i := range len(doc.Content) - 1 {
		if announcesCategories(doc.Content[i], doc.Content[i+1]) {
			doc.Content = append(doc.Content[:i:i], doc.Content[i+2:]...)
			break
		}
	}
	return render(doc)
}

// announcesCategories reports whether list holds the categories, as package
// doctext understands it, because of the paragraph par before it.
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

// markdown renders text that is in the syntax of doc comments.
func markdown(text string) string {
	var p comment.Parser
	return render(p.Parse(sentence(text)))
}

// sentence starts text with a capital letter, as analyzers' summaries and the
// texts of categories do not.
func sentence(text string) string {
	return strings.ToUpper(text[:1]) + text[1:]
}

// render prints doc as Markdown, with code in fences so that it is shown as Go.
func render(doc *comment.Doc) string {
	p := comment.Printer{
		HeadingLevel: 2,
		HeadingID:    func(*comment.Heading) string { return "" }, // GitHub makes one
	}
	var blocks []string
	for _, block := range doc.Content {
		text := string(p.Markdown(&comment.Doc{Content: []comment.Block{block}, Links: doc.Links}))
		if code, ok := block.(*comment.Code); ok {
			text = "```go\n" + code.Text + "```\n"
		}
		blocks = append(blocks, text)
	}
	return strings.Join(blocks, "\n")
}

// options lists the analyzer's flags.
func options(e analyzers.Entry) string {
	var b strings.Builder
	e.Flags.VisitAll(func(f *flag.Flag) {
		_, usage := flag.UnquoteUsage(f)
		def := "empty"
		if f.DefValue != "" {
			def = "`" + f.DefValue + "`"
		}
		fmt.Fprintf(&b, "| `-%s.%s` | %s | %s |\n", e.Name, f.Name, def, cell(usage))
	})
	if b.Len() == 0 {
		return "None.\n"
	}
	return "On the command line; in [`.ctxlint.yml`](config.md) the name stands below that of the analyzer.\n\n" +
		"| flag | default | meaning |\n| --- | --- | --- |\n" + b.String()
}
