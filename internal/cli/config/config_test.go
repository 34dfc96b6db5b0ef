package config_test

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/analysis"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/internal/cli/config"
	"github.com/ctxlint/ctxlint/internal/driver/record"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/report"
)

// testSuite returns two analyzers: cancelleak with the option disable, and
// labels with options of other types.
func testSuite() []analyzers.Entry {
	table := func(severity catalog.Severity, categories ...string) catalog.Table {
		var t catalog.Table
		for _, c := range categories {
			t = append(t, catalog.Category{Name: c, Severity: severity})
		}
		return t
	}
	leaks, limits := table(analyzers.Warning, "path", "loop"), table(analyzers.Error, "unbounded")
	cancelleak := func() *analysis.Analyzer {
		a := &analysis.Analyzer{Name: "cancelleak"}
		catalog.Bind(&a.Flags, a.Name, leaks, catalog.Selection{})
		return a
	}
	labels := func() *analysis.Analyzer {
		a := &analysis.Analyzer{Name: "labels"}
		a.Flags.Int("limit", 100, "")
		a.Flags.Bool("strict", false, "")
		a.Flags.Func("level", "", func(s string) error {
			if s != "low" && s != "high" {
				return errors.New("it is low or high")
			}
			return nil
		})
		return a
	}
	return []analyzers.Entry{
		{Analyzer: cancelleak(), New: cancelleak, Categories: leaks},
		{Analyzer: labels(), New: labels, Categories: limits},
	}
}

