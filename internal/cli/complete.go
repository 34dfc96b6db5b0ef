package cli

import (
	"bytes"
	"errors"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/ctxlint/ctxlint/internal/cli/config"
	"github.com/ctxlint/ctxlint/internal/cli/ctxgraph"
	"github.com/ctxlint/ctxlint/internal/cli/custombuild"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/report/explain"
	"github.com/ctxlint/ctxlint/internal/report/format"
	"github.com/ctxlint/ctxlint/internal/util/spelling"
)

// shells are the shells that completion is for.
var shells = []string{"bash", "zsh", "fish", "powershell"}

const completionText = `Prints a script that completes commands, flags, their values, analyzers,
categories and packages. The script asks ctxlint, so that it is right for the
ctxlint that is installed.

    bash         source <(ctxlint completion bash)
    zsh          ctxlint completion zsh >"${fpath[1]}/_ctxlint"
    fish         ctxlint completion fish >~/.config/fish/completions/ctxlint.fish
    powershell   ctxlint completion powershell | Out-String | Invoke-Expression

Bash needs the package bash-completion; zsh needs "autoload -U compinit; compinit".
`

func (c *command) completionVerb() *verb {
	return &verb{
		name: "completion", args: "SHELL", short: "print the completion script for " + spelling.Or(shells),
		long: completionText, groups: []string{commonFlags},
		run:      func(args []string) (int, error) { return exitClean, c.completion(args) },
		complete: words(shells),
	}
}

// completion prints the script for a shell.
func (c *command) completion(args []string) error {
	root, out := c.all[0].cobra, new(bytes.Buffer)
	if len(args) != 1 || !slices.Contains(shells, args[0]) {
		return usageError{errors.New("completion needs the name of one shell: " + spelling.Or(shells)), c.verb("completion")}
	}
	var err error
	switch args[0] {
	case "bash":
		err = root.GenBashCompletionV2(out, true)
	case "zsh":
		err = root.GenZshCompletion(out)
	case "fish":
		err = root.GenFishCompletion(out, true)
	case "powershell":
		err = root.GenPowerShellCompletionWithDesc(out)
	}
	if err == nil {
		_, err = out.WriteTo(c.stdout)
	}
	return err
}

// isCompletion reports whether a shell's script asks how its last argument may go on.
func isCompletion(args []string) bool {
	return len(args) > 1 && (args[0] == cobra.ShellCompRequestCmd || args[0] == cobra.ShellCompNoDescRequestCmd)
}

// complete answers the script of a shell. Flags are offered with as many dashes as have
// been typed, because shells look at what an answer begins with.
func (c *command) complete(root *cobra.Command, args []string) error {
	for _, v := range c.all {
		c.completeFlags(v.cobra)
	}
	typed := args[len(args)-1]
	out := new(bytes.Buffer)
	root.SetOut(out)
	root.SetErr(new(bytes.Buffer))
	words := twoDashes(root, args[1:])
	if typed == "-" {
		words[len(words)-1] = "--"
	}
	root.SetArgs(append(args[:1:1], words...))
	if err := root.Execute(); err != nil {
		return err
	}
	for line := range strings.Lines(out.String()) {
		if strings.HasPrefix(line, "--") && !strings.HasPrefix(typed, "--") {
			line = line[1:]
		}
		if _, err := c.stdout.WriteString(line); err != nil {
			return err
		}
	}
	return nil
}

// completeFlags registers how the values of flags are completed, which only completion
// needs; the others are names of files, which shells complete, or free text.
func (c *command) completeFlags(cmd *cobra.Command) {
	cmd.Flags().VisitAll(func(f *pflag.Flag) { _, f.Usage = pflag.UnquoteUsage(f) })
	values := map[string][]string{
		"format":               format.Names(),
		"color":                colors,
		"preset":               config.PresetNames(),
		"mod":                  {"readonly", "vendor", "mod"},
		catalog.ConfidenceFlag: catalog.Confidences(),
	}
	if cmd.Name() == "graph" {
		values["format"] = graphFormats
		values["by"] = ctxgraph.Levels()
	}
	for _, e := range c.suite {
		values[e.Name+"."+catalog.Disable] = e.Categories.List()
		values[e.Name+"."+catalog.ConfidenceFlag] = values[catalog.ConfidenceFlag]
	}
	for name, list := range values {
		if cmd.Flags().Lookup(name) != nil {
			cmd.RegisterFlagCompletionFunc(name, cobra.FixedCompletions(list, cobra.ShellCompDirectiveNoFileComp))
		}
	}
	if cmd.Flags().Lookup("C") != nil {
		cmd.RegisterFlagCompletionFunc("C", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return nil, cobra.ShellCompDirectiveFilterDirs
		})
	}
}

// words completes arguments that are one of a few words.
func words(list []string) func([]string, string) ([]string, cobra.ShellCompDirective) {
	return func(before []string, _ string) ([]string, cobra.ShellCompDirective) {
		left := slices.DeleteFunc(slices.Clone(list), func(word string) bool { return slices.Contains(before, word) })
		return left, cobra.ShellCompDirectiveNoFileComp
	}
}

// completeFiles leaves to the shell what it can do.
func completeFiles([]string, string) ([]string, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveDefault
}

// completePackages offers the directories that go on from what has been typed, and the
// pattern for all of them.
func (c *command) completePackages(_ []string, word string) ([]string, cobra.ShellCompDirective) {
	typed := filepath.ToSlash(word)
	if typed == "" || typed == "." {
		return []string{"./", "./..."}, cobra.ShellCompDirectiveNoSpace | cobra.ShellCompDirectiveNoFileComp
	}
	if !isLocal(typed) {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	above, _ := path.Split(typed)
	entries, err := os.ReadDir(c.abs(c.directory(), filepath.FromSlash(above)))
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	list := []string{above + "..."}
	for _, e := range entries {
		if e.IsDir() && !ignoresDir(e.Name()) {
			list = append(list, above+e.Name()+"/")
		}
	}
	return list, cobra.ShellCompDirectiveNoSpace | cobra.ShellCompDirectiveNoFileComp
}

// directory returns where the go command would run, for completion, before anything has
// been checked.
func (c *command) directory() string {
	cwd, err := os.Getwd()
	if err != nil {
		return c.chdir
	}
	return c.abs(cwd, c.chdir)
}

// completeTools offers the tools that can be built.
func completeTools(before []string, word string) ([]string, cobra.ShellCompDirective) {
	if len(before) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return words(custombuild.Names())(before, word)
}

// completeChecks offers analyzers, and what comes after the slash once it has been typed.
func (c *command) completeChecks(_ []string, word string) ([]string, cobra.ShellCompDirective) {
	if name, _, narrow := strings.Cut(word, "/"); narrow {
		if e, ok := c.entry(name); ok {
			return c.checksOf(e), cobra.ShellCompDirectiveNoFileComp
		}
		return nil, cobra.ShellCompDirectiveDefault
	}
	return c.analyzerNames(), cobra.ShellCompDirectiveDefault
}

// completeTopics offers what there is help for.
func (c *command) completeTopics([]string, string) ([]string, cobra.ShellCompDirective) {
	list := c.analyzerNames()
	for _, v := range c.all[1:] {
		list = append(list, v.name+"\t"+v.short)
	}
	return list, cobra.ShellCompDirectiveNoFileComp
}

// analyzerNames returns the names of analyzers, with their summaries.
func (c *command) analyzerNames() []string {
	var list []string
	for _, e := range c.suite {
		list = append(list, e.Name+"\t"+explain.Sentence(e.Documentation.Summary))
	}
	return list
}
