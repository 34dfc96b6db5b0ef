package html

import (
	"go/doc/comment"
	"strings"

	"github.com/ctxlint/ctxlint/internal/report/source"
	"github.com/ctxlint/ctxlint/internal/report/visible"
)

// A textBlock is a part of a text for the page: a paragraph, the items of a
// list, or code.
type textBlock struct {
	Paragraph string       `json:"p,omitempty"`
	Items     []string     `json:"items,omitempty"`
	Code      []sourceLine `json:"code,omitempty"`
}

// textBlocks returns a documentation text for the page.
func textBlocks(doc *comment.Doc) []textBlock {
	blocks := []textBlock{}
	for _, block := range doc.Content {
		switch block := block.(type) {
		case *comment.Paragraph:
			blocks = append(blocks, textBlock{Paragraph: flat(block)})
		case *comment.Heading:
			blocks = append(blocks, textBlock{Paragraph: flat(&comment.Paragraph{Text: block.Text})})
		case *comment.List:
			var items []string
			for _, item := range block.Items {
				var parts []string
				for _, content := range item.Content {
					parts = append(parts, flat(content))
				}
				items = append(items, strings.Join(parts, " "))
			}
			blocks = append(blocks, textBlock{Items: items})
		case *comment.Code:
			out := new(sourceFile)
			file := source.NewFile([]byte(block.Text))
			s := newExcerpt(out, "example.go", file)
			for n := 1; n <= strings.Count(block.Text, "\n"); n++ {
				s.wanted[n] = true
			}
			s.fill()
			blocks = append(blocks, textBlock{Code: out.Lines})
		}
	}
	return blocks
}

// flat returns a block as one line of visible text.
func flat(block comment.Block) string {
	text := new(comment.Printer).Text(&comment.Doc{Content: []comment.Block{block}})
	return visible.Text(strings.Join(strings.Fields(string(text)), " "))
}
