package format

import (
	"go/doc/comment"
	"strings"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
	"github.com/ctxlint/ctxlint/internal/pass/doctext"
	"github.com/ctxlint/ctxlint/internal/report"
)

// addRules adds a rule for each category that an analyzer documents.
func (s *sarifWriter) addRules(e analyzers.Entry) {
	var parser comment.Parser
	overview := e.Documentation.Text
	if e.Documentation.Only != "" { // the rule begins with it
		overview = strings.TrimPrefix(overview, e.Documentation.Summary)
	}
	doc := parser.Parse(overview)
	printer := comment.Printer{HeadingLevel: 3}
	text, markdown := string(printer.Text(doc)), string(printer.Markdown(doc))
	for _, c := range e.Documentation.Categories() {
		about := c.Text
		if section, err := e.Documentation.Section(c.Name); err == nil {
			about += "\n\n" + section.Confidence
		}
		s.addRule(sarifRule{
			ID:               catalog.Check(e.Name, c.Name),
			ShortDescription: sarifText{Text: firstSentence(c)},
			FullDescription:  &sarifText{Text: c.Text},
			Help: &sarifText{
				Text:     c.Name + ": " + about + "\n\n" + text,
				Markdown: "**" + c.Name + "**: " + about + "\n\n" + markdown,
			},
			HelpURI:    address(e, c.Name),
			Default:    &sarifConfig{Level: e.SeverityOf(c.Name)},
			Properties: &sarifRuleProperties{precision(e, c.Name)},
		})
	}
}

// address returns where a category is explained.
func address(e analyzers.Entry, category string) string {
	page, _, _ := strings.Cut(e.URL, "#")
	return page + "#" + category
}

// precision returns the highest confidence that findings of a category have, which is
// what GitHub calls the precision of a rule and sorts alerts by.
func precision(e analyzers.Entry, category string) catalog.Confidence {
	row, _ := e.Categories.Row(category)
	return row.Confidence
}

// firstSentence returns the first sentence of a category's text.
func firstSentence(c doctext.Category) string {
	sentence, _, _ := strings.Cut(c.Text, ". ")
	if strings.HasSuffix(sentence, "?") {
		return sentence
	}
	return strings.TrimSuffix(sentence, ".") + "."
}

// describeRule describes a rule that is in no analyzer's documentation.
func describeRule(id string) string {
	switch {
	case id == report.UnusedIgnore:
		return "A suppression comment silences nothing."
	case id == report.MalformedIgnore:
		return "A suppression comment is not honoured."
	case id == report.StaleBaseline:
		return "An entry of the baseline is for a finding that is gone."
	case id == report.Observed+"/"+report.ObservedGoroutine:
		return "Many goroutines wait at one place, and no finding explains them."
	case id == report.Observed+"/"+report.ObservedSeries:
		return "A label has many values, and no finding explains them."
	case strings.HasSuffix(id, "/"+diag.Internal):
		return "An internal error of ctxlint kept it from analysing a function."
	}
	return id
}
