package cli

import (
	"bytes"
	"cmp"
	"flag"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"strings"
	"text/tabwriter"

	"github.com/ctxlint/ctxlint/analyzers"
)

const usageHead = `ctxlint finds lost contexts, leaking goroutines and unbounded metrics.

Usage:
	ctxlint [flags] [packages]
	ctxlint [flags] config         print the configuration in effect
	ctxlint evidence FILE... [packages]
	                               list what profiles and metrics show of the packages
	ctxlint graph [packages]       draw how contexts go through packages, as SVG or DOT
	ctxlint build TOOL             build a golangci-lint or gopls with the analyzers in it
	ctxlint help [analyzer]        describe the analyzers, or one
	ctxlint explain CHECK          explain a finding: why it matters, how to fix it
	ctxlint version

Packages are named as for the go command ("go help packages"); the default is
the one in the current directory, and ./... means all below it.

The exit code is 0 if there is nothing to report, 1 if there are findings, and
2 if ctxlint could not run or some package could not be analysed.
`

// printUsage prints the text of -h.
func (c *command) printUsage(w io.Writer) error {
	out := new(bytes.Buffer)
	out.WriteString(strings.ReplaceAll(usageHead, "\t", "    "))
	flags := c.newFlagSet(c.suite)
	for _, group := range flagGroups {
		fmt.Fprintf(out, "\n%s:\n", group.title)
		for _, name := range group.names {
			printFlag(out, flags.Lookup(name))
		}
	}
	fmt.Fprintf(out, "\nAnalyzers (see \"ctxlint help NAME\"):\n")
	for _, e := range c.own() {
		fmt.Fprintf(out, "  -%s\n        %s\n", e.Name, e.Documentation.Summary)
		e.Flags.VisitAll(func(f *flag.Flag) { printFlag(out, flags.Lookup(e.Name+"."+f.Name)) })
	}
	for _, group := range analyzers.Groups(c.suite) {
		fmt.Fprintf(out, "  -%s\n        all checks of %[1]s that are listed here\n", group)
		for _, e := range c.members(group) {
			fmt.Fprintf(out, "  -%s\n        %s\n", e.Name, e.Documentation.Summary)
		}
	}
	fmt.Fprintf(out, "Flags that name analyzers run only those; -NAME=false runs all others.\n")
	_, err := out.WriteTo(w)
	return err
}

func printFlag(w io.Writer, f *flag.Flag) {
	arg, usage := flag.UnquoteUsage(f)
	name := strings.TrimSpace("-" + f.Name + " " + arg)
	if f.DefValue != "" && f.DefValue != "false" && f.DefValue != "0" {
		usage += fmt.Sprintf(" (default %s)", f.DefValue)
	}
	fmt.Fprintf(w, "  %s\n        %s\n", name, usage)
}

// help prints the documentation of the named analyzers, or a list of all.
func (c *command) help(names []string) error {
	out := new(bytes.Buffer)
	if len(names) == 0 {
		table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
		fmt.Fprintln(table, "The analyzers are:")
		fmt.Fprintln(table)
		for _, e := range c.own() {
			fmt.Fprintf(table, "  %s\t%s\n", e.Name, e.Documentation.Summary)
		}
		for _, group := range analyzers.Groups(c.suite) {
			fmt.Fprintf(table, "  %s\t%s\n", group, memberNames(c.members(group)))
		}
		table.Flush()
		fmt.Fprintln(out, "\nRun 'ctxlint help NAME' for what one of them reports and its options,")
		fmt.Fprintln(out, "'ctxlint explain NAME' for examples and how to fix what it finds,")
		fmt.Fprintln(out, "and 'ctxlint -h' for the flags of the command.")
	}
	for i, name := range names {
		e, ok := c.entry(name)
		members := c.members(name)
		if !ok && members == nil {
			return usageError{c.unknownAnalyzer(name)}
		}
		if i > 0 {
			fmt.Fprintln(out)
		}
		if members != nil {
			printGroup(out, members)
		} else {
			printAnalyzer(out, e)
		}
	}
	_, err := out.WriteTo(c.stdout)
	return err
}

func printAnalyzer(w io.Writer, e analyzers.Entry) {
	fmt.Fprintf(w, "%s: %s\n", e.Name, e.Documentation.Text)
	fmt.Fprintf(w, "\nFlags:\n\n  -%s\n        run this analyzer only, or not with =false\n", e.Name)
	e.Flags.VisitAll(func(f *flag.Flag) {
		named := *f
		named.Name = e.Name + "." + f.Name
		printFlag(w, &named)
	})
	fmt.Fprintf(w, "\nMore: %s\n", e.URL)
}

// printGroup prints what the analyzers of a group report.
func printGroup(out io.Writer, members []analyzers.Entry) {
	fmt.Fprintf(out, "%s: checks that ctxlint has from there\n\n", members[0].Group)
	for _, e := range members {
		fmt.Fprintf(out, "%s: %s\n    %s\n", e.Name, e.Documentation.Summary, e.URL)
	}
	fmt.Fprintf(out, "\nFlags:\n\n  -%s\n        run these checks only, or not with =false\n", members[0].Group)
}

// own returns the analyzers that belong to no group.
func (c *command) own() []analyzers.Entry { return c.in("") }

// members returns the analyzers of a group, nil if there is no such group.
func (c *command) members(group string) []analyzers.Entry {
	if group == "" {
		return nil
	}
	return c.in(group)
}

func (c *command) in(group string) []analyzers.Entry {
	var list []analyzers.Entry
	for _, e := range c.suite {
		if e.Group == group {
			list = append(list, e)
		}
	}
	return list
}

func memberNames(members []analyzers.Entry) string {
	var names []string
	for _, e := range members {
		names = append(names, e.Name)
	}
	return strings.Join(names, ", ")
}

// entry returns the analyzer of that name. The case of letters does not matter: no two
// names differ in nothing else.
func (c *command) entry(name string) (analyzers.Entry, bool) {
	for _, e := range c.suite {
		if strings.EqualFold(e.Name, name) {
			return e, true
		}
	}
	return analyzers.Entry{}, false
}

func (c *command) printVersion() error {
	_, err := fmt.Fprintf(c.stdout, "ctxlint %s (built with %s for %s/%s)\n",
		cmp.Or(moduleVersion(), "(devel)"), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}

// moduleVersion returns the version of this build, or "" if it has none.
func moduleVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "(devel)" {
		return ""
	}
	return info.Main.Version
}
