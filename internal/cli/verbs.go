package cli

import (
	"cmp"
	"errors"
	"flag"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/ctxlint/ctxlint/internal/report/explain"
)

// A verb is what ctxlint can be asked for: an analysis, without a name, or one of the
// commands. Parsing, help, completion and the manual are derived from it.
type verb struct {
	name   string
	args   string // as the usage shows them
	short  string // one line
	long   string // paragraphs; empty if short says all
	groups []string
	own    *flag.FlagSet // flags that no other verb has, or has with another meaning; may be nil
	run    func(args []string) (code int, err error)
	// complete returns what may stand in place of a word that has been begun. May be nil.
	complete func(before []string, word string) ([]string, cobra.ShellCompDirective)

	cobra *cobra.Command
}

// verbs returns all verbs; the first is the analysis.
func (c *command) verbs() []*verb {
	return []*verb{
		c.lintVerb(),
		c.configVerb(),
		c.initVerb(),
		c.evidenceVerb(),
		c.mergeVerb(),
		c.graphVerb(),
		c.buildVerb(),
		c.explainVerb(),
		c.helpVerb(),
		c.completionVerb(),
		c.versionVerb(),
	}
}

// grow makes the tree of commands that cobra dispatches on, and returns its root. Flags
// may stand before the name of a command and after it.
func (c *command) grow() *cobra.Command {
	cobra.EnableCommandSorting = false
	c.flags = c.newFlagSet(c.suite)
	c.all = c.verbs()
	root := c.all[0]
	for _, v := range c.all {
		v.cobra = c.cobraCommand(v)
		if v != root {
			root.cobra.AddCommand(v.cobra)
		}
	}
	root.cobra.TraverseChildren = true
	root.cobra.CompletionOptions.DisableDefaultCmd = true
	root.cobra.SetHelpCommand(c.verb("help").cobra)
	return root.cobra
}

func (c *command) cobraCommand(v *verb) *cobra.Command {
	cmd := &cobra.Command{
		Use:           strings.TrimSpace(v.called() + " " + v.args),
		Short:         v.short,
		Args:          cobra.ArbitraryArgs,
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			if c.options.version || c.options.V {
				return c.printVersion()
			}
			if err := c.misplaced(v); err != nil {
				return err
			}
			c.code, err = v.run(args)
			return err
		},
		ValidArgsFunction: func(_ *cobra.Command, before []string, word string) ([]string, cobra.ShellCompDirective) {
			if v.complete == nil {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return v.complete(before, word)
		},
	}
	cmd.SetHelpFunc(func(*cobra.Command, []string) { c.helpErr = c.printHelp(v) })
	if v.own != nil {
		cmd.Flags().AddGoFlagSet(v.own)
	}
	for _, name := range flagNames(v.groups) {
		cmd.Flags().AddGoFlag(c.flags.Lookup(name))
	}
	if slices.Contains(v.groups, AnalyzerFlags) {
		for _, f := range c.analyzerFlags() {
			cmd.Flags().AddGoFlag(f)
		}
	}
	return cmd
}

// called returns the name by which a verb is called in the tree.
func (v *verb) called() string {
	if v.name == "" {
		return program
	}
	return v.name
}

// path returns what a user types to get to the verb.
func (v *verb) path() string { return strings.TrimSpace(program + " " + v.name) }

// text returns what help says about the verb.
func (v *verb) text() string { return cmp.Or(v.long, explain.Sentence(v.short)+".\n") }

// onlyPrints reports whether a verb accepts common flags although they change nothing:
// it prints what ctxlint knows.
func (v *verb) onlyPrints() bool { return v.own == nil && len(v.groups) == 1 }

// misplaced returns an error about the flags before the name of a verb that the verb
// does not share with the analysis.
func (c *command) misplaced(v *verb) (err error) {
	c.all[0].cobra.Flags().VisitAll(func(f *pflag.Flag) {
		switch taken := v.cobra.Flags().Lookup(f.Name); {
		case v.name == "" || !f.Changed || err != nil:
		case taken == nil:
			err = usageError{fmt.Errorf("%s takes no flag -%s", v.path(), f.Name), v}
		case v.own != nil && v.own.Lookup(f.Name) != nil:
			err = usageError{fmt.Errorf("flag -%s must come after %s", f.Name, v.path()), v}
		}
	})
	return err
}

// verb returns the verb of that name, nil if there is none.
func (c *command) verb(name string) *verb {
	for _, v := range c.all {
		if v.name == name && name != "" {
			return v
		}
	}
	return nil
}

// verbNames returns the names of the commands.
func (c *command) verbNames() []string {
	var names []string
	for _, v := range c.all[1:] {
		names = append(names, v.name)
	}
	return names
}

// verbOf returns the verb of a command in the tree, the analysis if there is none.
func (c *command) verbOf(cmd *cobra.Command) *verb {
	for _, v := range c.all {
		if v.cobra == cmd {
			return v
		}
	}
	return c.all[0]
}

// noArguments is for verbs that take none.
func noArguments(name string, args []string) error {
	if len(args) > 0 {
		return errors.New(name + " takes flags, but no packages")
	}
	return nil
}
