package docgen

import (
	"flag"
	"fmt"
	"go/doc/comment"
	"strings"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/internal/report/explain"
)

// Page returns the page of an analyzer in Markdown. Each category has a heading
// of its own because the URL of a finding ends in "#category".
func Page(e analyzers.Entry) string {
	var b strings.Builder
	fmt.Fprintf(&b, "<!-- Generated from analyzers/%s/doc.go by \"go generate ./...\". Do not edit. -->\n\n", e.Name)
	fmt.Fprintf(&b, "# %s\n\n", e.Name)
	fmt.Fprintf(&b, "%s.\n\n", explain.Sentence(e.Documentation.Summary))
	b.WriteString(render(explain.Overview(e)))

	b.WriteString("\n## Categories\n")
	for _, c := range explain.Categories(e) {
		fmt.Fprintf(&b, "\n### %s\n\n%s", c.Name, render(explain.Category(e, c)))
	}
	b.WriteString("\n## Options\n\n")
	b.WriteString(options(e))

	b.WriteString("\n## Silencing a finding\n\n")
	b.WriteString(render(explain.Silencing(e, "")))
	b.WriteString("\n[More ways](README.md#silencing-findings), and [baselines](baseline.md) for code that has many findings.\n")
	return b.String()
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
