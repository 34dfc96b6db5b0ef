package cli

import (
	"os"
	"testing"
	"time"

	"github.com/ctxlint/ctxlint/internal/driver/gocmd"
	"github.com/ctxlint/ctxlint/internal/driver/record"
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
	p.unit(record.Unit{ImportPath: "example.com/a"})
	want("analysing packages, 0s  example.com/a")
	p.want([]gocmd.Package{{ImportPath: "example.com/a"}, {ImportPath: "example.com/b\x1b"}})
	want("analysing 1/2 packages, 0s  example.com/a")
	p.unit(record.Unit{ImportPath: "example.com/dependency"}) // has findings, but was not asked for
	p.unit(record.Unit{ImportPath: "example.com/a"})
	want("analysing 1/2 packages, 0s  example.com/a")
	p.unit(record.Unit{ImportPath: "example.com/b\x1b"})
	want(`analysing 2/2 packages, 0s  example.com/b\x1b`)
}

// TestProgressPreview checks that the first findings are shown, each once, as
// soon as it is known which packages were asked for, and that they are erased
// again.
func TestProgressPreview(t *testing.T) {
	f, err := os.Create(t.TempDir() + "/stderr") // not a terminal, whose width would matter
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	p := &progress{w: f, start: time.Now(), done: make(map[string]bool)}
	p.preview = func(units []record.Unit, packages []gocmd.Package) []string {
		var lines []string
		for _, u := range units {
			for _, finding := range u.Findings {
				lines = append(lines, packages[0].ImportPath+": "+finding.Message)
			}
		}
		return lines
	}
	want := func(text string) {
		t.Helper()
		p.look()
		if got := p.text(); got != text {
			t.Errorf("text = %q, want %q", got, text)
		}
	}
	found := func(messages ...string) record.Unit {
		u := record.Unit{ImportPath: "a"}
		for _, m := range messages {
			u.Findings = append(u.Findings, record.Finding{Message: m})
		}
		return u
	}
	p.unit(found("one"))
	want("analysing packages, 0s  a")
	p.want([]gocmd.Package{{ImportPath: "a"}})
	want("a: one\nanalysing 1/1 packages, 0s  a")
	p.unit(found("one", "two"))
	want("a: one\na: two\nanalysing 1/1 packages, 0s  a")
	p.unit(found("3", "4", "5", "6", "7"))
	want("a: one\na: two\na: 3\na: 4\na: 5\n... and 2 more findings\nanalysing 1/1 packages, 0s  a")
	for text, sequence := range map[string]string{"": "", "one": "\r\x1b[J", "one\ntwo\nthree": "\r\x1b[2A\x1b[J"} {
		if got := erase(text); got != sequence {
			t.Errorf("erase(%q) = %q, want %q", text, got, sequence)
		}
	}
}

// TestNoProgress checks that nothing is written where there is no terminal.
func TestNoProgress(t *testing.T) {
	f, err := os.Create(t.TempDir() + "/stderr")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	p := newProgress(f, true, nil)
	p.want(nil)
	p.unit(record.Unit{ImportPath: "example.com/a"})
	p.end()
	if info, err := f.Stat(); err != nil || info.Size() > 0 {
		t.Errorf("%d bytes were written, %v", info.Size(), err)
	}
}
