package cli

import (
	"context"
	"errors"
)

// printConfig prints the configuration that a run with the same flags would use.
func (c *command) printConfig(args []string) error {
	if len(args) > 0 {
		return usageError{errors.New("config takes flags, but no packages")}
	}
	if err := c.check(nil); err != nil {
		return usageError{err}
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
