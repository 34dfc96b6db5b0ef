package main

import (
	"bytes"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestMedian(t *testing.T) {
	for _, test := range []struct {
		values []time.Duration
		want   time.Duration
	}{
		{[]time.Duration{7}, 7},
		{[]time.Duration{9, 1, 2}, 2},
		{[]time.Duration{8, 1, 4, 2}, 3},
	} {
		got := median(test.values, func(d time.Duration) time.Duration { return d })
		if got != test.want {
			t.Errorf("median(%v) = %v, want %v", test.values, got, test.want)
		}
	}
}

func TestCountCommands(t *testing.T) {
	const out = `WORK=/tmp/go-build1
mkdir -p $WORK/b002/
cat >/tmp/go-build1/b002/vet.cfg << 'EOF' # internal
{
	"ID": "a"
}
EOF
TERM='dumb' /usr/local/go/pkg/tool/linux_amd64/vet -unsafeptr=false $WORK/b002/vet.cfg
/usr/local/go/pkg/tool/linux_amd64/compile -o $WORK/b001/_pkg_.a -trimpath "$WORK/b001=>" -p a a.go
/usr/local/go/pkg/tool/linux_amd64/buildid -w $WORK/b001/_pkg_.a # internal
TERM='dumb' /home/ctxlint $WORK/b003/vet.cfg
`
	windows := strings.NewReplacer("/", `\`, "vet ", "vet.exe ", "compile ", "compile.exe ").Replace(out)
	for _, out := range []string{out, windows} {
		if got, want := countCommands(out), (count{Analysed: 2, Compiled: 1}); got != want {
			t.Errorf("countCommands gives %+v, want %+v, of\n%s", got, want, out)
		}
	}
}

func TestEdits(t *testing.T) {
	const src = "package a\n\nfunc low() {}\n\nfunc (T) Method() {}\n\nfunc Up() int { return 1 }\n\ntype T int\n"
	changed, ok := editBody([]byte(src))
	if !ok {
		t.Fatal("no function to edit")
	}
	for name, got := range map[string][]byte{"body": changed, "comment": editComment([]byte(src))} {
		if _, err := parser.ParseFile(token.NewFileSet(), "", got, 0); err != nil {
			t.Errorf("after the %s edit: %v", name, err)
		}
		if bytes.Equal(got, []byte(src)) {
			t.Errorf("the %s edit changes nothing", name)
		}
	}
	if at := bytes.Index(changed, []byte("defer")); at < bytes.Index(changed, []byte("func Up")) {
		t.Errorf("not the body of Up was edited:\n%s", changed)
	}
	if got, ok := editBody([]byte("package a\n\nfunc low() {}\n")); ok {
		t.Errorf("edited a file without exported functions:\n%s", got)
	}
}

// module writes a module of four packages, a chain, into a new directory.
// They import nothing else, so that there is no standard library to compile.
func module(t *testing.T) string {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"go.mod":   "module m\n\ngo 1.26\n",
		"low/l.go": "package low\n\nfunc Low() {}\n",
		"mid/m.go": "package mid\n\nimport \"m/low\"\n\nfunc Mid() { low.Low() }\n",
		"top/t.go": "package top\n\nimport \"m/mid\"\n\nfunc Top() { mid.Mid() }\n",
		"m.go":     "package m\n\nimport \"m/top\"\n\nfunc M() { top.Top() }\n",
	} {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestRound(t *testing.T) {
	from := module(t)
	target, err := prepareTarget(t.Context(), from, filepath.Join(t.TempDir(), "target"))
	if err != nil {
		t.Fatal(err)
	}
	if target.Packages != 4 || target.Edited != "m/mid" || target.Dependents != 2 {
		t.Errorf("%d packages, edited is %s with %d dependents; want 4, m/mid, 2",
			target.Packages, target.Edited, target.Dependents)
	}
	vet, err := findTool("go vet")
	if err != nil {
		t.Fatal(err)
	}
	samples, err := measureRound(t.Context(), target, vet)
	if err != nil {
		t.Fatal(err)
	}
	if len(samples) != len(situations) {
		t.Fatalf("%d samples, want %d", len(samples), len(situations))
	}
	for i, s := range samples {
		if s.Wall <= 0 || s.CPU <= 0 {
			t.Errorf("%s: no time measured: %+v", situations[i], s)
		}
	}

	counts, err := countRound(t.Context(), target, vet)
	if err != nil {
		t.Fatal(err)
	}
	if c := counts[0]; c.Analysed < 4 {
		t.Errorf("cold: %+v, want every package analysed", c)
	}
	if c := counts[1]; c.Analysed > 0 {
		t.Errorf("warm: %+v, want nothing analysed", c)
	}
	for i := 2; i < len(counts); i++ {
		if c := counts[i]; c.Analysed == 0 || c.Analysed > 3 {
			t.Errorf("%s: %+v, want the edited package, and at most its dependents, analysed", situations[i], c)
		}
	}
	for i, c := range counts {
		if c.Compiled > 0 {
			t.Errorf("%s: %+v, want nothing compiled", situations[i], c)
		}
	}

	for _, dir := range []string{from, target.dir} {
		if text, err := os.ReadFile(filepath.Join(dir, "mid", "m.go")); err != nil || strings.Contains(string(text), "defer") {
			t.Errorf("the edit was not taken back: %v\n%s", err, text)
		}
	}
}

func TestMeasureFails(t *testing.T) {
	cmd := exec.Command("go", "no-such-command")
	if s, err := measure(cmd); err == nil || !strings.Contains(err.Error(), "unknown command") {
		t.Errorf("measure gives %+v, %v; want an error that holds the command's own", s, err)
	}
}

func TestUnknownTool(t *testing.T) {
	if _, err := findTool("lint"); err == nil || !strings.Contains(err.Error(), "staticcheck") {
		t.Errorf("findTool fails with %v, want a list of tools", err)
	}
}

func TestReport(t *testing.T) {
	slow := sample{Wall: 4 * time.Second, CPU: 5 * time.Second, Peak: 300 << 20}
	fast := sample{Wall: 1 * time.Second, CPU: 2 * time.Second}
	res := targetResult{target: &target{Name: "std", Packages: 9, Edited: "sort", Dependents: 4}}
	for _, s := range situations {
		res.add("ctxlint", s, fast)
		res.add("go vet", s, slow)
		res.add("go vet", s, sample{Wall: 6 * time.Second, CPU: 7 * time.Second, Peak: 302 << 20})
	}
	res.Counts = []toolCounts{{"go vet", []count{{9, 0}, {0, 0}, {1, 1}, {2, 3}}}}
	rep := report{
		Date:    time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC),
		Machine: machine{Go: "go1.26", OS: "plan9/386", Cores: 2, Memory: "4 GB"},
		Runs:    2,
		Tools:   []*tool{{Name: "ctxlint"}, {Name: "go vet", Version: "v1"}},
		Result:  &res,
	}
	got := rep.markdown()
	for _, want := range []string{
		"Target: std, 9 packages and their tests.\n",
		"The file that is edited belongs to `sort`, on which 4 of the packages depend.\n",
		"Measured on 2026-01-02, go1.26, plan9/386, 2 cores, 4 GB. Each number is the median of 2 runs.\n",
		"| ctxlint | 1.00 s | 1.00–1.00 s | 2.00 s | unknown |  |\n",
		"| go vet v1 | 5.00 s | 4.00–6.00 s | 6.00 s | 301 MB | 0.20× |\n",
		"| go vet | 9 / 0 | 0 / 0 | 1 / 1 | 2 / 3 |\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the report lacks %q:\n%s", want, got)
		}
	}
}

func TestPublish(t *testing.T) {
	file := filepath.Join(t.TempDir(), "b.md")
	if err := os.WriteFile(file, []byte("a\n<!-- BEGIN std: by bench -->\nold\n<!-- END std -->\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := publish("std", "new\n", file); err != nil {
		t.Fatal(err)
	}
	if err := publish("nowhere", "new\n", file); err == nil {
		t.Error("no error for a target without a section")
	}
	want := "a\n<!-- BEGIN std: by bench -->\nnew\n<!-- END std -->\n"
	if got, err := os.ReadFile(file); err != nil || string(got) != want {
		t.Errorf("the file holds %q, %v; want %q", got, err, want)
	}
}

func TestProcField(t *testing.T) {
	const text = "MemTotal:       24689012 kB\nMemFree:        123 kB\n"
	if got := procField(text, "MemTotal"); got != "24689012 kB" {
		t.Errorf("procField gives %q", got)
	}
	if got := procField(text, "Mem"); got != "" {
		t.Errorf("procField of a field that is not there gives %q", got)
	}
}
