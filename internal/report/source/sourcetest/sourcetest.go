// Package sourcetest helps tests that read source which no go command has listed.
package sourcetest

import (
	"io/fs"
	"path/filepath"
	"testing"

	"github.com/ctxlint/ctxlint/internal/report/source"
)

// Below returns all files below a directory, as if the go command had listed them.
func Below(t testing.TB, dir string) *source.Files {
	t.Helper()
	files := source.NewFiles(t.Context())
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			files.Add(Package(path))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// Package returns a package of one file.
func Package(file string) source.Package {
	dir := filepath.Dir(file)
	return source.Package{Dir: dir, Root: dir, Names: map[string]bool{filepath.Base(file): true}}
}
