// Package plainfile reads regular files of a bounded size, and nothing else: a pipe
// would make the reader wait for ever, and a device never ends.
package plainfile

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Errors, inside an [fs.PathError], about files that are there but are not read.
var (
	ErrNotRegular = errors.New("not a regular file")
	ErrTooLarge   = errors.New("the file is too large")
	ErrOutside    = errors.New("the file is a link that leads out of its module")
)

// Read returns the content of a file of at most limit bytes. Symbolic links are
// followed.
func Read(name string, limit int64) ([]byte, error) {
	info, err := os.Stat(name) // opening a pipe may already wait
	if err == nil {
		err = check(name, info, limit)
	}
	if err != nil {
		return nil, err
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if info, err = f.Stat(); err == nil {
		err = check(name, info, limit)
	}
	if err != nil {
		return nil, err
	}
	return ReadAll(f, name, limit)
}

// ReadAny is like Read for a file that the user has named, which may be a pipe or a
// device. It may have to wait, and therefore ends with ctx.
func ReadAny(ctx context.Context, name string, limit int64) ([]byte, error) {
	return Await(ctx, func() ([]byte, error) {
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
			return Read(name, limit)
		}
		return ReadAll(f, name, limit)
	})
}

// Await returns what read returns, or the error of ctx if that ends first. Then read,
// which no system can interrupt, is left behind.
func Await[T any](ctx context.Context, read func() (T, error)) (T, error) {
	type outcome struct {
		value T
		err   error
	}
	done := make(chan outcome, 1)
	go func() {
		value, err := read()
		done <- outcome{value, err}
	}()
	select {
	case o := <-done:
		return o.value, o.err
	case <-ctx.Done():
		return *new(T), ctx.Err()
	}
}

func check(name string, info fs.FileInfo, limit int64) error {
	switch {
	case info.IsDir():
		return &fs.PathError{Op: "read", Path: name, Err: errors.New("is a directory")}
	case !info.Mode().IsRegular():
		return &fs.PathError{Op: "read", Path: name, Err: ErrNotRegular}
	case info.Size() > limit:
		return tooLarge(name, limit)
	}
	return nil
}

// ReadAll reads the rest of r, at most limit bytes. The name is for the error.
func ReadAll(r io.Reader, name string, limit int64) ([]byte, error) {
	content, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err == nil && int64(len(content)) > limit { // it has grown, or did not tell its size
		return nil, tooLarge(name, limit)
	}
	return content, err
}

// Within returns the file that a name means when symbolic links are followed. The error
// is [ErrOutside] if that is not in the directory root.
func Within(root, name string) (string, error) {
	file, err := filepath.EvalSymlinks(name)
	if err != nil {
		return "", err
	}
	if root, err = filepath.EvalSymlinks(root); err != nil {
		return "", err
	}
	if _, ok := Below(root, file); !ok {
		return "", &fs.PathError{Op: "read", Path: name, Err: ErrOutside}
	}
	return file, nil
}

// Below returns the path of a file relative to a directory, and whether the file is in it,
// however deep, or is the directory. It goes by names alone; [Within] follows links.
func Below(dir, name string) (rel string, ok bool) {
	rel, err := filepath.Rel(dir, name)
	return rel, err == nil && filepath.IsLocal(rel)
}

// Reason returns what an error about a file says besides what was done to which file.
func Reason(err error) error {
	if inFile, ok := errors.AsType[*fs.PathError](err); ok {
		return inFile.Err
	}
	return err
}

func tooLarge(name string, limit int64) error {
	return &fs.PathError{Op: "read", Path: name, Err: fmt.Errorf("%w: at most %d MB are read", ErrTooLarge, max(1, limit>>20))}
}
