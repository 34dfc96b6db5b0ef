package examples_test

import (
	"bufio"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/ctxlint/ctxlint/internal/tool/docgen"
	"github.com/ctxlint/ctxlint/internal/tool/drivertest"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

var updateDocs = flag.Bool("update", false, "rewrite the transcript in docs/evidence.md")

// rehearsal is the example service under load.
type rehearsal struct {
	bin, dir, address string
}

// rehearse starts the service, which ends with the test.
func rehearse(t *testing.T) *rehearsal {
	t.Helper()
	dir := t.TempDir()
	ctxlint, err := drivertest.Build(dir)
	if err != nil {
		t.Fatal(err)
	}
	service := filepath.Join(dir, "orders.exe")
	build := exec.Command("go", "build", "-trimpath", "-o", service, ".")
	build.Dir = "orders"
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	cmd := exec.CommandContext(ctx, service, "-leak", "-for", "50s")
	cmd.Env = append(os.Environ(), "ORDERS_ADDR=127.0.0.1:0")
	log, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cancel()
		cmd.Wait()
	})
	r := &rehearsal{bin: ctxlint, dir: dir}
	for lines := bufio.NewScanner(log); lines.Scan(); {
		if _, address, ok := strings.Cut(lines.Text(), "listening address="); ok {
			r.address = address
			go io.Copy(io.Discard, log) // else it stops when the pipe is full
			return r
		}
	}
	t.Fatal("the service does not listen")
	return nil
}

// fetch saves what the service answers, as curl does.
func (r *rehearsal) fetch(t *testing.T, path, file string) {
	t.Helper()
	resp, err := http.Get("http://" + r.address + path)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	f, err := os.Create(filepath.Join(r.dir, file))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := io.Copy(f, resp.Body); err != nil || resp.StatusCode != http.StatusOK {
		t.Fatal(resp.Status, err)
	}
}

// lint runs ctxlint over the source of the service with what was saved.
func (r *rehearsal) lint(t *testing.T, args ...string) (stdout, stderr string) {
	t.Helper()
	source, err := filepath.Abs("orders")
	if err != nil {
		t.Fatal(err)
	}
	var files []string
	for _, name := range []string{"before.txt", "goroutines.txt", "heap.pb.gz", "metrics.txt"} {
		files = append(files, filepath.Join(r.dir, name))
	}
	cmd := exec.Command(r.bin, append(append([]string{"-no-config", "-evidence", strings.Join(files, ",")}, args...), "./...")...)
	cmd.Dir = source
	var out, log strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &log
	if err := cmd.Run(); cmd.ProcessState.ExitCode() != 1 {
		t.Fatalf("%v\n%s", err, &log)
	}
	return out.String(), strings.ReplaceAll(log.String(), r.dir+string(filepath.Separator), "")
}

// TestEvidence runs the service under load, as docs/evidence.md tells readers to: what
// leaks goroutines or time series is found in its profiles, what no analyzer can prove is
// observed, and nothing else is.
func TestEvidence(t *testing.T) {
	testenv.EndToEnd(t, "and loads the example service")
	r := rehearse(t)
	time.Sleep(4 * time.Second)
	r.fetch(t, "/debug/pprof/goroutine?debug=2", "before.txt")
	time.Sleep(10 * time.Second)
	r.fetch(t, "/debug/pprof/goroutine?debug=2", "goroutines.txt")
	r.fetch(t, "/debug/pprof/heap?gc=1", "heap.pb.gz")
	r.fetch(t, "/metrics", "metrics.txt")

	out, _ := r.lint(t, "-confidence", "medium", "-format", "json")
	var report struct {
		Findings []struct {
			Analyzer, Category, Func string
			Start                    struct{ File string }
			Evidence                 struct{ Count int64 }
		}
		Evidence []struct {
			Kind   string
			Frames struct{ Exact, Near, Missing int }
		}
	}
	if err := json.Unmarshal([]byte(out), &report); err != nil {
		t.Fatal(err)
	}
	var found []bug
	counts := make(map[bug]int64)
	for _, f := range report.Findings {
		b := bug{f.Start.File, f.Func, f.Analyzer, f.Category}
		found = append(found, b)
		counts[b] = f.Evidence.Count
	}
	want := planted(t)
	if diff := cmp.Diff(sorted(want), sorted(found)); diff != "" {
		t.Errorf("with evidence, ctxlint does not report what BUGS.md lists (-planted +found):\n%s", diff)
	}
	for _, b := range want {
		switch b.Analyzer {
		case "goroutineleak", "labelcardinality", "observed":
			if counts[b] < 10 {
				t.Errorf("%d goroutines or values are evidence for %+v", counts[b], b)
			}
		}
	}
	for _, in := range report.Evidence {
		if f := in.Frames; f.Near+f.Missing > 0 {
			t.Errorf("not all frames fit the code: %+v", in)
		}
	}
	if *updateDocs {
		writeTranscript(t, r)
	}
}

// made matches what differs from one run to the next and is too long for a page.
var made = regexp.MustCompile(`/orders/\w{26}|"\w{26}"`)

// writeTranscript puts what ctxlint said into the documentation.
func writeTranscript(t *testing.T, r *rehearsal) {
	t.Helper()
	out, log := r.lint(t, "-c", "-1")
	var text strings.Builder
	text.WriteString("\n```console\n$ ctxlint -C examples/orders -c -1 -evidence before.txt,goroutines.txt,heap.pb.gz,metrics.txt ./...\n")
	for line := range strings.Lines(log) {
		if strings.HasPrefix(line, "ctxlint: ") {
			text.WriteString(line)
		}
	}
	shown := 0
	for line := range strings.Lines(out) {
		if !strings.HasPrefix(line, " ") {
			if shown++; shown > 5 {
				text.WriteString("...\n")
				break
			}
		}
		text.WriteString(made.ReplaceAllStringFunc(line, func(s string) string {
			return s[:len(s)-18] + "…" + strings.TrimLeft(s[len(s)-1:], "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
		}))
	}
	text.WriteString(fmt.Sprintln("```"))
	file := filepath.Join("..", "docs", "evidence.md")
	page, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	replaced, err := docgen.Replace(string(page), "transcript", text.String())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(replaced), 0o666); err != nil {
		t.Fatal(err)
	}
}
