package docgen

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cpuguy83/go-md2man/v2/md2man"

	"github.com/ctxlint/ctxlint/internal/cli"
)

// Files that say the same as "ctxlint -h" and "ctxlint COMMAND -h".
const (
	commandsFile = "docs/commands.md"
	manFile      = "docs/man/ctxlint.1"
)

// home is the address of the project.
const home = "https://github.com/ctxlint/ctxlint"

const commandsIntroduction = `# Commands

This is what ` + "`ctxlint -h` and `ctxlint COMMAND -h`" + ` say; ` + "`man ctxlint`" + ` shows the same where the
[manual page](man/ctxlint.1) is installed. [Shells complete](#ctxlint-completion) commands, flags, their values,
analyzers, categories and packages.
`

// commandsPage returns the page about the commands and their flags in Markdown.
func commandsPage(manual []cli.ManualEntry) string {
	var b strings.Builder
	b.WriteString("<!-- Generated from internal/cli by \"go generate ./...\". Do not edit. -->\n\n" + commandsIntroduction)
	for i, e := range manual {
		fmt.Fprintf(&b, "\n## %s\n\n```text\n%s\n```\n\n%s", e.Name, e.Usage, e.Text)
		own, shared := e.Flags, []string(nil)
		if i > 0 {
			own, shared = split(e.Flags, manual[0].Flags)
		}
		for _, group := range own {
			fmt.Fprintf(&b, "\n%s:\n\n", group.Title)
			if group.Title == cli.AnalyzerFlags {
				b.WriteString("see the page of [each analyzer](README.md#analyzers), and [staticcheck](staticcheck.md).\n")
				continue
			}
			for _, f := range group.Flags {
				fmt.Fprintf(&b, "- `%s`: %s\n", strings.TrimSpace("-"+f.Name+" "+f.Arg), plain(f.Usage))
			}
		}
		writeShared(&b, shared)
	}
	return b.String()
}

// split returns the groups of flags that only a command has, and the titles of those that
// the analysis has, too.
func split(flags, root []cli.ManualFlags) (own []cli.ManualFlags, shared []string) {
	for _, group := range flags {
		if slices.ContainsFunc(root, func(r cli.ManualFlags) bool { return r.Title == group.Title }) {
			shared = append(shared, group.Title)
		} else {
			own = append(own, group)
		}
	}
	return own, shared
}

func writeShared(b *strings.Builder, titles []string) {
	if len(titles) > 0 {
		fmt.Fprintf(b, "\nFlags of ctxlint itself: %s.\n", strings.Join(titles, "; "))
	}
}

// manPage returns the same in the format of man.
func manPage(manual []cli.ManualEntry) string {
	var b strings.Builder
	root := manual[0]
	fmt.Fprintf(&b, "ctxlint 1 \"\" ctxlint \"User Commands\"\n==================================\n\n# NAME\n\nctxlint - %s\n", root.Short)
	b.WriteString("\n# SYNOPSIS\n\n")
	for _, e := range manual {
		fmt.Fprintf(&b, "**%s**%s\n\n", e.Name, plain(strings.TrimPrefix(e.Usage, e.Name)))
	}
	fmt.Fprintf(&b, "# DESCRIPTION\n\n%s\n# OPTIONS\n", root.Text)
	writeManFlags(&b, root.Flags)
	b.WriteString("\n# COMMANDS\n")
	for _, e := range manual[1:] {
		fmt.Fprintf(&b, "\n## %s\n\n%s", e.Name, e.Text)
		own, shared := split(e.Flags, root.Flags)
		writeManFlags(&b, own)
		writeShared(&b, shared)
	}
	b.WriteString("\n# FILES\n\n**.ctxlint.yml**\n: the configuration, beside go.mod or go.work\n")
	b.WriteString("\n# SEE ALSO\n\n**go**(1), **git**(1), and the documentation at " + home + "\n")
	return string(md2man.Render([]byte(b.String())))
}

func writeManFlags(b *strings.Builder, flags []cli.ManualFlags) {
	for _, group := range flags {
		fmt.Fprintf(b, "\n%s:\n\n", group.Title)
		for _, f := range group.Flags {
			arg := ""
			if f.Arg != "" {
				arg = " *" + plain(f.Arg) + "*"
			}
			fmt.Fprintf(b, "**-%s**%s\n: %s\n\n", plain(f.Name), arg, plain(f.Usage))
		}
	}
}

// plain keeps Markdown from reading characters of a text as its own.
func plain(text string) string {
	return strings.NewReplacer(`*`, `\*`, `_`, `\_`, `[`, `\[`, `]`, `\]`, `<`, `\<`, `>`, `\>`, "`", "\\`").Replace(text)
}
