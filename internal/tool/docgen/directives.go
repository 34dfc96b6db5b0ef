package docgen

import (
	"fmt"
	"strings"

	"github.com/ctxlint/ctxlint/analyzers"
)

// directives lists the comments for other linters that silence findings, by the
// check that they are for.
func directives(suite []analyzers.Entry) string {
	var checks []string
	silences := make(map[string][]string)
	for _, e := range suite {
		for _, c := range e.Categories {
			for _, check := range c.Also {
				if silences[check] == nil {
					checks = append(checks, check)
				}
				silences[check] = append(silences[check], fmt.Sprintf("[%s/%s](%s.md#%s)", e.Name, c.Name, e.Name, c.Name))
			}
		}
	}
	var b strings.Builder
	b.WriteString("| comment for another linter | silences |\n| --- | --- |\n")
	for _, check := range checks {
		fmt.Fprintf(&b, "| %s | %s |\n", strings.Join(comments(check), ", "), strings.Join(silences[check], ", "))
	}
	return b.String()
}

// comments returns the comments that silence a check of another linter.
func comments(check string) []string {
	linter, code, several := strings.Cut(check, "/")
	forms := []string{"`//nolint:" + linter + "`"}
	switch {
	case !several:
	case linter == "gosec":
		forms = append(forms, "`#nosec "+code+"`")
	case linter == "staticcheck":
		forms = append(forms, "`//lint:ignore "+code+" why`")
	case linter == "govet":
		forms = append(forms, "`//nolint:"+code+"`")
	}
	return forms
}
