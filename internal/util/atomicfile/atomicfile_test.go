package atomicfile_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/ctxlint/ctxlint/internal/util/atomicfile"
)

func read(t *testing.T, name string) string {
	t.Helper()
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// wantAlone checks that no temporary file is left.
func wantAlone(t *testing.T, dir string, names ...string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != len(names) {
		t.Errorf("the directory holds %v, want %v", entries, names)
	}
}

func TestCommit(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "f")
	for _, content := range []string{"new", "replaced"} {
		f, err := atomicfile.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.WriteString(content); err != nil {
			t.Fatal(err)
		}
		if old, err := os.ReadFile(name); err == nil && string(old) == content {
			t.Error("the content shows before it is complete")
		}
		if err := f.Commit(); err != nil {
			t.Fatal(err)
		}
		if got := read(t, name); got != content {
			t.Errorf("content = %q, want %q", got, content)
		}
	}
	wantAlone(t, dir, "f")
}

func TestAbort(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "f")
	if err := atomicfile.Write(name, []byte("old")); err != nil {
		t.Fatal(err)
	}
	f, err := atomicfile.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	f.WriteString("new")
	f.Abort()
	if got := read(t, name); got != "old" {
		t.Errorf("content = %q, want the old one", got)
	}
	wantAlone(t, dir, "f")
}

func TestSymbolicLink(t *testing.T) {
	dir := t.TempDir()
	target, link := filepath.Join(dir, "target"), filepath.Join(dir, "link")
	if err := os.WriteFile(target, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(target, link); err != nil {
		t.Logf("no symbolic links here: %v", err)
		return
	}
	if err := atomicfile.Write(link, []byte("new")); err != nil {
		t.Fatal(err)
	}
	if got := read(t, target); got != "new" {
		t.Errorf("content of the target = %q", got)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link is no longer one: %v, %v", info, err)
	}
}

func TestDevice(t *testing.T) {
	if err := atomicfile.Write(os.DevNull, []byte("gone")); err != nil {
		t.Error(err)
	}
}

func TestImpossible(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{dir, filepath.Join(dir, "no", "such", "dir"), filepath.Join(file, "below")} {
		if f, err := atomicfile.Create(name); err == nil {
			f.Abort()
			t.Errorf("Create(%s) gives no error", name)
		}
	}
	wantAlone(t, dir, "file")
}
