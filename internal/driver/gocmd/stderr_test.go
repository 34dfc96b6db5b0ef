package gocmd_test

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ctxlint/ctxlint/internal/driver/gocmd"
	"github.com/ctxlint/ctxlint/internal/driver/record"
)

func TestParseStderr(t *testing.T) {
	dir := t.TempDir()
	at := func(file string, line, col int) *record.Position {
		return &record.Position{File: filepath.Join(dir, file), Line: line, Col: col}
	}
	for _, test := range []struct {
		name, stderr string
		want         []gocmd.Message
	}{
		{"nothing", "", nil},
		{"progress only", "go: downloading example.com/x v1.0.0\nexit status 1\n", nil},
		{
			"compiler",
			"# example.com/m/a\na/a.go:3:5: undefined: x\na/a.go:4:2: cannot use y\n\thave int\n\twant string\na/b.go:9:1: too many errors\n# example.com/m/b [example.com/m/b.test]\n./b.go:1: oops\n",
			[]gocmd.Message{
				{Package: "example.com/m/a", Pos: at("a/a.go", 3, 5), Text: "undefined: x"},
				{Package: "example.com/m/a", Pos: at("a/a.go", 4, 2), Text: "cannot use y\n\thave int\n\twant string"},
				{Package: "example.com/m/b", Pos: at("b.go", 1, 0), Text: "oops"},
			},
		},
		{
			"vet's prefix and a second header line",
			"# example.com/m/a\n# [example.com/m/a]\nvet: a/a.go:2:12: undefined: y\n",
			[]gocmd.Message{{Package: "example.com/m/a", Pos: at("a/a.go", 2, 12), Text: "undefined: y"}},
		},
		{
			"C compiler",
			"# example.com/m/c\nc/c.go:2:10: fatal error: nope.h: No such file\n    2 | // #include <nope.h>\n      |          ^\ncompilation terminated.\n",
			[]gocmd.Message{{Package: "example.com/m/c", Pos: at("c/c.go", 2, 10),
				Text: "fatal error: nope.h: No such file\n    2 | // #include <nope.h>\n      |          ^\ncompilation terminated."}},
		},
		{
			"load error",
			"a.go:2:8: no required module provides package x.org/y; to add it:\n\tgo get x.org/y\n",
			[]gocmd.Message{{Pos: at("a.go", 2, 8), Text: "no required module provides package x.org/y; to add it:\n\tgo get x.org/y"}},
		},
		{
			"the go command itself",
			"# example.com/m/a\ntool crashed\npanic: boom\n\ngoroutine 1 [running]:\ngo: warning: \"x/...\" matched no packages\ngo: cannot find main module\n",
			[]gocmd.Message{
				{Package: "example.com/m/a", Text: "tool crashed\npanic: boom\ngoroutine 1 [running]:"},
				{Text: `"x/..." matched no packages`, Warning: true},
				{Text: "cannot find main module"},
			},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, gocmd.ParseStderr(dir, test.stderr)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestParsePosition(t *testing.T) {
	for _, s := range []string{"", "x.go", "x.go:", "x.go:y:1"} {
		if got := gocmd.ParsePosition("/d", s); got != nil {
			t.Errorf("ParsePosition(%q) = %v, want nil", s, got)
		}
	}
	got := gocmd.ParsePosition("/d", "sub/x.go:12:3")
	want := &record.Position{File: filepath.Join("/d", "sub", "x.go"), Line: 12, Col: 3}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
