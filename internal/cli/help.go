package cli

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/internal/cli/config"
	"github.com/ctxlint/ctxlint/internal/util/spelling"
)

const helpEpilogue = `
Packages are named as for the go command ("go help packages"); the default is
the one in the current directory, and ./... means all below it. Flags may have
one dash or two.

The exit code is 0 if there is nothing to report, 1 if there are findings, and
2 if ctxlint could not run or some package could not be analysed.
`

// printHelp prints the text of a verb's -h.
func (c *command) printHelp(v *verb) error {
	out := new(bytes.Buffer)
	if v == c.all[0] {
		c.writeOverview(out)
	} else {
		fmt.Fprintf(out, "Usage: %s\n\n%s", c.usageLine(v), v.text())
	}
	for _, group := range c.flagsOf(v) {
		fmt.Fprintf(out, "\n%s:\n", group.title)
		for _, f := range group.flags {
			printFlag(out, f)
		}
	}
	if slices.Contains(v.groups, AnalyzerFlags) {
		c.writeAnalyzers(out)
	}
	_, err := out.WriteTo(c.stdout)
	return err
}

// writeOverview writes what ctxlint can be asked for.
func (c *command) writeOverview(out *bytes.Buffer) {
	fmt.Fprintf(out, "ctxlint finds lost contexts, leaking goroutines and unbounded metrics.\n\nUsage:\n")
	fmt.Fprintf(out, "    %s\n    %s COMMAND ...\n\nCommands (see \"ctxlint COMMAND -h\"):\n", c.usageLine(c.all[0]), program)
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, v := range c.all[1:] {
		fmt.Fprintf(table, "  %s\t%s\n", strings.TrimSpace(v.name+" "+v.args), v.short)
	}
	table.Flush()
	out.WriteString(helpEpilogue)
}

func (c *command) usageLine(v *verb) string {
	flags := " [flags] "
	if v.onlyPrints() {
		flags = " "
	}
	return strings.TrimSpace(v.path() + flags + v.args)
}

// shownFlags are the flags of a verb that help shows under one title.
type shownFlags struct {
	title string
	flags []*flag.Flag
}

// flagsOf returns the flags of a verb other than those of analyzers.
func (c *command) flagsOf(v *verb) []shownFlags {
	var list []shownFlags
	own := func(name string) bool { return v.own != nil && v.own.Lookup(name) != nil }
	if v.own != nil && v.name != "" {
		list = append(list, shownFlags{"Flags", allFlags(v.own)})
	}
	for _, group := range flagGroups {
		if !slices.Contains(v.groups, group.title) || group.title == commonFlags && v.onlyPrints() {
			continue
		}
		shown := shownFlags{title: group.title}
		for _, name := range group.names {
			if !own(name) {
				shown.flags = append(shown.flags, c.flags.Lookup(name))
			}
		}
		list = append(list, shown)
	}
	if v.own != nil && v.name == "" {
		last := &list[len(list)-1]
		last.flags = append(last.flags, allFlags(v.own)...)
	}
	return list
}

func allFlags(fs *flag.FlagSet) []*flag.Flag {
	var list []*flag.Flag
	fs.VisitAll(func(f *flag.Flag) { list = append(list, f) })
	return list
}

// writeAnalyzers writes the flags of analyzers.
func (c *command) writeAnalyzers(out *bytes.Buffer) {
	fmt.Fprintf(out, "\nAnalyzers (see \"ctxlint help NAME\"):\n")
	for _, e := range c.own() {
		fmt.Fprintf(out, "  -%s\n        %s\n", e.Name, e.Documentation.Summary)
		e.Flags.VisitAll(func(f *flag.Flag) { printFlag(out, c.flags.Lookup(e.Name+"."+f.Name)) })
	}
	for _, group := range analyzers.Groups(c.suite) {
		fmt.Fprintf(out, "  -%s\n        all checks of %[1]s that are listed here\n", group)
		for _, e := range c.members(group) {
			fmt.Fprintf(out, "  -%s\n        %s\n", e.Name, e.Documentation.Summary)
		}
	}
	fmt.Fprintf(out, "Flags that name analyzers run only those; -NAME=false runs all others.\n")
}

func printFlag(w io.Writer, f *flag.Flag) {
	arg, usage := flagUsage(f)
	fmt.Fprintf(w, "  %s\n        %s\n", strings.TrimSpace("-"+f.Name+" "+arg), usage)
}

// flagUsage returns the name of a flag's argument, "" if there is none, and what the flag
// is for.
func flagUsage(f *flag.Flag) (arg, usage string) {
	arg, usage = flag.UnquoteUsage(f)
	if f.DefValue != "" && f.DefValue != "false" && f.DefValue != "0" {
		usage += fmt.Sprintf(" (default %s)", f.DefValue)
	}
	return arg, usage
}

const helpText = `Describes analyzers, each with its flags, or shows the help of commands. Without an
argument, it lists the analyzers.
`

func (c *command) helpVerb() *verb {
	v := &verb{
		name: "help", args: "[ANALYZER|COMMAND]...", short: "describe the analyzers, or one; show the help of a command", long: helpText,
		groups: []string{commonFlags}, complete: c.completeTopics,
	}
	v.run = func(names []string) (int, error) { return exitClean, c.help(v, names) }
	return v
}

// help prints what there is to know about each name, or a list of all analyzers.
func (c *command) help(v *verb, names []string) error {
	out := new(bytes.Buffer)
	if len(names) == 0 {
		c.writeList(out)
	}
	for i, name := range names {
		e, ok := c.entry(name)
		members := c.members(name)
		if i > 0 {
			fmt.Fprintln(out)
		}
		switch asked := c.verb(name); {
		case asked != nil:
			if _, err := out.WriteTo(c.stdout); err != nil {
				return err
			}
			if err := c.printHelp(asked); err != nil {
				return err
			}
		case members != nil:
			printGroup(out, members)
		case ok:
			printAnalyzer(out, e)
		default:
			return usageError{c.unknownTopic(name), v}
		}
	}
	_, err := out.WriteTo(c.stdout)
	return err
}

// unknownTopic says that there is no help about a name.
func (c *command) unknownTopic(name string) error {
	if question := spelling.Question(name, c.verbNames()); question != "" {
		return fmt.Errorf("unknown command %q; %s", name, question)
	}
	return config.UnknownAnalyzer(c.suite, name)
}

// writeList writes the names of the analyzers, and what each of them does.
func (c *command) writeList(out *bytes.Buffer) {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "The analyzers are:")
	fmt.Fprintln(table)
	for _, e := range c.own() {
		fmt.Fprintf(table, "  %s\t%s\n", e.Name, e.Documentation.Summary)
	}
	for _, group := range analyzers.Groups(c.suite) {
		fmt.Fprintf(table, "  %s\t%s\n", group, strings.Join(analyzers.Names(c.members(group)), ", "))
	}
	table.Flush()
	fmt.Fprintln(out, "\nRun 'ctxlint help NAME' for what one of them reports and its options,")
	fmt.Fprintln(out, "'ctxlint explain NAME' for examples and how to fix what it finds,")
	fmt.Fprintln(out, "and 'ctxlint -h' for the flags of the command.")
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
func (c *command) own() []analyzers.Entry { return analyzers.Members(c.suite, "") }

// members returns the analyzers of a group, nil if there is no such group.
func (c *command) members(group string) []analyzers.Entry {
	if group == "" {
		return nil
	}
	return analyzers.Members(c.suite, group)
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
