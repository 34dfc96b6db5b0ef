package atomicfile

import (
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// unnamed opens a new file in a directory that has no name there, and is gone with the
// process unless it is given one. Not every file system has such files.
func unnamed(dir string) (*os.File, error) {
	fd, err := unix.Open(dir, unix.O_TMPFILE|unix.O_RDWR|unix.O_CLOEXEC, 0o666)
	if err != nil {
		return nil, err
	}
	return os.NewFile(uintptr(fd), dir), nil
}

// link gives an unnamed file a name.
func link(f *os.File, name string) error {
	return unix.Linkat(unix.AT_FDCWD, fmt.Sprintf("/proc/self/fd/%d", f.Fd()), unix.AT_FDCWD, name, unix.AT_SYMLINK_FOLLOW)
}
