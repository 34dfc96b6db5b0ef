//go:build unix

package gocmd

import (
	"os"
	"os/exec"
	"syscall"
	"time"
)

// processGroup is the child's own process group. A terminal sends its interrupt
// only to ctxlint, which passes it on.
type processGroup struct{ id int }

func newGroup(cmd *exec.Cmd) group {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	return &processGroup{}
}

func (p *processGroup) started(cmd *exec.Cmd) { p.id = cmd.Process.Pid }
func (p *processGroup) interrupt()            { syscall.Kill(-p.id, syscall.SIGINT) }
func (p *processGroup) kill()                 { syscall.Kill(-p.id, syscall.SIGKILL) }

// treeTime returns the processor time of a child that has ended, and of all that it has
// waited for.
func treeTime(p *os.ProcessState) time.Duration { return p.UserTime() + p.SystemTime() }
