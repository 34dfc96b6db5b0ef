package gocmd

import (
	"errors"
	"runtime"
	"strings"
	"testing"

	"github.com/ctxlint/ctxlint/internal/driver/record"
)

func TestRecent(t *testing.T) {
	for version, want := range map[string]bool{
		"go1.24":                             true,
		"go1.24.8":                           true,
		"go1.24rc1":                          true,
		"go1.26.8":                           true,
		"go1.23.9":                           false,
		"go1.9":                              false,
		"go1.27-devel":                       true,
		"devel go1.28-0123456789 Mon Jan  1": true,
		"go1.26.8 X:nocoverageredesign":      true,
		"go1.26.8-custom":                    true,
		"devel +0123456789 Mon Jan  1":       false,
		"":                                   false,
	} {
		if got := new(Go).recent(version); got != want {
			t.Errorf("recent(%q) = %v, want %v", version, got, want)
		}
	}
}

func TestNewerToolchain(t *testing.T) {
	own := release(runtime.Version())
	for setting, want := range map[string]string{
		"auto":          own + "+auto",
		"go1.24.1+auto": own + "+auto",
		"path":          own + "+path",
		"local+path":    own + "+path",
		"local":         "",
		"go1.24.1":      "",
		"":              "", // before 1.21, go does not know toolchains
	} {
		if got := newerToolchain(setting); got != want {
			t.Errorf("newerToolchain(%q) = %q, want %q", setting, got, want)
		}
	}
}

func TestRecordWriter(t *testing.T) {
	const lines = `{"id":"a","importPath":"a"}` + "\n\n" + `{"id":"b","importPath":"b"}` + "\n" + `{"id":"c","importPath":"c"}`
	for size := 1; size <= len(lines); size++ {
		var got []string
		w := &recordWriter{emit: func(u record.Unit) { got = append(got, u.ID) }}
		for rest := lines; rest != ""; {
			n := min(size, len(rest))
			if _, err := w.Write([]byte(rest[:n])); err != nil {
				t.Fatal(err)
			}
			rest = rest[n:]
		}
		if err := w.finish(); err != nil || strings.Join(got, "") != "abc" {
			t.Fatalf("in pieces of %d: got %q, %v", size, got, err)
		}
	}
}

func TestRecordWriterRejectsOtherOutput(t *testing.T) {
	for _, line := range []string{"hello", "{}", `{"example.com/m": {}}`, `{"id":"a"`} {
		n := 0
		w := &recordWriter{emit: func(record.Unit) { n++ }}
		w.Write([]byte(line + "\n" + `{"id":"a"}` + "\n"))
		if err := w.finish(); err == nil || n != 0 {
			t.Errorf("after %q: error %v and %d records, want an error and none", line, err, n)
		}
	}
}

func TestCommandError(t *testing.T) {
	failed := errors.New("exit status 1")
	for stderr, want := range map[string]string{
		"go: updates to go.mod needed; to update it:\n\tgo mod tidy\n":                                 "updates to go.mod needed; to update it:\n\tgo mod tidy",
		"go: downloading example.com/x v1.0.0\ngo: downloading example.com/y v1.0.0\ngo: no network\n": "no network",
		"go: downloading example.com/x v1.0.0\n":                                                       "go list: exit status 1",
		"":                                                                                             "go list: exit status 1",
	} {
		if got := commandError("go list", stderr, failed).Error(); got != want {
			t.Errorf("%q: %q, want %q", stderr, got, want)
		}
	}
}
