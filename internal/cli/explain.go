package cli

import (
	"bytes"
	"errors"
	"fmt"
	"go/doc/comment"
	"io"
	"slices"
	"strings"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/internal/cli/config"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/doctext"
	"github.com/ctxlint/ctxlint/internal/report/explain"
)

const explainText = `Explains what a finding means: why it matters, a bad and a good example, how to fix
it and how to silence it. A check is an analyzer or one of its categories, as
findings name them: NAME or NAME/CATEGORY.

A line of the source, FILE:LINE, as in front of a message, explains what ctxlint
says there: findings, also those that are suppressed, excluded, in the baseline,
of medium or low confidence or of analyzers that are off, with what keeps them from
being shown; and why an analyzer that has looked at the line says nothing.
`

func (c *command) explainVerb() *verb {
	v := &verb{
		name: "explain", args: "CHECK...|FILE:LINE", short: "explain a finding, or why there is none at a line", long: explainText,
		groups: []string{packageFlags, selectionFlags, AnalyzerFlags, commonFlags}, complete: c.completeChecks,
	}
	v.run = func(args []string) (int, error) {
		if len(args) == 1 {
			if at, ok := parsePlace(args[0]); ok {
				return c.explainPlace(v, at)
			}
		}
		return exitClean, c.explain(v, args)
	}
	return v
}

// explain prints what there is to know about checks, each an analyzer or one of
// its categories as findings name them: NAME or NAME/CATEGORY.
func (c *command) explain(v *verb, checks []string) error {
	if len(checks) == 0 {
		return usageError{errors.New("explain needs a check, such as " + c.someCheck() + "; 'ctxlint help' lists the analyzers"), v}
	}
	out := new(bytes.Buffer)
	for i, check := range checks {
		if i > 0 {
			fmt.Fprintln(out)
		}
		if members := c.members(strings.Trim(check, "()")); members != nil {
			printGroup(out, members)
			continue
		}
		e, category, err := c.findCheck(check)
		if err != nil {
			return usageError{err, v}
		}
		if category == "" && e.Documentation.Only != "" {
			category = e.Name
		}
		categories := explain.Categories(e)
		i := slices.IndexFunc(categories, func(c doctext.Category) bool { return c.Name == category })
		if i < 0 {
			explainAnalyzer(out, e)
			continue
		}
		explainCategory(out, e, categories[i])
	}
	_, err := out.WriteTo(c.stdout)
	return err
}

// findCheck returns the analyzer that a check is of, and its category, "" for all. Of every
// analyzer there are also failures of ctxlint itself, which nobody selects.
func (c *command) findCheck(check string) (e analyzers.Entry, category string, err error) {
	name, category, _ := strings.Cut(strings.Trim(check, "()"), "/")
	internal := strings.EqualFold(category, catalog.Internal)
	if internal {
		check = name
	}
	found, err := config.FindChecks(c.suite, check)
	if err != nil {
		return e, "", err
	}
	name, category, _ = strings.Cut(found[0], "/")
	e, ok := c.entry(name)
	switch {
	case !ok || len(found) > 1:
		return e, "", config.UnknownAnalyzer(c.suite, check)
	case internal:
		category = catalog.Internal
	}
	return e, category, nil
}

// someCheck returns a check that exists, as an example.
func (c *command) someCheck() string {
	e := c.suite[0]
	return e.Name + "/" + explain.Categories(e)[0].Name
}

// checksOf returns the categories of an analyzer, each with the analyzer's name.
func (c *command) checksOf(e analyzers.Entry) []string {
	var list []string
	for _, name := range e.Categories.List() {
		list = append(list, catalog.Check(e.Name, name))
	}
	return list
}

func explainAnalyzer(w io.Writer, e analyzers.Entry) {
	fmt.Fprintf(w, "%s: %s\n\n", e.Name, e.Documentation.Summary)
	printDoc(w, explain.Overview(e))
	for _, c := range explain.Categories(e) {
		fmt.Fprintf(w, "\n# %s/%s\n\n", e.Name, c.Name)
		printDoc(w, explain.Category(e, c))
	}
	printSilencing(w, e, "", "")
}

func explainCategory(w io.Writer, e analyzers.Entry, c doctext.Category) {
	if c.Name == e.Name { // its text begins with the summary, and its address is the analyzer's
		fmt.Fprintf(w, "%s, a check of %s\n\n", e.Name, e.Group)
		printDoc(w, explain.Category(e, c))
		printSilencing(w, e, "", "")
		return
	}
	fmt.Fprintf(w, "%s/%s: %s\n\n", e.Name, c.Name, e.Documentation.Summary)
	printDoc(w, explain.Category(e, c))
	silenced := c.Name
	if c.Name == catalog.Internal { // which nothing silences
		silenced = ""
	}
	printSilencing(w, e, silenced, "#"+c.Name)
}

func printSilencing(w io.Writer, e analyzers.Entry, category, fragment string) {
	fmt.Fprintf(w, "\n# Silencing a finding\n\n")
	printDoc(w, explain.Silencing(e, category))
	fmt.Fprintf(w, "\nMore: %s%s\n", e.URL, fragment)
}

// printDoc prints text as "go doc" does.
func printDoc(w io.Writer, doc *comment.Doc) {
	p := comment.Printer{TextCodePrefix: "    "}
	w.Write(p.Text(doc))
}
