package format

import (
	"go/doc/comment"
	"strings"

	"github.com/ctxlint/ctxlint/internal/report/source"
)

// An htmlBlock is a part of a text for the page: a paragraph, the items of a
// list, or code.
type htmlBlock struct {
	Paragraph string     `json:"p,omitempty"`
	Items     []string   `json:"items,omitempty"`
	Code      []htmlLine `json:"code,omitempty"`
}

// htmlBlocks returns a documentation text for the page.
func htmlBlocks(doc *comment.Doc) []htmlBlock {
	blocks := []htmlBlock{}
	for _, block := range doc.Content {
		switch block := block.(type) {
		case *comment.Paragraph:
			blocks = append(blocks, htmlBlock{Paragraph: flat(block)})
		case *comment.Heading:
			blocks = append(blocks, htmlBlock{Paragraph: flat(&comment.Paragraph{Text: block.Text})})
		case *comment.List:
			var items []string
			for _, item := range block.Items {
				var parts []string
				for _, content := range item.Content {
					parts = append(parts, flat(content))
				}
				items = append(items, strings.Join(parts, " "))
			}
			blocks = append(blocks, htmlBlock{Items: items})
		case *comment.Code:
			out := new(htmlFile)
			file := source.NewFile([]byte(block.Text))
			s := newHTMLSource(out, "example.go", file)
			for n := 1; n <= strings.Count(block.Text, "\n"); n++ {
				s.wanted[n] = true
			}
			s.fill()
			blocks = append(blocks, htmlBlock{Code: out.Lines})
		}
	}
	return blocks
}

// flat returns a block as one line of visible text.
func flat(block comment.Block) string {
	text := new(comment.Printer).Text(&comment.Doc{Content: []comment.Block{block}})
	return Visible(strings.Join(strings.Fields(string(text)), " "))
}
