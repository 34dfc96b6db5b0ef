// Package atomicfile writes files that are either complete or not there.
package atomicfile

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
)

// A File collects the new content of a file under a temporary name beside it.
// Either [File.Commit] or [File.Abort] must be called.
type File struct {
	*os.File
	target string
	mode   fs.FileMode // of the file that is replaced, 0 if there is none
	direct bool        // the target is a device or pipe, which is written to
}

// Create starts new content for the named file. An existing file keeps its
// mode, and a symbolic link to it stays a link; a device or pipe is written to
// directly. It is an error if the file cannot be created or replaced.
func Create(name string) (*File, error) {
	target, err := filepath.EvalSymlinks(name)
	if errors.Is(err, fs.ErrNotExist) {
		target = name
	} else if err != nil {
		return nil, err
	}
	f := &File{target: target}
	switch info, err := os.Stat(target); {
	case err == nil && info.IsDir():
		return nil, &fs.PathError{Op: "write", Path: name, Err: errors.New("is a directory")}
	case err == nil && !info.Mode().IsRegular():
		f.direct = true
		f.File, err = os.OpenFile(target, os.O_WRONLY, 0)
		return f, err
	case err == nil:
		// A file without write permission must not be replaced either.
		old, err := os.OpenFile(target, os.O_WRONLY, 0)
		if err != nil {
			return nil, err
		}
		old.Close()
		f.mode = info.Mode().Perm()
	case !errors.Is(err, fs.ErrNotExist):
		return nil, err
	}
	dir, base := filepath.Split(target)
	temporary := filepath.Join(dir, fmt.Sprintf(".%s.%08x.tmp", base, rand.Uint32()))
	// 0666 less the umask, which os.CreateTemp would not use.
	f.File, err = os.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return nil, &fs.PathError{Op: "write", Path: name, Err: errors.Unwrap(err)}
	}
	return f, nil
}

// Commit makes the content written so far the content of the file.
func (f *File) Commit() error {
	if f.direct {
		return f.Close()
	}
	err := f.Sync()
	if f.mode != 0 {
		err = errors.Join(err, f.Chmod(f.mode))
	}
	if err := errors.Join(err, f.Close()); err != nil {
		os.Remove(f.Name())
		return err
	}
	if err := os.Rename(f.Name(), f.target); err != nil {
		os.Remove(f.Name())
		return err
	}
	return nil
}

// Abort leaves the file as it was.
func (f *File) Abort() {
	f.Close()
	if !f.direct {
		os.Remove(f.Name())
	}
}

// Write replaces the content of the named file.
func Write(name string, content []byte) error {
	f, err := Create(name)
	if err != nil {
		return err
	}
	if _, err := f.File.Write(content); err != nil {
		f.Abort()
		return err
	}
	return f.Commit()
}
