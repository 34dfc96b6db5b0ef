//go:build unix

package testenv

import (
	"io"
	"os/exec"
	"strconv"
	"syscall"
)

// A group is the process group of a command, and the watchdog that ends it. The
// test cannot do that itself if it is killed. The watchdog reads from a pipe
// until the other end, which the test holds, is closed for whatever reason.
type group struct {
	id       int
	watchdog *exec.Cmd
	test     io.Closer
}

func newGroup(cmd *exec.Cmd) (*group, error) {
	if cmd.SysProcAttr == nil {
		cmd.SysProcAttr = new(syscall.SysProcAttr)
	}
	cmd.SysProcAttr.Setpgid = true
	return new(group), nil
}

// ending is what the watchdog does at the end. Some programs have children in
// other groups, which they end when asked to end.
const ending = `read _; kill -s TERM -- "-$0" && { sleep 2; kill -s KILL -- "-$0"; }`

func (g *group) started(cmd *exec.Cmd) error {
	g.id = cmd.Process.Pid
	g.watchdog = exec.Command("sh", "-c", ending, strconv.Itoa(g.id))
	g.watchdog.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	test, err := g.watchdog.StdinPipe()
	if err != nil {
		return err
	}
	g.test = test
	return g.watchdog.Start()
}

func (g *group) end() {
	if g.watchdog == nil {
		return
	}
	syscall.Kill(-g.id, syscall.SIGKILL)
	g.test.Close()
	g.watchdog.Wait()
}
