package custombuild

import (
	"debug/buildinfo"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
)

// An output is the file of a new program. It is written under another name in
// the same directory, so that it is either complete or not there, and an older
// program stays until it can be replaced, even while it runs, say in an editor.
type output struct {
	target    string
	temporary string // the target itself, if it is a device
}

// newOutput fails, before anything is built, if the program could not be
// written.
func newOutput(name string) (*output, error) {
	target := name
	switch info, err := os.Stat(name); {
	case errors.Is(err, fs.ErrNotExist):
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			return nil, fmt.Errorf("-o: %w", err)
		}
	case err != nil:
		return nil, fmt.Errorf("-o: %w", err)
	case info.IsDir():
		return nil, fmt.Errorf("-o: %s is a directory", name)
	case !info.Mode().IsRegular():
		return &output{target: name, temporary: name}, nil
	default:
		if target, err = filepath.EvalSymlinks(name); err != nil {
			return nil, fmt.Errorf("-o: %w", err)
		}
		if _, err := buildinfo.ReadFile(target); err != nil && info.Size() > 0 {
			return nil, fmt.Errorf("-o: %s exists and was not built by Go: remove it or name another file", name)
		}
	}
	dir, base := filepath.Split(target)
	o := &output{target: target, temporary: filepath.Join(dir, fmt.Sprintf(".%08x.%s", rand.Uint32(), base))}
	f, err := os.OpenFile(o.temporary, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o777)
	if err != nil {
		return nil, fmt.Errorf("-o: %w", err)
	}
	return o, f.Close()
}

// commit puts the program in its place.
func (o *output) commit() error {
	if o.temporary == o.target {
		return nil
	}
	err := os.Rename(o.temporary, o.target)
	if err != nil && runtime.GOOS == "windows" {
		// A running program cannot be replaced, but it can be renamed.
		old := o.target + "~"
		os.Remove(old)
		if os.Rename(o.target, old) == nil {
			err = os.Rename(o.temporary, o.target)
			os.Remove(old)
		}
	}
	return err
}

// abort removes what is left of an output that was not committed.
func (o *output) abort() {
	if o.temporary != o.target {
		os.Remove(o.temporary)
	}
}
