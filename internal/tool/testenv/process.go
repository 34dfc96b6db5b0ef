package testenv

import (
	"os/exec"
	"sync"
)

// Run runs a command as [exec.Cmd.Run] does, and leaves none of its processes
// behind.
func Run(cmd *exec.Cmd) error {
	end, err := Start(cmd)
	if err != nil {
		return err
	}
	defer end()
	return cmd.Wait()
}

// Start starts a command whose processes do not outlive the test, even if the
// test is interrupted, killed, or runs into its time limit. The returned
// function ends those that the command has left behind; call it after
// [exec.Cmd.Wait].
func Start(cmd *exec.Cmd) (end func(), err error) {
	g, err := newGroup(cmd)
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		g.end()
		return nil, err
	}
	if err := g.started(cmd); err != nil {
		cmd.Process.Kill()
		cmd.Wait()
		g.end()
		return nil, err
	}
	return sync.OnceFunc(g.end), nil
}
