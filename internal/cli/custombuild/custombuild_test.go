package custombuild

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ctxlint/ctxlint/internal/driver/gocmd"
)

func TestCanBuild(t *testing.T) {
	for _, test := range []struct {
		goversion, needs string
		want             bool
	}{
		{"go1.26.8", "1.26.0", true},
		{"go1.26.8", "1.26", true},
		{"go1.26.8", "1.27.0", false},
		{"go1.26.8", "1.26.9", false},
		{"go1.26.8 X:rangefunc", "1.26.0", true},
		{"go1.26.8-company", "1.26.8", true},
		{"devel go1.27-0123456789 Sun Nov 29 09:00:00 2026 +0000", "1.26.0", true},
	} {
		b := &builder{goVersion: gocmd.Env{GOVERSION: test.goversion}.Release()}
		if got := b.canBuild(test.needs); got != test.want {
			t.Errorf("%s can build what needs %s: %t, want %t", test.goversion, test.needs, got, test.want)
		}
	}
}

func TestExplain(t *testing.T) {
	if err := explain(errors.New(`Get "https://proxy.test/@v/list": dial tcp: lookup proxy.test: no such host`)); !strings.Contains(err.Error(), "Check the network and GOPROXY") {
		t.Errorf("error of a dead network: %v", err)
	}
	if err := errors.New("undefined: x"); explain(err) != err {
		t.Errorf("another error becomes %v", explain(err))
	}
}

// entries returns the names in dir.
func entries(t *testing.T, dir string) []string {
	t.Helper()
	list, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range list {
		names = append(names, e.Name())
	}
	return names
}

func TestOutput(t *testing.T) {
	self, err := os.Executable() // a program built by Go
	if err != nil {
		t.Fatal(err)
	}
	program, err := os.ReadFile(self)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name   string
		before []byte // content of the file; nil if there is none
		want   string // part of the error
	}{
		{"new", nil, ""},
		{"empty", []byte{}, ""},
		{"older program", program, ""},
		{"text", []byte("# Notes\n"), "was not built by Go"},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "bin")
			name := filepath.Join(dir, "tool")
			if test.before != nil {
				if err := errors.Join(os.Mkdir(dir, 0o777), os.WriteFile(name, test.before, 0o777)); err != nil {
					t.Fatal(err)
				}
			}
			o, err := newOutput(name)
			if test.want != "" {
				if err == nil || !strings.Contains(err.Error(), test.want) {
					t.Errorf("error %v, want %q in it", err, test.want)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(o.temporary, []byte("half of it"), 0o777); err != nil {
				t.Fatal(err)
			}
			o.abort()
			if text, err := os.ReadFile(name); string(text) != string(test.before) || (err == nil) != (test.before != nil) {
				t.Errorf("a build that failed left %d bytes, %v", len(text), err)
			}

			if o, err = newOutput(name); err != nil {
				t.Fatal(err)
			}
			if err := errors.Join(os.WriteFile(o.temporary, program, 0o777), o.commit()); err != nil {
				t.Fatal(err)
			}
			o.abort()
			if text, err := os.ReadFile(name); string(text) != string(program) {
				t.Errorf("the program has %d bytes, %v", len(text), err)
			}
			if names := entries(t, dir); len(names) != 1 {
				t.Errorf("the directory holds %q", names)
			}
		})
	}
}

func TestOutputMistakes(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "d"), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "f"), nil, 0o666); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"d", filepath.Join("f", "tool")} {
		if _, err := newOutput(filepath.Join(dir, name)); err == nil || !strings.HasPrefix(err.Error(), "-o: ") {
			t.Errorf("%s: error %v, want one about -o", name, err)
		}
	}
	if names := entries(t, dir); len(names) != 2 {
		t.Errorf("the directory holds %q", names)
	}
	o, err := newOutput(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	if err := o.commit(); err != nil || o.temporary != os.DevNull {
		t.Errorf("a device is written by way of %s, %v", o.temporary, err)
	}
}
