package source_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/ctxlint/ctxlint/internal/report/source"
	"github.com/ctxlint/ctxlint/internal/report/source/sourcetest"
	"github.com/ctxlint/ctxlint/internal/util/plainfile"
)

// TestOnlyListed asks for files that a //line directive may name.
func TestOnlyListed(t *testing.T) {
	module, elsewhere := t.TempDir(), t.TempDir()
	put := func(dir, name, content string) string {
		t.Helper()
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
		return file
	}
	own, secret, other := put(module, "own.go", "package own\n"), put(module, "secret.env", "token\n"), put(elsewhere, "other.go", "package other\n")
	large := put(module, "large.go", "package own\n")
	if err := os.Truncate(large, source.MaxSize+1); err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{"own.go": true, "large.go": true, "none.go": true, "inside.go": true, "outside.go": true, "device.go": true}
	files := source.NewFiles(t.Context())
	files.Add(source.Package{Dir: module, Root: module, Names: names})
	cache := source.NewCache(files, nil)
	refused := map[string]error{secret: nil, other: nil, large: plainfile.ErrTooLarge, filepath.Join(module, "none.go"): fs.ErrNotExist, "own.go": nil, module: nil}
	if runtime.GOOS != "windows" {
		link := func(name, target string) string {
			t.Helper()
			file := filepath.Join(module, name)
			if err := os.Symlink(target, file); err != nil {
				t.Fatal(err)
			}
			return file
		}
		if line, _ := cache.File(link("inside.go", own)).Line(1); line != "package own" {
			t.Errorf("a link within the module: Line(1) = %q", line)
		}
		refused[link("outside.go", other)] = plainfile.ErrOutside
		refused[link("device.go", "/dev/zero")] = plainfile.ErrOutside
		refused["/dev/zero"], refused["/etc/passwd"] = nil, nil
	}
	if line, _ := cache.File(own).Line(1); line != "package own" {
		t.Errorf("Line(1) = %q, want that of the file", line)
	}
	for file, want := range refused {
		content, err := cache.Read(file)
		if len(content) > 0 || err == nil || want != nil && !errors.Is(err, want) {
			t.Errorf("Read(%s) = %q, %v, want the error %v", file, content, err, want)
		}
		if _, ok := cache.File(file).Line(1); ok {
			t.Errorf("%s has a line", file)
		}
	}
	if _, ok := source.NewCache(nil, nil).File(own).Line(1); ok {
		t.Error("without a list, a file has a line")
	}
}

// TestOtherwise checks that further packages are listed once, and only for Go files.
func TestOtherwise(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "a.go")
	if err := os.WriteFile(file, []byte("package a\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	calls := 0
	files := source.NewFiles(t.Context())
	files.Otherwise(func(context.Context) []source.Package {
		calls++
		return []source.Package{sourcetest.Package(file)}
	})
	cache := source.NewCache(files, nil)
	if cache.File(filepath.Join(dir, "a.env")); calls != 0 {
		t.Error("a file that is not Go makes somebody list packages")
	}
	cache.File(filepath.Join(dir, "b.go"))
	if line, _ := cache.File(file).Line(1); line != "package a" || calls != 1 {
		t.Errorf("Line(1) = %q after %d calls, want that of the file after one", line, calls)
	}
}

// TestInterrupted checks that what was found until an interrupt has its source.
func TestInterrupted(t *testing.T) {
	file := write(t, "a.go", "package a\n")
	ctx, cancel := context.WithCancel(t.Context())
	files := source.NewFiles(ctx)
	files.Add(sourcetest.Package(file))
	cancel()
	if line, _ := source.NewCache(files, nil).File(file).Line(1); line != "package a" {
		t.Errorf("Line(1) = %q, want that of the file", line)
	}
}
