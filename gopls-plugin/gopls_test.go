package goplsplugin_test

import (
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
	"github.com/ctxlint/ctxlint/internal/tool/drivertest"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

// TestGopls runs a gopls that "ctxlint build" made, as editors do.
func TestGopls(t *testing.T) {
	testenv.EndToEnd(t, "gopls")
	ctxlint, err := drivertest.Build(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	gopls := drivertest.BuildTool(t, ctxlint, "gopls")
	t.Setenv("GOPLSCACHE", t.TempDir())
	t.Setenv("GOWORK", "off")

	t.Run("session", func(t *testing.T) { testSession(t, gopls) })
	t.Run("parity on modules", func(t *testing.T) {
		testParity(t, ctxlint, gopls, drivertest.Extract(t, filepath.Join("..", "internal", "tool", "regtest", "testdata", "modules.txtar")), 10)
	})
	t.Run("parity on metric fixtures", func(t *testing.T) { testParity(t, ctxlint, gopls, testenv.MetricFixtures(t), 100) })
}

// own reports whether a diagnostic's source is an analyzer of the suite.
func own(d lspDiagnostic) bool {
	return slices.ContainsFunc(analyzers.Suite(), func(e analyzers.Entry) bool { return e.Name == d.Source })
}

// Texts of a file: clean is on the disk, the others have one finding each.
const (
	clean = `package m

import "context"

func poll(ctx context.Context, idle bool) {
	<-ctx.Done()
}
`
	leak = `package m

import "context"

func poll(ctx context.Context, idle bool) {
	ctx, cancel := context.WithCancel(ctx)
	if idle {
		return
	}
	<-ctx.Done()
	cancel()
}
`
	dropped = `package m

import "context"

func poll(ctx context.Context, idle bool) {
	ctx, _ = context.WithCancel(ctx)
	<-ctx.Done()
}
`
	dead = `package m

import (
	"context"
	"net/http"
)

func get(ctx context.Context) (*http.Response, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, "GET", "http://example.com", nil)
	if err != nil {
		return nil, err
	}
	return http.DefaultClient.Do(req)
}
`
)

// kept has a finding that a comment explains.
const kept = `package m

import (
	"context"
	"database/sql"
)

func ping(ctx context.Context, db *sql.DB) error {
	// Independent of the request.
	return db.PingContext(context.TODO())
}
`

// testSession edits a file without ever saving it.
func testSession(t *testing.T, gopls string) {
	dir := newModule(t, map[string]string{"m.go": clean})
	e := startEditor(t, gopls, dir, map[string]any{"analyses": map[string]any{"lostcancel": false}})
	e.open("m.go", clean)
	e.await("m.go", 0, own)

	e.change("m.go", leak)
	d := e.await("m.go", 1, own)[0]
	line := func(text, part string) int { return strings.Count(text[:strings.Index(text, part)], "\n") }
	if got, want := d.Range.Start.Line, line(leak, "WithCancel"); got != want {
		t.Errorf("the finding is in line %d, want %d", got, want)
	}
	if d.Source != "cancelleak" || d.Code != "path" || !strings.HasPrefix(d.Message, "cancel, the cancel function of context.WithCancel, is not called on every path") {
		t.Errorf("the finding is %s (%s/%v)", d.Message, d.Source, d.Code)
	}
	if want := diag.URL("cancelleak") + "#path"; d.CodeDescription.Href != want {
		t.Errorf("the code leads to %q, want %q", d.CodeDescription.Href, want)
	}
	if d.Severity != lspWarning {
		t.Errorf("severity %d of a leak, want %d", d.Severity, lspWarning)
	}
	if len(d.Related) != 1 || d.Related[0].Location.Range.Start.Line != line(leak, "return") || d.Related[0].Message != "this return leaves without calling it" {
		t.Errorf("related information %+v, want that about the return", d.Related)
	}

	e.change("m.go", clean)
	e.await("m.go", 0, own)
	e.change("m.go", dropped)
	d = e.await("m.go", 1, own)[0]
	fixed := e.fix("m.go", dropped, d)
	if want := "\tctx, cancel := context.WithCancel(ctx)\n\tdefer cancel()\n"; fixed != strings.Replace(dropped, "\tctx, _ = context.WithCancel(ctx)\n", want, 1) {
		t.Errorf("after the fix:\n%s", fixed)
	}
	e.change("m.go", fixed)
	e.await("m.go", 0, own)

	e.change("m.go", dead)
	d = e.await("m.go", 1, own)[0]
	if d.Source != "cancelleak" || d.Code != "early" || d.Severity != lspError {
		t.Errorf("the finding is %s (%s/%v) of severity %d, want severity %d", d.Message, d.Source, d.Code, d.Severity, lspError)
	}

	cutOff := func(d lspDiagnostic) bool { return d.Source == "ctxreset" }
	e.change("m.go", strings.Replace(kept, "// Independent", "// Dependent", 1))
	d = e.await("m.go", 1, cutOff)[0]
	if d.Code != "direct" || d.Severity != lspWarning {
		t.Errorf("the finding is %s (%s/%v) of severity %d, want severity %d", d.Message, d.Source, d.Code, d.Severity, lspWarning)
	}
	e.change("m.go", kept)
	d = e.await("m.go", 1, func(d lspDiagnostic) bool { return cutOff(d) && d.Severity == lspInfo })[0]
	if d.Code != "direct" || !strings.HasSuffix(d.Message, ": //ctxlint:detached why") {
		t.Errorf("the note is %s (%s/%v)", d.Message, d.Source, d.Code)
	}
	e.change("m.go", strings.Replace(kept, "// Independent of", "//ctxlint:detached independent of", 1))
	e.await("m.go", 0, own)

	e.change("m.go", dead)
	e.await("m.go", 1, own)
	off := map[string]any{}
	for _, e := range analyzers.Suite() {
		off[e.Name] = false
	}
	e.configure(map[string]any{"analyses": off})
	e.await("m.go", 0, own)
	e.configure(map[string]any{"analyses": map[string]any{}})
	e.await("m.go", 1, own)

	if text, err := os.ReadFile(filepath.Join(dir, "m.go")); err != nil || string(text) != clean {
		t.Errorf("the file on the disk has changed: %v\n%s", err, text)
	}
}

// Severities of the protocol.
const (
	lspError   = 1
	lspWarning = 2
	lspInfo    = 3
)

// fix asks for the fix of a finding, and returns the text after it.
func (e *editor) fix(name, text string, d lspDiagnostic) string {
	e.t.Helper()
	var actions []lspCodeAction
	e.call("textDocument/codeAction", map[string]any{
		"textDocument": map[string]any{"uri": e.uri(name)},
		"range":        d.Range,
		"context":      map[string]any{"diagnostics": []lspDiagnostic{d}, "only": []string{"quickfix"}},
	}, &actions)
	for _, a := range actions {
		for _, change := range a.Edit.DocumentChanges {
			if change.TextDocument.URI != e.uri(name) {
				e.t.Errorf("%s edits %s", a.Title, change.TextDocument.URI)
			}
			return apply(text, change.Edits)
		}
	}
	e.t.Fatalf("no edits in the actions for %s: %+v", d.Message, actions)
	return ""
}

// apply applies edits to text, which is ASCII.
func apply(text string, edits []lspTextEdit) string {
	lines := strings.SplitAfter(text, "\n")
	offset := func(p lspPosition) int { return len(strings.Join(lines[:p.Line], "")) + p.Character }
	slices.SortFunc(edits, func(a, b lspTextEdit) int { return offset(b.Range.Start) - offset(a.Range.Start) })
	for _, edit := range edits {
		text = text[:offset(edit.Range.Start)] + edit.NewText + text[offset(edit.Range.End):]
	}
	return text
}

func newModule(t *testing.T, files map[string]string) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	files["go.mod"] = "module example.com/m\n\ngo 1.26\n"
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// testParity compares what ctxlint, "gopls check" and an editor find in the
// module in dir. "gopls check" prints neither analyzers nor categories.
func testParity(t *testing.T, ctxlint, gopls, dir string, atLeast int) {
	dir, err := filepath.EvalSymlinks(dir)
	if err != nil {
		t.Fatal(err)
	}
	files := goFiles(t, dir)
	var want, unnamed []string
	for _, f := range drivertest.LintEach(t, ctxlint, dir, "./...") {
		want = append(want, describe(f, f.Severity, f.Related))
		unnamed = append(unnamed, fmt.Sprintf("%s:%d:%d: %s", f.File, f.Line, f.Col, f.Message))
	}
	if len(want) < atLeast {
		t.Errorf("%d findings are too few to compare", len(want))
	}
	if diff := cmp.Diff(sorted(want), sorted(inEditor(t, gopls, dir, files))); diff != "" {
		t.Errorf("-ctxlint +an editor with gopls:\n%s", diff)
	}
	if diff := cmp.Diff(sorted(unnamed), sorted(inCheck(t, gopls, dir, files, unnamed))); diff != "" {
		t.Errorf("-ctxlint +gopls check:\n%s", diff)
	}
}

// describe returns a finding with its steps as text. Steps in other files have
// no column: gopls knows it from the source, but ctxlint has only the lines in
// export data.
func describe(f drivertest.Finding, severity string, steps []drivertest.Step) string {
	text := f.String() + " " + severity
	for _, s := range steps {
		if s.File != f.File {
			s.Col = 0
		}
		text += fmt.Sprintf("\n\t%s:%d:%d: %s", s.File, s.Line, s.Col, s.Message)
	}
	return text
}

func sorted(list []string) []string {
	slices.Sort(list)
	return slices.Compact(list)
}

// goFiles returns the source files that belong to the module in dir.
func goFiles(t *testing.T, dir string) []string {
	t.Helper()
	var files []string
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != dir && (strings.HasPrefix(d.Name(), "_") || d.Name() == "testdata" || isModule(name)):
			return fs.SkipDir
		case !d.IsDir() && strings.HasSuffix(name, ".go"):
			rel, err := filepath.Rel(dir, name)
			files = append(files, filepath.ToSlash(rel))
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func isModule(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, "go.mod"))
	return err == nil
}

// inEditor returns what an editor that has all files open shows.
func inEditor(t *testing.T, gopls, dir string, files []string) []string {
	e := startEditor(t, gopls, dir, map[string]any{})
	var uris []string
	texts := make(map[string][]string)
	for _, name := range files {
		text, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		e.open(name, string(text))
		uris = append(uris, e.uri(name))
		texts[e.uri(name)] = strings.Split(string(text), "\n")
	}
	e.call("workspace/executeCommand", map[string]any{"command": "gopls.diagnose_files", "arguments": []any{map[string]any{"Files": uris}}}, nil)
	// place converts a position, which counts UTF-16 code units from 0.
	place := func(uri string, p lspPosition) (file string, line, col int) {
		col = p.Character
		if lines := texts[uri]; lines != nil {
			col = byteOffset(lines[p.Line], p.Character)
		}
		return filename(t, uri), p.Line + 1, col + 1
	}
	levels := map[int]analyzers.Severity{lspError: analyzers.Error, lspWarning: analyzers.Warning, lspInfo: analyzers.Note}
	var found []string
	for _, name := range files {
		for _, d := range e.shown(name, own) {
			f := drivertest.Finding{Analyzer: d.Source, Category: fmt.Sprint(d.Code), Message: d.Message}
			f.File, f.Line, f.Col = place(e.uri(name), d.Range.Start)
			var steps []drivertest.Step
			for _, r := range d.Related {
				s := drivertest.Step{Message: r.Message}
				s.File, s.Line, s.Col = place(r.Location.URI, r.Location.Range.Start)
				steps = append(steps, s)
			}
			found = append(found, describe(f, string(levels[d.Severity]), steps))
		}
	}
	return found
}

// filename returns the name of the file that a URI stands for.
func filename(t *testing.T, uri string) string {
	t.Helper()
	u, err := url.Parse(uri)
	if err != nil {
		t.Fatal(err)
	}
	name := u.Path
	if runtime.GOOS == "windows" {
		name = strings.TrimPrefix(name, "/") // before a drive
	}
	return filepath.FromSlash(name)
}

// byteOffset returns the offset in line of a number of UTF-16 code units.
func byteOffset(line string, units int) int {
	for i, r := range line {
		if units <= 0 {
			return i
		}
		if units--; r > 0xffff {
			units--
		}
	}
	return len(line)
}

var checkLine = regexp.MustCompile(`^(.+:\d+:\d+)(?:-\d+(?::\d+)?)?: (.*)$`)

// inCheck returns the lines of "gopls check" that are findings of ctxlint;
// known are its messages, because the lines do not say which analyzer they come
// from.
func inCheck(t *testing.T, gopls, dir string, files, known []string) []string {
	message := make(map[string]bool)
	for _, line := range known {
		_, text, _ := strings.Cut(line, ": ")
		message[text] = true
	}
	args := []string{"check", "-severity=info"}
	for _, name := range files {
		args = append(args, filepath.Join(dir, filepath.FromSlash(name)))
	}
	out := drivertest.Run(t, dir, gopls, args...)
	var found []string
	for line := range strings.Lines(out.Stdout + out.Stderr) {
		if m := checkLine.FindStringSubmatch(strings.TrimSuffix(line, "\n")); m != nil && message[m[2]] {
			found = append(found, m[1]+": "+m[2])
		}
	}
	return found
}
