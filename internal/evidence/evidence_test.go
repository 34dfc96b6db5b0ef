package evidence_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ctxlint/ctxlint/internal/driver/record"
	"github.com/ctxlint/ctxlint/internal/evidence"
	"github.com/ctxlint/ctxlint/internal/evidence/snapshot"
	"github.com/ctxlint/ctxlint/internal/report"
	"github.com/ctxlint/ctxlint/internal/report/source"
	"github.com/ctxlint/ctxlint/internal/report/source/sourcetest"
)

// program is the program of testdata, in a directory of its own.
type program struct {
	dir  string
	file string // with the functions that leak

	files *source.Files
}

func newProgram(t *testing.T) *program {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "program")
	if err := os.CopyFS(dir, os.DirFS(filepath.Join("testdata", "program"))); err != nil {
		t.Fatal(err)
	}
	return &program{dir, filepath.Join(dir, "lib", "lib.go"), sourcetest.Below(t, dir)}
}

// vendor returns another program, which has a copy of the package that leaks in its
// directory vendor.
func (p *program) vendor(t *testing.T) *program {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "program")
	lib := filepath.Join(dir, "vendor", "example.com", "program", "lib")
	if err := os.CopyFS(lib, os.DirFS(filepath.Dir(p.file))); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(p.dir, "main.go"))
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{
		"main.go":            "// Command app is another program.\n\n" + string(text),
		"go.mod":             "module example.com/app\n\ngo 1.26\n\nrequire example.com/program v1.0.0\n",
		"vendor/modules.txt": "# example.com/program v1.0.0\n## explicit; go 1.26\nexample.com/program/lib\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return &program{dir, filepath.Join(lib, "lib.go"), p.files}
}

// run builds the program as it is now and returns the snapshot that it prints.
func (p *program) run(t *testing.T, debug string, flags ...string) *snapshot.Snapshot {
	t.Helper()
	bin := filepath.Join(t.TempDir(), "program.exe")
	build := exec.Command("go", append(append([]string{"build", "-o", bin}, flags...), ".")...)
	build.Dir = p.dir
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	out, err := exec.Command(bin, debug).Output()
	if err != nil {
		t.Fatal(err)
	}
	return read(t, "goroutine", string(out))
}

// read returns the snapshot that a text is.
func read(t *testing.T, name, text string) *snapshot.Snapshot {
	t.Helper()
	s, err := snapshot.Read(name, strings.NewReader(text))
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return s
}

// edit changes the file with the functions that leak.
func (p *program) edit(t *testing.T, oldnew ...string) {
	t.Helper()
	text, err := os.ReadFile(p.file)
	if err != nil {
		t.Fatal(err)
	}
	changed := string(text)
	for pair := range slices.Chunk(oldnew, 2) {
		if !strings.Contains(changed, pair[0]) {
			t.Fatalf("no %q in %s", pair[0], p.file)
		}
		changed = strings.Replace(changed, pair[0], pair[1], 1)
	}
	if err := os.WriteFile(p.file, []byte(changed), 0o666); err != nil {
		t.Fatal(err)
	}
}

// finding returns a finding about the line with a mark, which is a comment there.
func (p *program) finding(t *testing.T, mark string) *report.Finding {
	t.Helper()
	text, err := os.ReadFile(p.file)
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range strings.Split(string(text), "\n") {
		if strings.HasSuffix(line, "// "+mark) {
			pos := record.Position{File: p.file, Line: i + 1, Col: 1 + len(line) - len(strings.TrimLeft(line, "\t"))}
			return &report.Finding{Package: "example.com/program/lib", Finding: record.Finding{Analyzer: "goroutineleak", Category: mark, Pos: pos, End: pos}}
		}
	}
	t.Fatalf("no mark %q", mark)
	return nil
}

func (p *program) options() evidence.Options {
	return evidence.Options{
		Packages: []evidence.Package{{"example.com/program", "main", p.dir}, {"example.com/program/lib", "lib", filepath.Dir(p.file)}},
		Modules:  []evidence.Module{{"example.com/program", p.dir}},
		Sources:  source.NewCache(p.files, nil), Goroutines: 10, Values: 10,
	}
}

