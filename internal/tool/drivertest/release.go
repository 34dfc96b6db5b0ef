package drivertest

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"golang.org/x/mod/module"
	"golang.org/x/mod/zip"

	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

// Module is the path of ctxlint's own module.
const Module = "github.com/ctxlint/ctxlint"

// Release returns the URL of a module proxy that has the source as the release of this
// version, and nothing else.
func Release(t testing.TB, version string) string {
	t.Helper()
	proxy := t.TempDir()
	dir := filepath.Join(proxy, filepath.FromSlash(Module), "@v")
	if err := os.MkdirAll(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	root := testenv.Root(t)
	f, err := os.Create(filepath.Join(dir, version+".zip"))
	if err != nil {
		t.Fatal(err)
	}
	mod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err := errors.Join(err,
		zip.CreateFromDir(f, module.Version{Path: Module, Version: version}, root),
		f.Close(),
		os.WriteFile(filepath.Join(dir, version+".mod"), mod, 0o666),
		os.WriteFile(filepath.Join(dir, version+".info"), fmt.Appendf(nil, "{\"Version\": %q}", version), 0o666),
		os.WriteFile(filepath.Join(dir, "list"), []byte(version+"\n"), 0o666),
	); err != nil {
		t.Fatal(err)
	}
	return FileURL(proxy)
}

// FileURL returns the URL of a directory.
func FileURL(dir string) string {
	dir = filepath.ToSlash(dir)
	if runtime.GOOS == "windows" {
		dir = "/" + dir
	}
	return "file://" + dir
}
