package atomicfile_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
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
		if _, err := f.Write([]byte(content)); err != nil {
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

// TestKilled kills a process that has begun to replace a file, and one that is about to
// create one.
func TestKilled(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux has files without a name")
	}
	for _, old := range []string{"old", ""} {
		dir := t.TempDir()
		name := filepath.Join(dir, "f")
		var want []string
		if old != "" {
			if err := os.WriteFile(name, []byte(old), 0o666); err != nil {
				t.Fatal(err)
			}
			want = append(want, name)
		}
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), "WRITE_FOR_EVER="+name)
		stdout, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		if _, err := stdout.Read(make([]byte, 1)); err != nil { // it has begun
			t.Error(err)
		}
		if err := cmd.Process.Kill(); err != nil {
			t.Error(err)
		}
		cmd.Wait()
		wantAlone(t, dir, want...)
		if old != "" && read(t, name) != old {
			t.Errorf("content = %q, want the old one", read(t, name))
		}
	}
}

func TestMain(m *testing.M) {
	name := os.Getenv("WRITE_FOR_EVER")
	if name == "" {
		os.Exit(m.Run())
	}
	f, err := atomicfile.Create(name)
	if err != nil {
		panic(err)
	}
	for range 1 << 16 {
		if _, err := f.Write(make([]byte, 1<<10)); err != nil {
			panic(err)
		}
		os.Stdout.WriteString(".")
	}
}

func TestReplace(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "f")
	if err := os.WriteFile(name, []byte("saved"), 0o640); err != nil {
		t.Fatal(err)
	}
	if err := atomicfile.Replace(name, []byte("read"), []byte("fixed")); !errors.Is(err, atomicfile.ErrChanged) {
		t.Errorf("error = %v, want that the file has changed", err)
	}
	if got := read(t, name); got != "saved" {
		t.Errorf("content = %q, want what somebody has saved", got)
	}
	if err := atomicfile.Replace(name, []byte("saved"), []byte("fixed")); err != nil {
		t.Error(err)
	}
	if got := read(t, name); got != "fixed" {
		t.Errorf("content = %q, want the new one", got)
	}
	if info, err := os.Stat(name); err != nil || info.Mode().Perm() != 0o640 && runtime.GOOS != "windows" {
		t.Errorf("mode = %v, %v, want that of before", info.Mode(), err)
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
	f.Write([]byte("new"))
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
