// Package docgen writes the documentation that can be derived: a page for each
// analyzer, the tables that list them, and the output and the numbers that the
// README shows. Run
//
//	go generate ./...
//
// after a change to an analyzer's doc.go, flags or messages, to the benchmarks,
// or to the verdicts of first looks; tests fail until this is done.
//
// Generated pages belong to this package as a whole. In other files, it owns
// what is between the markers of [Replace].
package docgen

//go:generate go run ./gen

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/analyzers/staticcheck"
	"github.com/ctxlint/ctxlint/internal/cli"
	"github.com/ctxlint/ctxlint/internal/report/explain"
)

// Files returns the contents of each generated or partly generated file below
// root, the directory of the module, by its slash-separated name there. It
// includes only what depends on the analyzers and on the measurements in docs.
// It reads existing files for what is outside the markers.
func Files(root string) (map[string]string, error) {
	suite, group := analyzers.Suite(), staticcheck.Suite()
	files := map[string]string{nogoFile: nogoBuild(suite), groupFile: groupPage(group)}
	manual := cli.Manual(slices.Concat(suite, group))
	files[commandsFile], files[manFile] = commandsPage(manual), manPage(manual)
	for _, e := range suite {
		files["docs/"+e.Name+".md"] = Page(e)
	}
	for name, list := range map[string]string{"README.md": summaries(suite) + groupSummary(group), "docs/README.md": table(suite) + groupRows(group)} {
		text, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
		if err != nil {
			return nil, err
		}
		files[name], err = Replace(string(text), "analyzers", list)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	why, err := os.ReadFile(filepath.Join(root, "docs", "why.md"))
	if err != nil {
		return nil, err
	}
	if files["docs/why.md"], err = Replace(string(why), "explaining", explaining(suite)); err != nil {
		return nil, fmt.Errorf("docs/why.md: %w", err)
	}
	readme, err := Replace(files["docs/README.md"], "directives", directives(suite))
	if err != nil {
		return nil, fmt.Errorf("docs/README.md: %w", err)
	}
	files["docs/README.md"] = readme
	verdicts, err := Verdicts(root)
	if err != nil {
		return nil, err
	}
	if files[firstLookFile], err = firstLooks(root, verdicts); err != nil {
		return nil, err
	}
	readme, err = withNumbers(root, files["README.md"], verdicts)
	if err != nil {
		return nil, err
	}
	files["README.md"] = readme
	return files, nil
}

// explaining lists the analyzers that note why they say nothing.
func explaining(suite []analyzers.Entry) string {
	var names []string
	for _, e := range suite {
		if e.Explains() {
			names = append(names, fmt.Sprintf("[%s](%[1]s.md)", e.Name))
		}
	}
	return strings.Join(names, ", ")
}

// summaries lists the analyzers, for the README.
func summaries(suite []analyzers.Entry) string {
	var b strings.Builder
	b.WriteString("| analyzer | | categories |\n| --- | --- | --- |\n")
	for _, e := range suite {
		page := "docs/" + e.Name + ".md"
		var categories []string
		for _, c := range e.Documentation.Categories() {
			categories = append(categories, fmt.Sprintf("[%s](%s#%s)", c.Name, page, c.Name))
		}
		fmt.Fprintf(&b, "| [%s](%s) | %s | %s |\n", e.Name, page, cell(explain.Sentence(e.Documentation.Summary)), strings.Join(categories, ", "))
	}
	return b.String()
}

// table lists the categories of the analyzers, for a file beside their pages.
func table(suite []analyzers.Entry) string {
	var b strings.Builder
	b.WriteString("| analyzer | category | what is wrong | severity | confidence |\n| --- | --- | --- | --- | --- |\n")
	for _, e := range suite {
		page := e.Name + ".md"
		for i, c := range e.Documentation.Categories() {
			analyzer := ""
			if i == 0 {
				analyzer = fmt.Sprintf("[%s](%s)", e.Name, page)
			}
			row, _ := e.Categories.Row(c.Name)
			fmt.Fprintf(&b, "| %s | [%s](%s#%s) | %s | %s | %s |\n", analyzer, c.Name, page, c.Name, cell(explain.Sentence(c.Text)), row.Severity, confidence(e, c.Name))
		}
	}
	return b.String()
}

// confidence returns the levels that findings of a category can have.
func confidence(e analyzers.Entry, category string) string {
	var levels []string
	if s, err := e.Documentation.Section(category); err == nil {
		levels = s.Levels
	}
	return strings.Join(levels, ", ")
}

// cell makes text suitable for a cell of a table.
func cell(text string) string {
	return strings.NewReplacer("|", `\|`, "\n", " ").Replace(text)
}
