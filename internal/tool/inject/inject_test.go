package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

const source = `package p

import (
	"context"
	"time"
)

func query(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(time.Second):
	}
	return nil
}

func ask(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	return query(ctx)
}

func note(ctx context.Context) { ignore(ctx) }

func ignore(context.Context) {}
`

// module writes a module with the source.
func module(t *testing.T) string {
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"go.mod": "module inject.test\n\ngo 1.26\n", "p.go": source} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestSites checks which text each operator replaces, and that nothing else is changed.
func TestSites(t *testing.T) {
	r := &runner{dir: module(t)}
	sites, err := r.sites([]string{"."})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][]string{
		reset:  {"ctx -> context.Background()", "ctx -> context.Background()"},
		cancel: {"defer cancel() -> _ = cancel"},
		wait:   {"case <-ctx.Done():\n\t\treturn ctx.Err() -> "},
		pause:  {"select {\n\tcase <-ctx.Done():\n\t\treturn ctx.Err()\n\tcase <-time.After(time.Second):\n\t} -> time.Sleep(time.Second)"},
	}
	for _, operator := range operators {
		var got []string
		for _, s := range sites[operator] {
			got = append(got, source[s.from:s.to]+" -> "+s.text)
		}
		if strings.Join(got, "\n") != strings.Join(want[operator], "\n") {
			t.Errorf("%s: got %q, want %q", operator, got, want[operator])
		}
	}
}

// TestSpread checks that the sites are chosen all over the module.
func TestSpread(t *testing.T) {
	sites := make([]site, 10)
	for i := range sites {
		sites[i].line = i
	}
	for n, want := range map[int][]int{2: {0, 5}, 3: {0, 3, 6}, 10: {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, 11: {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}} {
		got := spread(sites, n)
		if len(got) != len(want) {
			t.Fatalf("%d of %d sites, want %d", len(got), n, len(want))
		}
		for i, line := range want {
			if got[i].line != line {
				t.Errorf("spread(%d)[%d] = %d, want %d", n, i, got[i].line, line)
			}
		}
	}
}

// TestMeasure injects every defect into the module.
func TestMeasure(t *testing.T) {
	testenv.EndToEnd(t, "ctxlint")
	tool := filepath.Join(t.TempDir(), "ctxlint.exe")
	build := exec.Command("go", "build", "-o", tool, "./cmd/ctxlint")
	build.Dir = testenv.Root(t)
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var out bytes.Buffer
	r := &runner{tool: tool, dir: module(t), before: make(map[string]map[string]bool)}
	if err := r.measure(&out, []string{"."}, 9); err != nil {
		t.Fatal(err)
	}
	const want = `reset	p.go:20	found
reset	p.go:23	missed
reset: 1 of 2 found (2 places)
cancel	p.go:19	found
cancel: 1 of 1 found (1 places)
wait	p.go:10	found
wait: 1 of 1 found (1 places)
sleep	p.go:9	found
sleep: 1 of 1 found (1 places)
`
	if out.String() != want {
		t.Errorf("got\n%swant\n%s", out.String(), want)
	}
}
