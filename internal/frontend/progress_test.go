package frontend

import (
	"os"
	"testing"
	"time"

	"github.com/ctxlint/ctxlint/internal/gocmd"
)

func TestProgressLine(t *testing.T) {
	p := &progress{w: os.Stderr, start: time.Now(), done: make(map[string]bool)}
	want := func(line string) {
		t.Helper()
		if got := p.line(); got != line {
			t.Errorf("line = %q, want %q", got, line)
		}
	}
	want("analysing packages, 0s")
	p.unit("example.com/a")
	want("analysing packages, 0s  example.com/a")
	p.want([]gocmd.Package{{ImportPath: "example.com/a"}, {ImportPath: "example.com/b\x1b"}})
	want("analysing 1/2 packages, 0s  example.com/a")
	p.unit("example.com/dependency") // reports, but was not asked for
	p.unit("example.com/a")
	want("analysing 1/2 packages, 0s  example.com/a")
	p.unit("example.com/b\x1b")
	want(`analysing 2/2 packages, 0s  example.com/b\x1b`)
}

// TestNoProgress checks that nothing is written where there is no terminal.
func TestNoProgress(t *testing.T) {
	f, err := os.Create(t.TempDir() + "/stderr")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	p := newProgress(f, true)
	p.want(nil)
	p.unit("example.com/a")
	p.end()
	if info, err := f.Stat(); err != nil || info.Size() > 0 {
		t.Errorf("%d bytes were written, %v", info.Size(), err)
	}
}
