package testenv

import (
	"os/exec"
	"unsafe"

	"golang.org/x/sys/windows"
)

// A group is a job object, which ends its processes when its last handle is
// closed.
type group struct{ job windows.Handle }

func newGroup(*exec.Cmd) (*group, error) {
	job, err := windows.CreateJobObject(nil, nil)
	if err != nil {
		return nil, err
	}
	info := windows.JOBOBJECT_EXTENDED_LIMIT_INFORMATION{
		BasicLimitInformation: windows.JOBOBJECT_BASIC_LIMIT_INFORMATION{LimitFlags: windows.JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE},
	}
	_, err = windows.SetInformationJobObject(job, windows.JobObjectExtendedLimitInformation, uintptr(unsafe.Pointer(&info)), uint32(unsafe.Sizeof(info)))
	return &group{job}, err
}

func (g *group) started(cmd *exec.Cmd) error {
	const access = windows.PROCESS_SET_QUOTA | windows.PROCESS_TERMINATE
	child, err := windows.OpenProcess(access, false, uint32(cmd.Process.Pid))
	if err != nil {
		return nil // it has ended
	}
	defer windows.CloseHandle(child)
	return windows.AssignProcessToJobObject(g.job, child)
}

func (g *group) end() { windows.CloseHandle(g.job) }
