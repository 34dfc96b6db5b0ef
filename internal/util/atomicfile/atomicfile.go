// Package atomicfile writes files that are either complete or not there.
package atomicfile

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"

	"github.com/ctxlint/ctxlint/internal/util/plainfile"
)

// A File collects the new content of a file, out of sight: nothing is beside the file
// until there is content, and on Linux nothing with a name until it is complete, so that
// a process that is killed leaves nothing behind. Either [File.Commit] or [File.Abort]
// must be called.
type File struct {
	name   string // as given
	target string
	mode   fs.FileMode // of the file that is replaced, 0 if there is none
	direct bool        // the target is a device or pipe, which is written to
	out    *os.File    // nil until there is content
	named  bool        // out has a name, which is not the target's
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
	f := &File{name: name, target: target}
	switch info, err := os.Stat(target); {
	case err == nil && info.IsDir():
		return nil, &fs.PathError{Op: "write", Path: name, Err: errors.New("is a directory")}
	case err == nil && !info.Mode().IsRegular():
		f.direct = true
		f.out, err = os.OpenFile(target, os.O_WRONLY, 0)
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
	if err := f.open(); err != nil { // whether that is possible is to be known now
		return nil, err
	}
	f.Abort()
	return f, nil
}

// open opens a file for the content, without a name if the system can do that.
func (f *File) open() (err error) {
	if f.out, err = unnamed(filepath.Dir(f.target)); err == nil {
		f.named = false
		return nil
	}
	return f.openNamed()
}

// openNamed opens a file for the content, under a name that nobody has heard of.
func (f *File) openNamed() (err error) {
	// 0666 less the umask, which os.CreateTemp would not use.
	f.out, err = os.OpenFile(f.temporary(), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return f.writeError(err)
	}
	f.named = true
	return nil
}

// temporary returns a name for what will be the target.
func (f *File) temporary() string {
	dir, base := filepath.Split(f.target)
	return filepath.Join(dir, fmt.Sprintf(".%s.%08x.tmp", base, rand.Uint32()))
}

// Write adds to the content.
func (f *File) Write(p []byte) (n int, err error) {
	if f.out == nil {
		if err := f.open(); err != nil {
			return 0, err
		}
	}
	if n, err = f.out.Write(p); err != nil {
		err = f.writeError(err)
	}
	return n, err
}

// writeError returns an error with the name of the file, instead of one that nobody has heard of.
func (f *File) writeError(err error) error {
	return &fs.PathError{Op: "write", Path: f.name, Err: plainfile.Reason(err)}
}

// Commit makes the content written so far the content of the file.
func (f *File) Commit() error { return f.commit(func() error { return nil }) }

// commit asks check, last of all, whether the file may be replaced.
func (f *File) commit(check func() error) (err error) {
	if f.direct {
		return f.out.Close()
	}
	if f.out == nil {
		if err := f.open(); err != nil {
			return err
		}
	}
	defer func() {
		if err != nil {
			f.Abort()
		}
	}()
	if f.mode != 0 {
		if err := f.out.Chmod(f.mode); err != nil {
			return err
		}
	}
	if err := f.out.Sync(); err != nil {
		return f.writeError(err)
	}
	if err := check(); err != nil {
		return err
	}
	return f.rename()
}

// rename gives the content, which is complete, the name of the target.
func (f *File) rename() error {
	temporary := f.out.Name()
	if !f.named {
		temporary = f.temporary()
		if err := link(f.out, temporary); err != nil {
			return f.copy()
		}
	}
	if err := f.out.Close(); err != nil {
		os.Remove(temporary)
		return err
	}
	if err := os.Rename(temporary, f.target); err != nil {
		os.Remove(temporary)
		return err
	}
	return nil
}

// copy is for a system that makes files without a name but cannot give them one.
func (f *File) copy() error {
	content := io.NewSectionReader(f.out, 0, 1<<62)
	named := &File{name: f.name, target: f.target, mode: f.mode}
	if err := named.openNamed(); err != nil {
		return err
	}
	if _, err := io.Copy(named, content); err != nil {
		named.Abort()
		return err
	}
	f.Abort()
	return named.Commit()
}

// Abort leaves the file as it was.
func (f *File) Abort() {
	if f.out == nil {
		return
	}
	f.out.Close()
	if f.named {
		os.Remove(f.out.Name())
	}
	f.out = nil
}

// Write replaces the content of the named file.
func Write(name string, content []byte) error {
	return write(name, content, func() error { return nil })
}

// ErrChanged says that a file does not have the content that was to be replaced.
var ErrChanged = errors.New("the file has changed meanwhile")

// Replace replaces the content of the named file unless that is no longer what it was.
// Somebody who saves the file in the instant between the comparison and the replacement
// goes unnoticed, as no system offers both in one.
func Replace(name string, before, after []byte) error {
	return write(name, after, func() error {
		now, err := os.ReadFile(name)
		if err == nil && !bytes.Equal(now, before) {
			err = &fs.PathError{Op: "write", Path: name, Err: ErrChanged}
		}
		return err
	})
}

func write(name string, content []byte, check func() error) error {
	f, err := Create(name)
	if err != nil {
		return err
	}
	if _, err := f.Write(content); err != nil {
		f.Abort()
		return err
	}
	return f.commit(check)
}
