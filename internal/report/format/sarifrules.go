package format

import (
	"cmp"
	"go/doc/comment"
	"strings"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
	"github.com/ctxlint/ctxlint/internal/pass/doctext"
	"github.com/ctxlint/ctxlint/internal/report"
	"github.com/ctxlint/ctxlint/internal/report/explain"
)

// addRules adds a rule for each category that an analyzer documents. Its help is what
// "ctxlint explain" tells of the category.
func (s *sarifWriter) addRules(e analyzers.Entry) {
	for _, c := range e.Documentation.Categories() {
		id := catalog.Check(e.Name, c.Name)
		s.addRule(sarifRule{
			ID:               id,
			Name:             id, // what people filter alerts by is what findings show
			ShortDescription: sarifText{Text: headline(c)},
			FullDescription:  &sarifText{Text: explain.Sentence(c.Text)},
			Help:             help(explain.Category(e, c), explain.Silencing(e, c.Name)),
			HelpURI:          address(e, c.Name),
			Default:          &sarifConfig{Level: e.SeverityOf(c.Name)},
			Properties: &sarifRuleProperties{
				Precision:       precision(e, c.Name),
				ProblemSeverity: problemSeverities[e.SeverityOf(c.Name)],
				Tags:            []string{"go", "reliability", cmp.Or(e.Group, e.Name)},
			},
		})
	}
}

// help returns the text about a category, and how to silence it, in both forms.
func help(about, silencing *comment.Doc) *sarifText {
	printer := comment.Printer{HeadingLevel: 3, HeadingID: func(*comment.Heading) string { return "" }, TextCodePrefix: "    "}
	const title = "Silencing a finding"
	return &sarifText{
		Text:     string(printer.Text(about)) + "\n" + title + "\n\n" + string(printer.Text(silencing)),
		Markdown: string(printer.Markdown(about)) + "\n### " + title + "\n\n" + string(printer.Markdown(silencing)),
	}
}

// problemSeverities are the words of GitHub for the levels.
var problemSeverities = map[analyzers.Severity]string{
	analyzers.Error: "error", analyzers.Warning: "warning", analyzers.Note: "recommendation",
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

// headline returns the first sentence of a category's text as a title has it: with a
// capital letter, and without a full stop.
func headline(c doctext.Category) string {
	sentence, _, _ := strings.Cut(c.Text, ". ")
	return explain.Sentence(strings.TrimSuffix(sentence, "."))
}

// describeRule describes a rule that is in no analyzer's documentation.
func describeRule(id string) string {
	switch {
	case id == report.UnusedIgnore:
		return "A suppression comment silences nothing"
	case id == report.MalformedIgnore:
		return "A suppression comment is not honoured"
	case id == report.StaleBaseline:
		return "An entry of the baseline is for a finding that is gone"
	case id == report.UnusedConfig:
		return "A part of the configuration matches nothing"
	case id == report.Observed+"/"+report.ObservedGoroutine:
		return "Many goroutines wait at one place, and no finding explains them"
	case id == report.Observed+"/"+report.ObservedSeries:
		return "A label has many values, and no finding explains them"
	case strings.HasSuffix(id, "/"+diag.Internal):
		return "An internal error of ctxlint kept it from analysing a function"
	}
	return id
}
