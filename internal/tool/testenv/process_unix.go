//go:build unix

package testenv

import (
	"io"
	"os/exec"
	"syscall"
)

// A group is the process group of a command, and its leader: a watchdog that ends
// it, which the test cannot do itself if it is killed. The watchdog reads from a
// pipe until the other end, which the test holds, is closed for whatever reason.
// It is there before the command, as the test may be killed at any time.
type group struct {
	watchdog *exec.Cmd
	test     io.Closer
}

// ending is what the watchdog does at the end. Some programs have children in
// other groups, which they end when asked to end.
const ending = `read _; trap "" TERM; kill -s TERM 0; sleep 2; kill -s KILL 0`

func newGroup(cmd *exec.Cmd) (*group, error) {
	watchdog := exec.Command("sh", "-c", ending)
	watchdog.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	test, err := watchdog.StdinPipe()
	if err != nil {
		return nil, err
	}
	if err := watchdog.Start(); err != nil {
		return nil, err
	}
	if cmd.SysProcAttr == nil {
		cmd.SysProcAttr = new(syscall.SysProcAttr)
	}
	cmd.SysProcAttr.Setpgid = true
	cmd.SysProcAttr.Pgid = watchdog.Process.Pid
	return &group{watchdog, test}, nil
}

func (g *group) started(*exec.Cmd) error { return nil }

func (g *group) end() {
	syscall.Kill(-g.watchdog.Process.Pid, syscall.SIGKILL)
	g.test.Close()
	g.watchdog.Wait()
}
