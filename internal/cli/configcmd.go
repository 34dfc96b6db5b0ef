package cli

import (
	"cmp"
	"context"
)

const configText = `Prints the configuration that a run with the same flags would use, each value with
the place that it comes from. The output is itself a valid configuration file.
`

func (c *command) configVerb() *verb {
	v := &verb{
		name: "config", short: "print the configuration in effect", long: configText,
		groups: []string{packageFlags, selectionFlags, productionFlags, reportFlags, fixFlags, AnalyzerFlags, commonFlags},
	}
	v.run = func(args []string) (int, error) { return exitClean, c.printConfig(v, args) }
	return v
}

// printConfig prints the configuration that a run with the same flags would use.
func (c *command) printConfig(v *verb, args []string) error {
	if err := cmp.Or(noArguments(v.name, args), c.check(nil)); err != nil {
		return usageError{err, v}
	}
	s, err := c.newSession()
	if err != nil {
		return err
	}
	if err := s.open(context.Background()); err != nil {
		return err
	}
	text, err := s.settings.YAML()
	if err != nil {
		return err
	}
	_, err = c.stdout.Write(text)
	return err
}
