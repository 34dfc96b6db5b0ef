package goplsplugin_test

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/pprof/profile"

	"github.com/ctxlint/ctxlint/internal/tool/drivertest"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

var (
	benchModule = flag.String("module", "github.com/golangci/golangci-lint/v2@v2.15.0", "the `module` that BenchmarkLatency edits: path@version, or a directory")
	benchOpen   = flag.String("open", "pkg/result/issue.go,pkg/fsutils/fsutils.go,pkg/goanalysis/runner.go", "the `files` of it that are open")
	profiles    = flag.String("profiles", "", "keep the profiles in this `directory`")
	benchFirst  = flag.Int("sessions", 3, "how often BenchmarkLatency starts with nothing analysed")
	benchEdits  = flag.Int("edits", 100, "how often it edits each file; ten give a result that is mostly noise")
)

// BenchmarkLatency measures what the analyzers cost in an editor: the processor
// time that gopls spends on analysis with them, compared with a gopls of the
// same version without them. It has two parts. In the first, nothing has been
// analysed before, so gopls analyses everything that the open files import. In
// the second, files are edited one after another; after each edit gopls
// analyses the package, and those packages that import it and have an open
// file.
//
// The times come from profiles that gopls itself takes, which makes them
// independent of everything else that runs on the machine. They include the
// threads that run analyzers, but not the garbage collector.
func BenchmarkLatency(b *testing.B) {
	tools := b.TempDir()
	ctxlint, err := drivertest.Build(tools)
	if err != nil {
		b.Fatal(err)
	}
	with := drivertest.BuildTool(b, ctxlint, "gopls")
	without := stock(b, with)
	dir := sources(b, *benchModule)
	for b.Loop() {
		own, all := measure(b, "gopls", without, dir), measure(b, "gopls-ctxlint", with, dir)
		for i, part := range []string{"first", "edit"} {
			o, a := own[i], all[i]
			b.ReportMetric(ms(o.check), part+"-check-ms")
			b.ReportMetric(ms(o.analysis), part+"-own-ms")
			b.ReportMetric(ms(a.analysis-o.analysis), part+"-added-ms")
			b.ReportMetric(100*ms(a.analysis-o.analysis)/ms(o.analysis), part+"-added-%")
		}
	}
	b.ReportMetric(0, "ns/op") // mostly of building
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// stock installs the gopls that a custom one was made from.
func stock(b *testing.B, gopls string) string {
	out := drivertest.Run(b, ".", gopls, "version")
	version := regexp.MustCompile(`v\d+\.\d+\.\d+`).FindString(out.Stdout)
	dir := b.TempDir()
	cmd := exec.Command("go", "install", "golang.org/x/tools/gopls@"+version)
	cmd.Env = append(os.Environ(), "GOBIN="+dir, "GOFLAGS=", "GOWORK=off")
	var stderr strings.Builder
	cmd.Stderr = &stderr
	if err := testenv.Run(cmd); err != nil {
		b.Fatalf("%s: %v\n%s", cmd, err, stderr.String())
	}
	exe, err := exec.LookPath(filepath.Join(dir, "gopls"))
	if err != nil {
		b.Fatal(err)
	}
	return exe
}

// sources returns a directory with a module. It copies a module from the module
// cache, because gopls would take it for a dependency there.
func sources(b *testing.B, module string) string {
	if _, err := os.Stat(filepath.Join(module, "go.mod")); err == nil {
		return module
	}
	dir, err := filepath.EvalSymlinks(b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	if err := os.CopyFS(dir, os.DirFS(drivertest.Download(b, module))); err != nil {
		b.Fatal(err)
	}
	return dir
}

// A cost is processor time.
type cost struct {
	check    time.Duration // parsing and type checking
	analysis time.Duration // analyzers, and reading and writing their facts
}

// measure runs sessions with an empty cache, and then one with edits.
func measure(b *testing.B, name, gopls, dir string) [2]cost {
	b.Helper()
	b.Setenv("GOWORK", "off")
	files := strings.Split(*benchOpen, ",")
	var first cost
	for i := range *benchFirst {
		b.Setenv("GOPLSCACHE", b.TempDir())
		c := session(b, fmt.Sprintf("%s-first%d", name, i+1), gopls, dir, files, 0)
		first.check += c.check
		first.analysis += c.analysis
	}
	return [2]cost{first.per(*benchFirst), session(b, name+"-edits", gopls, dir, files, *benchEdits).per(len(files) * *benchEdits)}
}

func (c cost) per(n int) cost {
	return cost{c.check / time.Duration(n), c.analysis / time.Duration(n)}
}

// session opens files, edits each a number of times, and returns the cost.
func session(b *testing.B, name, gopls, dir string, files []string, edits int) cost {
	b.Helper()
	keep := *profiles
	if keep == "" {
		keep = b.TempDir()
	}
	out, err := filepath.Abs(filepath.Join(keep, name+".pprof"))
	if err != nil {
		b.Fatal(err)
	}
	e := startEditor(b, gopls, dir, map[string]any{"diagnosticsDelay": "0s"}, "-profile.cpu="+out)
	texts := make(map[string]string)
	for _, f := range files {
		text, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(f)))
		if err != nil {
			b.Fatal(err)
		}
		texts[f] = string(text)
		e.open(f, marked(texts[f], 0))
		e.awaitMark(f, 0)
	}
	for i := range edits {
		for _, f := range files {
			e.change(f, marked(texts[f], i+1))
			e.awaitMark(f, i+1)
		}
	}
	e.close()
	return read(b, out)
}

// marked adds a function to a file in which one of gopls' own analyzers has a
// finding with a known name in it.
func marked(text string, n int) string {
	return fmt.Sprintf("%s\nfunc _() {\n\tmark%d := 0\n\tmark%[2]d = mark%[2]d\n}\n", text, n)
}

// awaitMark waits until that finding is shown.
func (e *editor) awaitMark(name string, n int) {
	e.t.Helper()
	message := fmt.Sprintf("self-assignment of mark%d", n)
	e.await(name, 1, func(d lspDiagnostic) bool { return d.Message == message })
}

// read adds up a profile.
func read(b *testing.B, name string) cost {
	f, err := os.Open(name)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	p, err := profile.Parse(f)
	if err != nil {
		b.Fatal(err)
	}
	var c cost
	for _, s := range p.Sample {
		d := time.Duration(s.Value[1]) // nanoseconds
		switch {
		case under(s, ").execActions", ".execActions"):
			c.analysis += d
		case under(s, "(*typeCheckBatch)", "(*parseCache)"):
			c.check += d
		}
	}
	if c.analysis == 0 {
		b.Fatal("the profile shows no analysis: has gopls changed?")
	}
	return c
}

// under reports whether a function whose name contains one of the parts was
// running.
func under(s *profile.Sample, parts ...string) bool {
	for _, l := range s.Location {
		for _, line := range l.Line {
			for _, p := range parts {
				if strings.Contains(line.Function.Name, p) {
					return true
				}
			}
		}
	}
	return false
}
