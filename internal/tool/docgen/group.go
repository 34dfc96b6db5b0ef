package docgen

import (
	"fmt"
	"strings"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/analyzers/staticcheck"
)

// groupFile is the page about the checks of staticcheck.
const groupFile = "docs/staticcheck.md"

const groupIntroduction = `# staticcheck

These checks of [staticcheck](https://staticcheck.dev) are about contexts, goroutines, channels and locks, so ctxlint
runs them, too. The command and ` + "`go vet -vettool=ctxlint`" + ` report what they find under their own names:

` + "```" + `text
store.go:41:31: should not use built-in type string as key for value; define your own type to avoid collisions (SA1029)
` + "```" + `

They are not in the plugins for golangci-lint and gopls, which have staticcheck themselves.

`

const groupDifferences = `
Everything else is as with the other analyzers: [comments](README.md#silencing-findings), [baselines](baseline.md),
[formats](output.md), [configuration](config.md), and nothing in generated files. Besides:

- ` + "`//lint:ignore SA1029 why`, `//lint:file-ignore SA1029 why`, `//nolint:staticcheck` and `//nolint:SA1029`" + ` silence them,
  beside a statement or in the doc comment of a function. ` + "`-unused-ignores`" + ` lists those that silence nothing, unless they
  also name a check that ctxlint does not have.
- ` + "`-SA1029`" + ` runs one check, and ` + "`-SA1029=false`" + ` all others; ` + "`-staticcheck` and `-staticcheck=false`" + ` do so for all of them.
  In ` + "`.ctxlint.yml`" + `, the name ` + "`staticcheck`" + ` stands for them wherever an analyzer can be named, and ` + "`staticcheck: false`" + ` turns
  them off.
- No fixes are offered.
- Where an analyzer of ctxlint says the same, only that one speaks. The code there decides, so that what one check
  reports does not depend on whether another one runs.
- What is said about functions of other packages that never return comes from ctxlint's tables, because the checks
  run only on packages whose findings are wanted. staticcheck derives it from the packages themselves.

What the group costs is in [Benchmarks](benchmarks.md#the-checks-of-staticcheck).
`

// groupPage returns the page about the checks of staticcheck.
func groupPage(group []analyzers.Entry) string {
	var b strings.Builder
	b.WriteString("<!-- Generated from analyzers/staticcheck by \"go generate ./...\". Do not edit. -->\n\n")
	b.WriteString(groupIntroduction)
	b.WriteString("| check | | severity | confidence | in ctxlint |\n| --- | --- | --- | --- | --- |\n")
	for _, e := range group {
		fmt.Fprintf(&b, "| [%s](%s) | %s | %s | %s | %s |\n", e.Name, e.URL, cell(e.Documentation.Summary), e.SeverityOf(e.Name),
			strings.Join(staticcheck.Levels(e.Name), ", "), cell(staticcheck.Here(e.Name)))
	}
	b.WriteString(groupDifferences)
	return b.String()
}

// groupSummary is the row of the checks in the table of the README.
func groupSummary(group []analyzers.Entry) string {
	var names []string
	for _, e := range group {
		names = append(names, fmt.Sprintf("[%s](%s)", e.Name, e.URL))
	}
	return fmt.Sprintf("| [%s](%s) | Checks of staticcheck about contexts, goroutines, channels and locks | %s |\n", staticcheck.Group, groupFile, strings.Join(names, ", "))
}

// groupRows are the rows of the checks in the table of categories.
func groupRows(group []analyzers.Entry) string {
	var b strings.Builder
	for i, e := range group {
		first := ""
		if i == 0 {
			first = fmt.Sprintf("[%s](%s.md)", e.Group, e.Group)
		}
		fmt.Fprintf(&b, "| %s | [%s](%s) | %s | %s | %s |\n", first, e.Name, e.URL, cell(e.Documentation.Summary), e.SeverityOf(e.Name), strings.Join(staticcheck.Levels(e.Name), ", "))
	}
	return b.String()
}
