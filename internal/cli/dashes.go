package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/ctxlint/ctxlint/internal/util/spelling"
)

// Flags have one dash or two, as those of the go command. The library wants two.

// twoDashes returns the arguments with two dashes in front of each flag. What follows a
// flag as its value stays as it is, and so does everything after "--".
func twoDashes(cmd *cobra.Command, args []string) []string {
	out := slices.Clone(args)
	positional := false
	for i := 0; i < len(out); i++ {
		arg := out[i]
		if arg == "--" {
			break
		}
		if !isFlag(arg) {
			if next := child(cmd, arg); next != nil && !positional {
				cmd = next
			} else {
				positional = true
			}
			continue
		}
		name, _, assigned := strings.Cut(strings.TrimLeft(arg, "-"), "=")
		switch {
		case name == "h":
			out[i] = "--help"
		case !strings.HasPrefix(arg, "--"):
			out[i] = "-" + arg
		}
		if f := cmd.Flags().Lookup(name); f != nil && f.NoOptDefVal == "" && !assigned {
			i++ // the value
		}
	}
	return out
}

// isFlag reports whether an argument is a flag: a single dash is standard input.
func isFlag(arg string) bool { return len(arg) > 1 && arg[0] == '-' }

func child(cmd *cobra.Command, name string) *cobra.Command {
	for _, sub := range cmd.Commands() {
		if sub.Name() == name {
			return sub
		}
	}
	return nil
}

// flagError says what is wrong with the flags of a verb in the words of the go command,
// which has one dash in front of them, and what may have been meant.
func (c *command) flagError(v *verb, err error) error {
	if unknown, ok := errors.AsType[*pflag.NotExistError](err); ok {
		return usageError{c.unknownFlag(v, unknown.GetSpecifiedName()), v}
	}
	if invalid, ok := errors.AsType[*pflag.InvalidValueError](err); ok {
		return usageError{fmt.Errorf("invalid value %q for flag -%s: %w", invalid.GetValue(), invalid.GetFlag().Name, errors.Unwrap(err)), v}
	}
	if missing, ok := errors.AsType[*pflag.ValueRequiredError](err); ok {
		return usageError{fmt.Errorf("flag needs an argument: -%s", missing.GetSpecifiedName()), v}
	}
	if bad, ok := errors.AsType[*pflag.InvalidSyntaxError](err); ok {
		return usageError{fmt.Errorf("bad flag syntax: %s", bad.GetSpecifiedFlag()), v}
	}
	return err
}

// unknownFlag says that a verb has no such flag.
func (c *command) unknownFlag(v *verb, name string) error {
	err := fmt.Errorf("flag provided but not defined: -%s", name)
	if hint := c.categoryHint(name); hint != "" {
		return fmt.Errorf("%w; %s", err, hint)
	}
	if root := c.all[0]; root.cobra.Flags().Lookup(name) != nil {
		return fmt.Errorf("%s takes no flag -%s", v.path(), name)
	}
	if meant := similarFlags(v, name); len(meant) > 0 {
		return fmt.Errorf("%w; did you mean %s?", err, spelling.Or(meant))
	}
	return err
}

// similarFlags returns the flags of a verb that a name may be a misspelling of. If the name
// has a dot, what is before it is right or what is after it is.
func similarFlags(v *verb, name string) []string {
	analyzer, option, dotted := strings.Cut(name, ".")
	var plain, options, analyzers, meant []string
	v.cobra.Flags().VisitAll(func(f *pflag.Flag) {
		switch before, after, isOption := strings.Cut(f.Name, "."); {
		case !isOption:
			plain = append(plain, f.Name)
		case before == analyzer:
			options = append(options, after)
		case after == option:
			analyzers = append(analyzers, before)
		}
	})
	if !dotted {
		for _, near := range spelling.Near(name, plain) {
			meant = append(meant, "-"+near)
		}
		return meant
	}
	for _, near := range spelling.Near(option, options) {
		meant = append(meant, "-"+analyzer+"."+near)
	}
	for _, near := range spelling.Near(analyzer, analyzers) {
		meant = append(meant, "-"+near+"."+option)
	}
	return meant
}