func parse(t *testing.T, text string) *config.Config {
	t.Helper()
	c, err := config.Parse("dir/.ctxlint.yml", []byte(text), testSuite())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

const full = `# a comment
version: 1
confidence: high
analyzers:
  disable: [labels]
options:
  cancelleak: {disable: [loop, path]}
  labels:
    limit: 5
    strict: true
    level: high
exclude:
  - path: gen/**
    reason: generated
  - path: [old, "third_party/*.go"]
    checks: [cancelleak/loop, labels]
    reason: >
      not ours
rules:
  - path: cmd
    severity: {labels: note, cancelleak/path: error}
`

func TestParse(t *testing.T) {
	item := func(text string, line, col int) config.Item {
		return config.Item{Text: text, Pos: config.Pos{Line: line, Col: col}}
	}
	want := &config.Config{
		File:       "dir/.ctxlint.yml",
		Confidence: item("high", 3, 13),
		Disable:    []config.Item{item("labels", 5, 13)},
		Options: []config.Option{
			{Analyzer: "cancelleak", Name: "disable", Value: "loop,path", Pos: config.Pos{Line: 7, Col: 25}},
			{Analyzer: "labels", Name: "limit", Value: "5", Pos: config.Pos{Line: 9, Col: 12}},
			{Analyzer: "labels", Name: "strict", Value: "true", Pos: config.Pos{Line: 10, Col: 13}},
			{Analyzer: "labels", Name: "level", Value: "high", Pos: config.Pos{Line: 11, Col: 12}},
		},
		Exclude: []config.Exclude{
			{Paths: []config.Item{item("gen/**", 13, 11)}, Reason: "generated", Pos: config.Pos{Line: 13, Col: 5}},
			{
				Paths:  []config.Item{item("old", 15, 12), item("third_party/*.go", 15, 17)},
				Checks: []config.Item{item("cancelleak/loop", 16, 14), item("labels", 16, 31)},
				Reason: "not ours", Pos: config.Pos{Line: 15, Col: 5},
			},
		},
		Rules: []config.Rule{{
			Paths: []config.Item{item("cmd", 20, 11)},
			Severity: []config.Level{
				{Check: "labels", Severity: analyzers.Note, Pos: config.Pos{Line: 21, Col: 16}},
				{Check: "cancelleak/path", Severity: analyzers.Error, Pos: config.Pos{Line: 21, Col: 30}},
			},
			Pos: config.Pos{Line: 20, Col: 5},
		}},
	}
	if diff := cmp.Diff(want, parse(t, full)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestAliases reads a file of a few kilobytes whose aliases stand for millions of values.
func TestAliases(t *testing.T) {
	bomb := "version: 1\nexclude:\n  - &e {path: [" + strings.Repeat("a,", 2000) + "a], reason: r}\n" + strings.Repeat("  - *e\n", 1000)
	_, err := config.Parse("f", []byte(bomb), testSuite())
	if err == nil || !strings.Contains(err.Error(), "1:1: with its aliases, the file has more than 100000 values") {
		t.Errorf("error = %v", err)
	}
	itself := "version: 1\nexclude: &e\n  - *e\n"
	if _, err := config.Parse("f", []byte(itself), testSuite()); err == nil {
		t.Error("an alias within its own anchor is no error")
	}
	few := "version: 1\nexclude:\n  - {path: &p [a, b], reason: r}\n  - {path: *p, checks: cancelleak, reason: r}\n"
	c, err := config.Parse("f", []byte(few), testSuite())
	if err != nil || len(c.Exclude) != 2 || len(c.Exclude[1].Paths) != 2 {
		t.Errorf("config %+v, error %v", c, err)
	}
}

// TestManyMistakes checks that the list of mistakes is bounded.
func TestManyMistakes(t *testing.T) {
	_, err := config.Parse("f", []byte("version: 1\nanalyzers:\n  enable: ["+strings.Repeat("x,", 1000)+"x]\n"), testSuite())
	if err == nil || !strings.HasSuffix(err.Error(), "\nf: 951 more mistakes") {
		t.Errorf("error = %v", err)
	}
}

func TestErrors(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       []string
	}{
		{"empty", "", []string{`1:1: the file is empty; it needs at least "version: 1"`}},
		{"comment only", "# nothing\n", []string{`1:1: the file is empty; it needs at least "version: 1"`}},
		{"no version", "analyzers: {}\n", []string{`1:1: the key "version" is missing: write "version: 1"`}},
		{"version", "version: 2\n", []string{"1:10: version must be 1"}},
		{"syntax", "version: 1\noptions: {a\n", []string{"3:1: did not find expected ',' or '}'"}},
		{"tab", "version: 1\nanalyzers:\n\tenable: x\n", []string{"3:1: found character that cannot start any token"}},
		{"two documents", "version: 1\n---\nversion: 1\n", []string{"1:1: expected single document, found multiple"}},
		{"not a mapping", "- version\n", []string{"1:1: the configuration must be a mapping, not a list"}},
		{"unknown key", "version: 1\nanalyser: {}\n", []string{`2:1: unknown key "analyser" in the configuration; the keys are analyzers, baseline, confidence, evidence, exclude, extends, fail-on, new-from, options, preset, ratchet, rules, version; did you mean analyzers?`}},
		{"twice", "version: 1\nversion: 1\n", []string{`2:1: the key "version" is given twice in the configuration`}},
		{"strange key", "version: 1\n? [a]\n: b\n", []string{"2:3: a key of the configuration must be a string, not a list"}},
		{"unknown analyzer", "version: 1\nanalyzers:\n  enable: [cancelleek]\n", []string{`3:12: unknown analyzer "cancelleek"; did you mean cancelleak?`}},
		{"category in place of analyzer", "version: 1\nanalyzers: {disable: cancelleak/loop}\n", []string{`2:22: "cancelleak/loop" is not an analyzer; to turn off one category, write options: {cancelleak: {disable: loop}}`}},
		{"enabled and disabled", "version: 1\nanalyzers:\n  enable: labels\n  disable: labels\n", []string{"4:12: labels is enabled in line 3 already"}},
		{"list expected", "version: 1\nanalyzers: {enable: {}}\nexclude: x\n", []string{
			"2:21: analyzers.enable must be a list, not a mapping", "3:10: exclude must be a list, not a string"}},
		{"number in a list", "version: 1\nanalyzers: {enable: [~]}\n", []string{"2:22: an item of analyzers.enable must be a string, not nothing"}},
		{"confidence", "version: 1\nconfidence: sure\n", []string{`2:13: confidence is high, medium or low, and not "sure"`}},
		{"fail-on", "version: 1\nfail-on: high\n", []string{`2:10: fail-on is error, warning, note or never, and not "high"`}},
		{"confidence is a list", "version: 1\nconfidence: [high]\n", []string{"2:13: confidence must be a string, not a list"}},
		{"confidence of an analyzer", "version: 1\noptions: {cancelleak: {confidence: sure}}\n", []string{`2:36: options.cancelleak.confidence: invalid value "sure": confidence is high, medium or low, and not "sure"`}},
		{"category in place of an option", "version: 1\noptions: {cancelleak: {loops: true}}\n", []string{`2:24: cancelleak has no option "loops"; loop is a category: -confidence medium, or -cancelleak.confidence medium, asks for all of it, and -cancelleak.disable loop leaves it out`}},
		{"unknown option", "version: 1\noptions: {labels: {depth: 1}}\n", []string{`2:20: labels has no option "depth"; it has level, limit, strict`}},
		{"option of unknown analyzer", "version: 1\noptions: {label: {depth: 1}}\n", []string{`2:11: unknown analyzer "label"; did you mean labels?`}},
		{"option value", "version: 1\noptions:\n  labels:\n    limit: many\n    strict: perhaps\n    level: medium\n", []string{
			`4:12: options.labels.limit: invalid value "many": parse error`,
			`5:13: options.labels.strict: invalid value "perhaps": parse error`,
			`6:12: options.labels.level: invalid value "medium": it is low or high`}},
		{"option is a mapping", "version: 1\noptions: {labels: {level: {a: b}}}\n", []string{
			"2:27: an option must be a string, not a mapping", `2:27: options.labels.level: invalid value "": it is low or high`}},
		{"disabled category", "version: 1\noptions: {cancelleak: {disable: lop}}\n", []string{`2:33: options.cancelleak.disable: cancelleak has no category "lop"; it has path, loop; did you mean loop?`}},
		{"exclude without reason", "version: 1\nexclude:\n- path: a\n", []string{`3:3: the key "reason" is missing in an entry of exclude`}},
		{"exclude with empty reason", "version: 1\nexclude:\n- path: a\n  reason: \" \"\n", []string{"3:3: the reason is empty"}},
		{"exclude without path", "version: 1\nexclude:\n- reason: a\n", []string{`3:3: the key "path" is missing in an entry of exclude`}},
		{"exclude is a string", "version: 1\nexclude: [a]\n", []string{"2:11: an entry of exclude must be a mapping, not a string"}},
		{"bad globs", "version: 1\nexclude:\n- path: ['a[', '/a', './a', '../a', 'a\\b', '', '{a']\n  reason: r\n- path: []\n  reason: r\n", []string{
			`3:10: path "a[": malformed pattern`,
			`3:16: path "/a": paths are relative to the root of the module or workspace and do not begin with /, ./ or ../`,
			`3:22: path "./a": paths are relative to the root of the module or workspace and do not begin with /, ./ or ../`,
			`3:29: path "../a": paths are relative to the root of the module or workspace and do not begin with /, ./ or ../`,
			`3:37: path "a\\b": separate directories with slashes`,
			`3:44: path is empty`,
			`3:48: path "{a": malformed pattern`,
			`5:9: path is empty`}},
		{"unknown check", "version: 1\nexclude:\n- {path: a, reason: r, checks: [nope, cancelleak/nope]}\n", []string{
			`3:33: unknown analyzer "nope"; the analyzers are cancelleak, labels`,
			`3:39: cancelleak has no category "nope"; it has path, loop`}},
		{"rule", "version: 1\nrules:\n- path: a\n- {path: a, severity: {labels: off, cancelleak: loud, nope: note}}\n- {path: a, severity: error}\n", []string{
			`3:3: the key "severity" is missing in an entry of rules`,
			`4:32: a rule cannot turn a check off: use exclude, which states a reason`,
			`4:49: unknown severity "loud": use error, warning or note`,
			`4:55: unknown analyzer "nope"; the analyzers are cancelleak, labels`,
			`5:23: severity must be a mapping, not a string`}},
		{"alias to itself", "version: 1\nexclude: &x [*x]\n", []string{`2:14: the alias "x" is within its own anchor`}},
		{"merge key", "version: 1\n<<: {rules: []}\n", []string{`2:1: unknown key "<<" in the configuration; the keys are analyzers, baseline, confidence, evidence, exclude, extends, fail-on, new-from, options, preset, ratchet, rules, version`}},
		{"control character", "version: 1\nrules: \x1b\n", []string{"1:1: control characters are not allowed (value: 27)"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := config.Parse("c.yml", []byte(test.text), testSuite())
			if err == nil {
				t.Fatal("no error")
			}
			var got []string
			for line := range strings.Lines(err.Error()) {
				got = append(got, strings.TrimPrefix(strings.TrimSpace(line), "c.yml:"))
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestFind(t *testing.T) {
	dir := t.TempDir()
	mod, work := filepath.Join(dir, "m", "go.mod"), filepath.Join(dir, "go.work")
	if err := os.Mkdir(filepath.Dir(mod), 0o777); err != nil {
		t.Fatal(err)
	}
	find := func(want, goMod, goWork string) {
		t.Helper()
		got, err := config.Find(goMod, goWork)
		if err != nil || got != want {
			t.Errorf("Find(%q, %q) = %q, %v, want %q", goMod, goWork, got, err, want)
		}
	}
	create := func(name ...string) string {
		t.Helper()
		file := filepath.Join(append([]string{dir}, name...)...)
		if err := os.WriteFile(file, nil, 0o666); err != nil {
			t.Fatal(err)
		}
		return file
	}
	find("", mod, work)
	find("", os.DevNull, "")
	inWork := create(".ctxlint.yaml")
	find(inWork, mod, work)
	find("", mod, "")
	inModule := create("m", ".ctxlint.yml")
	find(inModule, mod, work)
	find(inWork, os.DevNull, work)
	create("m", ".ctxlint.yaml")
	if _, err := config.Find(mod, work); err == nil {
		t.Error("two files in one directory give no error")
	}
}

func settle(t *testing.T, text string, flags config.CommandLine) *config.Settings {
	t.Helper()
	s, err := config.Settle(parse(t, text), flags, testSuite(), filepath.FromSlash("/src"))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestVetFlags(t *testing.T) {
	on, off := map[string]bool{"labels": true}, map[string]bool{"labels": false}
	for _, test := range []struct {
		name, text string
		flags      config.CommandLine
		want       []string
	}{
		{"nothing", "version: 1", config.CommandLine{}, nil},
		{"defaults", "version: 1\noptions: {labels: {limit: 100, strict: false}, cancelleak: {disable: ''}}", config.CommandLine{}, nil},
		{"confidence", "version: 1\nconfidence: medium\noptions: {cancelleak: {confidence: medium}}", config.CommandLine{Confidence: new("medium")}, nil},
		{"disable", "version: 1\nanalyzers: {disable: labels}", config.CommandLine{}, []string{"-labels=false"}},
		{"enable", "version: 1\nanalyzers: {enable: labels}", config.CommandLine{}, []string{"-cancelleak=false"}},
		{"on by command line", "version: 1\nanalyzers: {disable: labels}", config.CommandLine{Switches: on}, []string{"-cancelleak=false"}},
		{"off by command line", "version: 1", config.CommandLine{Switches: off}, []string{"-labels=false"}},
		{"options", full, config.CommandLine{Switches: map[string]bool{"cancelleak": true, "labels": true}},
			[]string{"-cancelleak.disable=loop,path", "-labels.level=high", "-labels.limit=5", "-labels.strict=true"}},
		{"options of the command line", full, config.CommandLine{Options: map[string]string{"cancelleak.disable": "loop", "labels.limit": "7"}},
			[]string{"-cancelleak.disable=loop", "-labels.level=high", "-labels.limit=7", "-labels.strict=true"}},
		{"no options of what is off", "version: 1\noptions: {labels: {limit: 1}}\nanalyzers: {disable: labels}", config.CommandLine{}, []string{"-labels=false"}},
		{"needed by a rule", "version: 1\nanalyzers: {disable: labels}\nrules: [{path: a, severity: {labels/unbounded: note}}]", config.CommandLine{}, nil},
		{"needed by a rule, off by command line", "version: 1\nanalyzers: {disable: labels}\nrules: [{path: a, severity: {labels: note}}]", config.CommandLine{Switches: off}, []string{"-labels=false"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, settle(t, test.text, test.flags).VetFlags()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestNothingRuns(t *testing.T) {
	c := parse(t, "version: 1\nanalyzers: {disable: [labels, cancelleak]}")
	if _, err := config.Settle(c, config.CommandLine{}, testSuite(), "/src"); err == nil {
		t.Error("no error")
	}
}

// Rules do not change findings that a comment explains.
func TestApplyExplained(t *testing.T) {
	s := settle(t, "version: 1\nrules: [{path: \"**\", severity: {cancelleak: error}}]\n", config.CommandLine{})
	f := &report.Finding{Severity: analyzers.Note, Finding: record.Finding{
		Analyzer: "cancelleak", Category: "path", Explained: true,
		Pos: record.Position{File: filepath.FromSlash("/src/a.go")},
	}}
	r := &report.Report{Findings: []*report.Finding{f}}
	if s.Apply(r); len(r.Findings) != 1 || f.Severity != analyzers.Note {
		t.Errorf("severity %q of %d findings, want a note", f.Severity, len(r.Findings))
	}
}

func TestApply(t *testing.T) {
	const text = `version: 1
analyzers: {disable: labels}
exclude:
  - {path: gen, reason: generated}
  - {path: "**/*_mock.go", checks: cancelleak/loop, reason: mocks}
rules:
  - {path: "**", severity: {cancelleak: note}}
  - {path: cmd/*, severity: {cancelleak: error, cancelleak/loop: warning, labels/unbounded: note}}
`
	s := settle(t, text, config.CommandLine{})
	for _, test := range []struct {
		file, check string
		want        string // severity, or what happened to the finding
	}{
		{"a.go", "cancelleak/path", "note"},
		{"a.go", "labels/unbounded", "dropped"},
		{"cmd/x/main.go", "cancelleak/path", "error"},
		{"cmd/x/main.go", "cancelleak/loop", "warning"},
		{"cmd/x/main.go", "labels/unbounded", "note"},
		{"cmd/x/main.go", "labels/internal", "dropped"},
		{"gen/a.go", "cancelleak/path", "generated"},
		{"gen/deep/down/a.go", "cancelleak/path", "generated"},
		{"generated/a.go", "cancelleak/path", "note"},
		{"x/y/a_mock.go", "cancelleak/loop", "mocks"},
		{"a_mock.go", "cancelleak/loop", "mocks"},
		{"x/y/a_mock.go", "cancelleak/path", "note"},
		{"../gen/a.go", "cancelleak/path", "warning"},
	} {
		analyzer, category, _ := strings.Cut(test.check, "/")
		f := &report.Finding{Severity: analyzers.Warning, Finding: record.Finding{
			Analyzer: analyzer, Category: category,
			Pos: record.Position{File: filepath.Join(filepath.FromSlash("/src"), filepath.FromSlash(test.file))},
		}}
		r := &report.Report{Findings: []*report.Finding{f}}
		s.Apply(r)
		got := "dropped"
		switch {
		case len(r.Findings) == 1:
			got = string(f.Severity)
		case len(r.Suppressed) == 1:
			got = f.Suppression.Reason
			if f.Suppression.Kind != report.ByConfig || f.Suppression.Pos.Line == 0 {
				t.Errorf("%s: suppression = %+v", test.file, f.Suppression)
			}
		}
		if got != test.want {
			t.Errorf("%s in %s: %s, want %s", test.check, test.file, got, test.want)
		}
	}

	r := &report.Report{Unused: []report.Unused{
		{Ignore: record.Ignore{Pos: record.Position{File: filepath.FromSlash("/src/gen/a.go")}}},
		{Ignore: record.Ignore{Pos: record.Position{File: filepath.FromSlash("/src/a_mock.go")}}},
	}}
	if s.Apply(r); len(r.Unused) != 1 {
		t.Errorf("%d unused comments, want only the one in a file that is not excluded", len(r.Unused))
	}
}

// TestHide wants what is shown to be what the file and the flags say, the more specific
// of both, and the flags before the file.
func TestHide(t *testing.T) {
	for _, test := range []struct {
		text  string
		flags config.CommandLine
		want  int // findings that are shown, of one of high and one of medium confidence
	}{
		{"version: 1", config.CommandLine{}, 1},
		{"version: 1\nconfidence: medium", config.CommandLine{}, 2},
		{"version: 1\nconfidence: medium\noptions: {cancelleak: {confidence: high}}", config.CommandLine{}, 1},
		{"version: 1\noptions: {cancelleak: {confidence: medium}}", config.CommandLine{}, 2},
		{"version: 1\noptions: {cancelleak: {confidence: medium}}", config.CommandLine{Confidence: new("high")}, 1},
		{"version: 1", config.CommandLine{Confidence: new("medium")}, 2},
		{"version: 1", config.CommandLine{Options: map[string]string{"cancelleak.confidence": "medium"}}, 2},
		{"version: 1", config.CommandLine{Confidence: new("medium"), Options: map[string]string{"cancelleak.confidence": "high"}}, 1},
	} {
		finding := func(c catalog.Confidence) *report.Finding {
			return &report.Finding{Finding: record.Finding{Analyzer: "cancelleak", Category: "path", Confidence: c}}
		}
		r := &report.Report{
			Findings:   []*report.Finding{finding(catalog.Medium), finding(catalog.High)},
			Suppressed: []*report.Finding{finding(catalog.High), finding(catalog.Medium)},
		}
		s := settle(t, test.text, test.flags)
		if s.Hide(r); len(r.Findings) != test.want || len(r.Suppressed) != test.want || len(r.Hidden) != 2-test.want {
			t.Errorf("%s with %+v: %d findings are shown, %d of the suppressed ones, and %d hidden; want %d, %[6]d and %d",
				test.text, test.flags, len(r.Findings), len(r.Suppressed), len(r.Hidden), test.want, 2-test.want)
		}
		if !s.Reports("cancelleak", "path", "/src/a.go") {
			t.Errorf("%s: what is hidden is not looked for", test.text)
		}
	}
}

// TestYAML checks that what "ctxlint config" prints can be used as a
// configuration with the same effect.
func TestYAML(t *testing.T) {
	s := settle(t, full, config.CommandLine{Options: map[string]string{"labels.limit": "7"}})
	text, err := s.YAML()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"# file: dir/.ctxlint.yml\n",
		"- cancelleak # default\n",
		"- labels # .ctxlint.yml:5:13\n",
		"disable: loop,path # .ctxlint.yml:7:25\n",
		"limit: 7 # command line\n",
		"# .ctxlint.yml:13:5\n",
	} {
		if !strings.Contains(string(text), want) {
			t.Errorf("no %q in:\n%s", want, text)
		}
	}
	again, err := config.Settle(parse(t, string(text)), config.CommandLine{}, testSuite(), "/src")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(s.VetFlags(), again.VetFlags()); diff != "" {
		t.Errorf("flags (-want +got):\n%s", diff)
	}
	second, err := again.YAML()
	if err != nil {
		t.Fatal(err)
	}
	strip := func(text []byte) string {
		var b strings.Builder
		for line := range strings.Lines(string(text)) {
			line, _, _ = strings.Cut(line, "#")
			b.WriteString(strings.TrimSpace(line) + "\n")
		}
		return b.String()
	}
	if diff := cmp.Diff(strip(text), strip(second)); diff != "" {
		t.Errorf("printed again (-want +got):\n%s", diff)
	}
}

// TestCheckOption checks that validating a value does not set it.
func TestCheckOption(t *testing.T) {
	e := testSuite()[1]
	if err := config.CheckOption(e, "limit", "3"); err != nil {
		t.Error(err)
	}
	if got := e.Flags.Lookup("limit").Value.(flag.Getter).Get(); got != 100 {
		t.Errorf("limit = %v after a check, want 100", got)
	}
	if err := config.CheckOption(e, "nope", "3"); err == nil {
		t.Error("an unknown option gives no error")
	}
}

func FuzzParse(f *testing.F) {
	f.Add(full)
	f.Add("version: 1\nexclude: &x [*x]\n")
	f.Add("version: 1\nrules: [{path: '[', severity: {a/b: off}}]")
	f.Add("- {a: ? !!binary b}")
	suite := testSuite()
	f.Fuzz(func(t *testing.T, text string) {
		c, err := config.Parse("c.yml", []byte(text), suite)
		if err != nil {
			for line := range strings.Lines(err.Error()) {
				if !strings.HasPrefix(line, "c.yml:") {
					t.Errorf("no position in %q", line)
				}
			}
			return
		}
		s, err := config.Settle(c, config.CommandLine{}, suite, "/src")
		if err != nil {
			return // everything is turned off
		}
		printed, err := s.YAML()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := config.Parse("c.yml", printed, suite); err != nil {
			t.Errorf("what is printed is rejected: %v\n%s", err, printed)
		}
	})
}
