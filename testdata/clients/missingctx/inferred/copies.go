package inferred

import (
	"context"

	"github.com/gogs/git-module"
)

// A method that is declared for values copies the command, and the context that it has.
func commands(ctx context.Context, dir string) error {
	if _, err := git.NewCommandWithContext(ctx, "fsck").WithTimeout(-1).RunInDir(dir); err != nil {
		return err
	}
	_, err := git.NewCommand("gc").WithTimeout(-1).RunInDir(dir) // want `medium unbound: \(\*git\.Command\)\.RunInDir waits under no context`
	return err
}
