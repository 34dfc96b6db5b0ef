package cli

import (
	"flag"
	"slices"
	"strings"

	"github.com/ctxlint/ctxlint/analyzers"
)

// A ManualEntry is what help says about the analysis or a command, for other formats
// than that of a terminal.
type ManualEntry struct {
	Name  string // "ctxlint", or "ctxlint graph"
	Usage string
	Short string
	Text  string // Markdown
	Flags []ManualFlags
}

// ManualFlags are flags under one title.
type ManualFlags struct {
	Title string
	Flags []ManualFlag
}

// A ManualFlag is a flag.
type ManualFlag struct{ Name, Arg, Usage string }

// Manual returns the manual of the command of a suite. The first entry is about the
// analysis, with the flags of the analyzers at its end, the others about commands.
func Manual(suite []analyzers.Entry) []ManualEntry {
	c := &command{suite: suite}
	c.grow()
	var manual []ManualEntry
	for _, v := range c.all {
		e := ManualEntry{
			Name: v.path(), Usage: c.usageLine(v), Short: v.short, Text: v.text(),
		}
		for _, group := range c.flagsOf(v) {
			e.Flags = append(e.Flags, ManualFlags{group.title, manualFlags(group.flags)})
		}
		if v.name == "" {
			e.Text = strings.TrimPrefix(helpEpilogue, "\n")
		}
		if slices.Contains(v.groups, AnalyzerFlags) {
			e.Flags = append(e.Flags, ManualFlags{AnalyzerFlags, manualFlags(c.analyzerFlags())})
		}
		manual = append(manual, e)
	}
	return manual
}

func manualFlags(flags []*flag.Flag) []ManualFlag {
	var list []ManualFlag
	for _, f := range flags {
		arg, usage := flagUsage(f)
		list = append(list, ManualFlag{f.Name, arg, usage})
	}
	return list
}