// lay returns what is shown of findings about the marks, and of what was observed.
func (p *program) lay(t *testing.T, marks []string, snapshots ...*snapshot.Snapshot) (*report.Report, []string) {
	t.Helper()
	r := new(report.Report)
	for _, mark := range marks {
		r.Findings = append(r.Findings, p.finding(t, mark))
	}
	evidence.Lay(r, snapshots, p.options())
	var lines []string
	for _, f := range r.Findings {
		text := f.Category
		if f.Analyzer == report.Observed {
			line, _ := source.NewCache(p.files, nil).File(f.Pos.File).Line(f.Pos.Line)
			_, mark, _ := strings.Cut(line, "// ")
			text = "observed " + mark
		}
		lines = append(lines, text+": "+strings.Join(f.Evidence.Sentences(), "; "))
	}
	return r, lines
}

var all = []string{"send", "start", "loop", "case", "clean", "deferred"}

// Each finding has its goroutines, whatever is left of names and paths in the build, and
// those that no finding is about are findings of their own.
func TestBuilds(t *testing.T) {
	for name, test := range map[string]struct {
		debug    string
		vendored bool
		flags    []string
	}{
		"dump": {"2", false, nil}, "profile": {"0", false, nil}, "text": {"1", false, nil},
		"trimpath": {"2", false, []string{"-trimpath"}}, "stripped and trimmed": {"0", false, []string{"-trimpath", "-ldflags=-s -w"}},
		"without inlining":               {"0", false, []string{"-gcflags=all=-l"}},
		"vendored":                       {"2", true, []string{"-mod=vendor"}},
		"vendored, stripped and trimmed": {"0", true, []string{"-mod=vendor", "-trimpath", "-ldflags=-s -w"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newProgram(t)
			built := p
			if test.vendored {
				built = p.vendor(t)
			}
			r, got := p.lay(t, all, built.run(t, test.debug, test.flags...))
			waits := func(w string) string {
				if test.debug == "1" {
					return "" // the frames that tell are not written
				}
				return " (" + w + ")"
			}
			want := []string{
				"send: 20 goroutines here" + waits("chan send"),
				"start: 20 goroutines here" + waits("select"),
				"loop: 20 goroutines here" + waits("select"),
				"case: 20 goroutines here" + waits("select"),
				"deferred: 20 goroutines here (wait)",
				"observed lock: 20 goroutines here (lock)",
				"clean: ",
			}
			if diff := cmp.Diff(want, sortedLike(want, got)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if in := r.Inputs[0]; in.Explained != 60 || in.Frames.Percent() != 100 || len(r.Errors) > 0 {
				t.Errorf("%+v, %v", in, r.Errors)
			}
		})
	}
}

// sortedLike returns the lines of got in the order in which want has them.
func sortedLike(want, got []string) []string {
	rest := make(map[string]int)
	for _, line := range got {
		rest[line]++
	}
	var out []string
	for _, line := range want {
		if rest[line] > 0 {
			rest[line]--
			out = append(out, line)
		}
	}
	for _, line := range got {
		if rest[line] > 0 {
			rest[line]--
			out = append(out, line)
		}
	}
	return out
}

// A build of older code is near what is there now: the nearest operation of the kind in
// the function.
func TestOlderBuild(t *testing.T) {
	p := newProgram(t)
	old := p.run(t, "2")
	p.edit(t,
		"import (", "// more code\n\n// and more\n\nimport (",
		"\tvar mu sync.Mutex\n\tmu.Lock()\n\tgo func() {\n\t\tmu.Lock() // lock\n\t}()\n", "\tvar mu sync.Mutex // nothing waits any more\n\t_ = &mu\n")
	r, got := p.lay(t, []string{"send", "case", "clean"}, old)
	want := []string{
		"send: 20 goroutines here (chan send); near: the build is of other code than this",
		"case: 20 goroutines here (select); near: the build is of other code than this",
		"clean: ",
	}
	if diff := cmp.Diff(want, sortedLike(want, without(got, "observed"))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if in := r.Inputs[0]; in.Frames.Near == 0 {
		t.Errorf("%+v", in)
	}
}

func without(lines []string, prefix string) []string {
	var out []string
	for _, line := range lines {
		if !strings.HasPrefix(line, prefix) {
			out = append(out, line)
		}
	}
	return out
}

// So is a package in the directory vendor of a build without modules, which has that in
// the import path.
func TestVendored(t *testing.T) {
	p := newProgram(t)
	dump := "goroutine 7 [chan send, 4 minutes]:\nexample.com/other/vendor/example.com/program/lib.Send[...].func1()\n\t/go/src/example.com/other/vendor/example.com/program/lib/lib.go:%d +0x1d\n" +
		"created by example.com/other/vendor/example.com/program/lib.Send[...]\n\t/go/src/example.com/other/vendor/example.com/program/lib/lib.go:10 +0x1d\n"
	s := read(t, "dump", fmt.Sprintf(dump, p.finding(t, "send").Pos.Line))
	_, got := p.lay(t, []string{"send"}, s)
	if diff := cmp.Diff([]string{"send: 1 goroutine here (chan send, for up to 4 minutes)"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A dump of another program says nothing about this one, even if it has the same names in
// its package main.
func TestForeign(t *testing.T) {
	p := newProgram(t)
	for name, test := range map[string]struct{ dump, want string }{
		"library": {"goroutine 7 [chan send]:\ngithub.com/else/where.F()\n\t/src/where.go:12 +0x1d\n", "most are in package github.com/else/where"},
		"command": {"goroutine 7 [chan send]:\nmain.main()\n\t/src/other/main.go:15 +0x1d\n", "most are in package main"},
	} {
		r, _ := p.lay(t, all, read(t, name, test.dump))
		if len(r.Errors) != 1 || !strings.Contains(r.Errors[0].Message, name+" is of another program: none of its stacks has a frame in example.com/program; "+test.want) {
			t.Errorf("%s: %v", name, r.Errors)
		}
	}
}

// Snapshots of one kind are compared. Fewer than the threshold are reported if they grow.
func TestGrowth(t *testing.T) {
	p := newProgram(t)
	snap := func(name string, counts ...int) *snapshot.Snapshot {
		s := &snapshot.Snapshot{Name: name, Kind: snapshot.Goroutines}
		for i, n := range counts {
			mark := []string{"send", "lock", "loop"}[i]
			fn := []string{"Send.func1", "Wait.func1", "(*Worker).run"}[i]
			line := p.finding(t, mark).Pos.Line
			if mark == "loop" {
				line++ // the select in it
			}
			wait := []snapshot.Wait{snapshot.Send, snapshot.Lock, snapshot.Select}[i]
			s.Stacks = append(s.Stacks, &snapshot.Stack{Count: int64(n), Wait: wait, Frames: []snapshot.Frame{{Package: "example.com/program/lib", Func: fn, File: "lib.go", Line: line}}})
		}
		return s
	}
	r := &report.Report{Findings: []*report.Finding{p.finding(t, "send")}}
	o := p.options()
	o.Goroutines = 100
	evidence.Lay(r, []*snapshot.Snapshot{snap("a", 5, 20, 50), snap("b", 9, 40, 50), snap("c", 9, 60, 50)}, o)
	var got []string
	for _, f := range r.Findings {
		got = append(got, f.Category+" "+f.Evidence.Sentences()[0])
	}
	want := []string{
		"goroutine 60 goroutines here (lock); one input after the other: 20, 40, 60",
		"send 9 goroutines here (chan send); one input after the other: 5, 9, 9",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Requests that wait for their client are as many as there are clients. One that waits for
// a lock does not.
func TestServing(t *testing.T) {
	p := newProgram(t)
	for wait, want := range map[snapshot.Wait]int{snapshot.Select: 0, snapshot.IO: 0, snapshot.Lock: 1, snapshot.Send: 1} {
		s := &snapshot.Snapshot{Kind: snapshot.Goroutines, Stacks: []*snapshot.Stack{{Count: 500, Wait: wait, Frames: []snapshot.Frame{
			{Package: "example.com/program/lib", Func: "Wait.func1", File: "lib.go", Line: p.finding(t, "lock").Pos.Line},
			{Package: "net/http", Func: "HandlerFunc.ServeHTTP", File: "server.go", Line: 1},
			{Package: "net/http", Func: "(*conn).serve", File: "server.go", Line: 2},
		}}}}
		if _, got := p.lay(t, nil, s); len(got) != want {
			t.Errorf("%s: %v", wait, got)
		}
	}
}
