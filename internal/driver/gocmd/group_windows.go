package gocmd

import (
	"os"
	"os/exec"
	"time"

	"golang.org/x/sys/windows"
)

// job is a job object that holds the child and what it starts. The console
// itself sends Ctrl-C to all processes that share it.
type job struct {
	handle windows.Handle
	cmd    *exec.Cmd
}

func newGroup(*exec.Cmd) group {
	handle, err := windows.CreateJobObject(nil, nil)
	if err != nil {
		handle = 0 // without a job, only the child itself can be killed
	}
	return &job{handle: handle}
}

func (j *job) started(cmd *exec.Cmd) {
	j.cmd = cmd
	if j.handle == 0 {
		return
	}
	const access = windows.PROCESS_SET_QUOTA | windows.PROCESS_TERMINATE
	child, err := windows.OpenProcess(access, false, uint32(cmd.Process.Pid))
	if err != nil {
		return
	}
	defer windows.CloseHandle(child)
	windows.AssignProcessToJobObject(j.handle, child)
}

func (j *job) interrupt() {}

func (j *job) kill() {
	j.cmd.Process.Kill()
	if j.handle != 0 {
		windows.TerminateJobObject(j.handle, 1)
	}
}

// treeTime returns 0: of what the child has run, its own times do not tell.
func treeTime(*os.ProcessState) time.Duration { return 0 }
