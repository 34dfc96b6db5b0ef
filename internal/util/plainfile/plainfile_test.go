package plainfile_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/ctxlint/ctxlint/internal/util/plainfile"
)

func write(t *testing.T, content string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "f")
	if err := os.WriteFile(file, []byte(content), 0o666); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestRead(t *testing.T) {
	file := write(t, "12345678")
	if got, err := plainfile.Read(file, 8); err != nil || string(got) != "12345678" {
		t.Errorf("Read = %q, %v", got, err)
	}
	if got, err := plainfile.ReadAny(t.Context(), file, 8); err != nil || string(got) != "12345678" {
		t.Errorf("ReadAny = %q, %v", got, err)
	}
	if got, err := plainfile.Read(file, 7); !errors.Is(err, plainfile.ErrTooLarge) {
		t.Errorf("Read of too much = %q, %v", got, err)
	}
	if got, err := plainfile.ReadAny(t.Context(), file, 7); !errors.Is(err, plainfile.ErrTooLarge) {
		t.Errorf("ReadAny of too much = %q, %v", got, err)
	}
	if _, err := plainfile.Read(filepath.Dir(file), 8); err == nil {
		t.Error("a directory can be read")
	}
}

// TestEndless reads a device.
func TestEndless(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no devices")
	}
	if _, err := plainfile.Read("/dev/zero", 8); !errors.Is(err, plainfile.ErrNotRegular) {
		t.Errorf("Read: error = %v", err)
	}
	if _, err := plainfile.ReadAny(t.Context(), "/dev/zero", 8); !errors.Is(err, plainfile.ErrTooLarge) {
		t.Errorf("ReadAny: error = %v", err)
	}
}

// TestAwait waits for what never comes.
func TestAwait(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	never := make(chan struct{})
	t.Cleanup(func() { close(never) })
	_, err := plainfile.Await(ctx, func() (int, error) {
		<-never
		return 1, nil
	})
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error = %v, want that of the context", err)
	}
}

func TestWithin(t *testing.T) {
	root, elsewhere := t.TempDir(), write(t, "x")
	inside := filepath.Join(root, "f")
	if err := os.WriteFile(inside, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := plainfile.Within(root, inside); err != nil {
		t.Error(err)
	}
	if _, err := plainfile.Within(root, elsewhere); !errors.Is(err, plainfile.ErrOutside) {
		t.Errorf("error = %v, want that it is outside", err)
	}
	if runtime.GOOS == "windows" {
		return
	}
	for name, target := range map[string]string{"in": inside, "out": elsewhere} {
		if err := os.Symlink(target, filepath.Join(root, name)); err != nil {
			t.Fatal(err)
		}
	}
	if file, err := plainfile.Within(root, filepath.Join(root, "in")); err != nil || filepath.Base(file) != "f" {
		t.Errorf("Within of a link = %s, %v", file, err)
	}
	if _, err := plainfile.Within(root, filepath.Join(root, "out")); !errors.Is(err, plainfile.ErrOutside) {
		t.Errorf("error = %v, want that the link leads out", err)
	}
}
