package evidence_test

import (
	"bytes"
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
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
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
	s, err := snapshot.Read("goroutine", bytes.NewReader(out))
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return s
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
	text, err := os.ReadFile(p.file)
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.Replace(string(text), "import (", "// more code\n\n// and more\n\nimport (", 1)
	changed = strings.Replace(changed, "\tvar mu sync.Mutex\n\tmu.Lock()\n\tgo func() {\n\t\tmu.Lock() // lock\n\t}()\n", "\tvar mu sync.Mutex // nothing waits any more\n\t_ = &mu\n", 1)
	if err := os.WriteFile(p.file, []byte(changed), 0o666); err != nil {
		t.Fatal(err)
	}
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
	s, err := snapshot.Read("dump", strings.NewReader(fmt.Sprintf(dump, p.finding(t, "send").Pos.Line)))
	if err != nil {
		t.Fatal(err)
	}
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
		s, err := snapshot.Read(name, strings.NewReader(test.dump))
		if err != nil {
			t.Fatal(err)
		}
		r, _ := p.lay(t, all, s)
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

// A label that a finding is about has its values; another with too many is a finding if
// its place is known, and is told otherwise.
func TestSeries(t *testing.T) {
	p := newProgram(t)
	var text strings.Builder
	for i := range 30 {
		fmt.Fprintf(&text, "shop_requests_total{path=\"/%d\",code=\"200\"} 1\nshop_hits_total{item=\"%d\"} 1\nother_total{id=\"%d\"} 1\nshop_ok{a=\"x\"} 1\nshop_held{item=\"%d\"} 1\nshop_open{item=\"%d\"} 1\nb_requests_total{path=\"/\"} 1\n", i, i, i, i, i)
	}
	s, err := snapshot.Read("metrics", strings.NewReader(text.String()))
	if err != nil {
		t.Fatal(err)
	}
	about := p.finding(t, "send")
	about.Metric = catalog.Metric{Name: "*_requests_total", Label: "path"}
	whole := p.finding(t, "clean") // it does not say which label
	whole.Metric = catalog.Metric{Name: "shop_open"}
	one := p.finding(t, "case")
	one.Metric = catalog.Metric{Name: "shop_ok"}
	hidden := p.finding(t, "start")
	hidden.Metric = catalog.Metric{Name: "shop_held", Label: "item"}
	quiet := p.finding(t, "loop") // one value proves nothing
	quiet.Metric = catalog.Metric{Name: "shop_ok", Label: "a"}
	r := &report.Report{Findings: []*report.Finding{about, whole, one}, Hidden: []*report.Finding{hidden, quiet}, Sinks: []record.Sink{
		{Metric: "shop.hits", Labels: []string{"item"}, Pos: p.finding(t, "case").Pos},
		{Metric: "shop_requests_total", Labels: []string{"path", "code"}, Pos: p.finding(t, "case").Pos},
	}}
	evidence.Lay(r, []*snapshot.Snapshot{s}, p.options())
	var got []string
	for _, f := range r.Findings {
		got = append(got, f.Check()+" "+strings.Join(f.Evidence.Sentences(), "; "))
	}
	want := []string{
		`goroutineleak/send label "path" of shop_requests_total has 30 values in 30 time series, such as "/0", "/1", "/2"`,
		`observed/series label "item" of shop_hits_total has 30 values in 30 time series, such as "0", "1", "2"`,
		`goroutineleak/start label "item" of shop_held has 30 values in 30 time series, such as "0", "1", "2"`,
		`goroutineleak/clean shop_open has 30 time series`,
		`goroutineleak/case `,
	}
	if diff := cmp.Diff(want, sortedLike(want, got)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if len(r.Unplaced) != 1 || r.Unplaced[0].Metric != "other_total" || len(r.Hidden) != 1 {
		t.Errorf("%v unplaced, %d hidden", r.Unplaced, len(r.Hidden))
	}
}

// Answers of Prometheus are about one metric each, and only those about the same metric
// come one after the other.
func TestAnswers(t *testing.T) {
	p := newProgram(t)
	answer := func(metric string, n int) *snapshot.Snapshot {
		var text strings.Builder
		for i := range n {
			fmt.Fprintf(&text, `,{"__name__":%q,"item":"%d"}`, metric, i)
		}
		s, err := snapshot.Read(metric, strings.NewReader(`{"status":"success","data":[`+text.String()[1:]+"]}"))
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	first, second := p.finding(t, "send"), p.finding(t, "loop")
	first.Metric, second.Metric = catalog.Metric{Name: "a_total", Label: "item"}, catalog.Metric{Name: "b_total", Label: "item"}
	r := &report.Report{Findings: []*report.Finding{first, second}}
	evidence.Lay(r, []*snapshot.Snapshot{answer("a_total", 2), answer("b_total", 3), answer("a_total", 4), answer("c_total", 50)}, p.options())
	want := []string{
		`label "item" of a_total has 4 values in 4 time series, such as "0", "1", "2"; one input after the other: 2, 4`,
		`label "item" of b_total has 3 values in 3 time series, such as "0", "1", "2"`,
	}
	if diff := cmp.Diff(want, append(first.Evidence.Sentences(), second.Evidence.Sentences()...)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if len(r.Unplaced) != 1 || r.Unplaced[0].Metric != "c_total" {
		t.Errorf("unplaced: %+v", r.Unplaced)
	}
}

// orders are the options for the example service, and a finding about the send that it
// blocks in for certain: of that service, built with GOEXPERIMENT=goroutineleakprofile, is
// the profile of testdata.
func orders(t *testing.T) (evidence.Options, *snapshot.Snapshot, *report.Finding) {
	t.Helper()
	dir, err := filepath.Abs(filepath.Join("..", "..", "examples", "orders"))
	if err != nil {
		t.Fatal(err)
	}
	in, err := os.Open(filepath.Join("testdata", "goroutineleak.pb.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	s, err := snapshot.Read("goroutineleak.pb.gz", in)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "internal", "billing", "quote.go")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	before, _, found := strings.Cut(string(text), "answers <- ")
	if !found {
		t.Fatal("no send in quote.go")
	}
	pos := record.Position{File: file, Line: 1 + strings.Count(before, "\n"), Col: 11}
	f := &report.Finding{Package: "example.com/orders/internal/billing", Finding: record.Finding{Analyzer: "goroutineleak", Pos: pos, End: pos, Confidence: catalog.Medium}}
	return evidence.Options{
		Packages: []evidence.Package{{"example.com/orders/internal/billing", "billing", filepath.Dir(file)}},
		Modules:  []evidence.Module{{"example.com/orders", dir}}, Sources: source.NewCache(sourcetest.Below(t, dir), nil), Goroutines: 1000, Values: 1000,
	}, s, f
}

// What the runtime proves to be leaked is proof for a finding, and reason enough for one if
// there is none.
func TestLeakProfile(t *testing.T) {
	o, leaks, f := orders(t)
	if leaks.Kind != snapshot.Leaks || leaks.Total != 80 {
		t.Fatalf("%+v", leaks)
	}
	dump := &snapshot.Snapshot{Kind: snapshot.Goroutines, Stacks: []*snapshot.Stack{{Frames: leaks.Stacks[0].Frames, Wait: snapshot.Send, Count: 84}}}
	for name, test := range map[string]struct {
		inputs []*snapshot.Snapshot
		want   string
	}{
		"alone":         {[]*snapshot.Snapshot{leaks}, "80 goroutines here (chan send); the runtime proves that nothing can wake them"},
		"with all":      {[]*snapshot.Snapshot{dump, leaks}, "84 goroutines here (chan send); the runtime proves that nothing can wake 80 of them"},
		"with none yet": {[]*snapshot.Snapshot{{Kind: snapshot.Goroutines}, leaks}, "80 goroutines here (chan send); the runtime proves that nothing can wake them"},
	} {
		for _, explained := range []bool{true, false} {
			r := new(report.Report)
			if f.Evidence = nil; explained {
				r.Hidden = append(r.Hidden, f)
			}
			evidence.Lay(r, test.inputs, o)
			if len(r.Findings) != 1 {
				t.Fatalf("%s: %d findings, %v", name, len(r.Findings), r.Errors)
			}
			got := r.Findings[0]
			if text := strings.Join(got.Evidence.Sentences(), "; "); !strings.HasPrefix(text, test.want) || (got == f) != explained {
				t.Errorf("%s, explained: %t: %s", name, explained, text)
			}
			if !explained && (got.Confidence != catalog.High || !strings.Contains(got.Message, "80 goroutines wait to send here forever")) {
				t.Errorf("%s: %s (%s)", name, got.Message, got.Confidence)
			}
		}
	}
}

// What a finding keeps in memory is counted where it or a step of it says that it is made,
// and only for findings about such things.
func TestHeap(t *testing.T) {
	p := newProgram(t)
	heap := p.run(t, "heap")
	findings := func() (findings []*report.Finding) {
		for _, mark := range []string{"cancel", "loop", "ticker", "other"} {
			findings = append(findings, p.finding(t, mark))
		}
		findings[1].Related = []record.Related{{Pos: p.finding(t, "timeout").Pos}}
		same := p.finding(t, "cancel")
		same.Category = "elsewhere"
		return append(findings, same)
	}
	o := p.options()
	o.Category = func(_, category string) catalog.Category {
		if category == "elsewhere" {
			return catalog.Category{}
		}
		return catalog.Category{Keeps: catalog.Contexts}
	}
	check := func(end string) {
		t.Helper()
		list := findings()
		evidence.Lay(&report.Report{Findings: slices.Clone(list)}, []*snapshot.Snapshot{heap}, o)
		for i, want := range []string{"about 20 objects", "about 40 objects", "about 20 objects", "", ""} {
			got := strings.Join(list[i].Evidence.Sentences(), "; ")
			if (got == "") != (want == "") || !strings.HasPrefix(got, want) || want != "" && !strings.HasSuffix(got, "bytes)"+end) {
				t.Errorf("%s: %s; want %s … %s", list[i].Category, got, want, end)
			}
		}
	}
	check("")

	text, err := os.ReadFile(p.file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(p.file, []byte(strings.Replace(string(text), "import (", "// more\n// and more\n\nimport (", 1)), 0o666); err != nil {
		t.Fatal(err)
	}
	o.Sources = p.options().Sources
	check("; near: the build is of other code than this")
}

// Collectors that pile up are in the heap, too.
func TestCollectors(t *testing.T) {
	p := newProgram(t)
	at := p.finding(t, "cancel")
	o := p.options()
	o.Category = func(string, string) catalog.Category { return catalog.Category{Keeps: catalog.Collectors} }
	stack := func(pkg string) *snapshot.Stack {
		return &snapshot.Stack{Count: 30, Frames: []snapshot.Frame{
			{Package: "runtime", Func: "newobject"}, {Package: pkg, Func: "WithCancel", Line: 7},
			{Package: "example.com/program/lib", Func: "Hold", File: "lib.go", Line: at.Pos.Line},
		}}
	}
	evidence.Lay(&report.Report{Findings: []*report.Finding{at}}, []*snapshot.Snapshot{{Kind: snapshot.Heap, Stacks: []*snapshot.Stack{
		stack("github.com/prometheus/client_golang/prometheus/promauto"), stack("context"), stack("github.com/prometheus/client_golang/prometheus2"),
	}}}, o)
	want := []string{"about 30 objects of collectors and callbacks made here live on"}
	if diff := cmp.Diff(want, at.Evidence.Sentences()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
