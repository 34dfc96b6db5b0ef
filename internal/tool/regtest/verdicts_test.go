package regtest_test

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/ctxlint/ctxlint/internal/tool/drivertest"
	gocmp "github.com/google/go-cmp/cmp"
)

// A judgement is a verdict on all findings of one check in one function; it is
// a line of a list. It has no line numbers, because those change too easily.
type judgement struct {
	place
	Count   int
	Verdict verdict
	Why     string
}

// place is what a judgement is about.
type place struct {
	File  string // import path and base name
	Func  string // "-" outside of any
	Check string // "analyzer/category"
}

type verdict string

const (
	right      verdict = "true"       // a leak, however small
	deliberate verdict = "deliberate" // the code does it on purpose, and a comment could say why
	wrong      verdict = "false"      // the analysis is wrong
	unjudged   verdict = "unjudged"   // nobody has read it yet
)

func (j judgement) String() string {
	count := ""
	if j.Count > 1 {
		count = fmt.Sprintf(" x%d", j.Count)
	}
	return fmt.Sprintf("%s %s %s%s %s: %s", j.File, j.Func, j.Check, count, j.Verdict, j.Why)
}

var judgementLine = regexp.MustCompile(`^(\S+) (\S+) (\S+/\S+)(?: x(\d+))? (true|deliberate|false|unjudged): (\S.*)$`)

func parseJudgement(line string) (judgement, error) {
	m := judgementLine.FindStringSubmatch(line)
	if m == nil {
		return judgement{}, fmt.Errorf("want FILE FUNC CHECK [xCOUNT] VERDICT: WHY, not %q", line)
	}
	count, _ := strconv.Atoi(cmp.Or(m[4], "1"))
	return judgement{place{m[1], m[2], m[3]}, count, verdict(m[5]), m[6]}, nil
}

// A list is a file of judgements, sorted.
type list []judgement

// readList reads a list; a file that does not exist is an empty one.
func readList(t *testing.T, name string) list {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	var l list
	n := 0
	for line := range strings.Lines(string(data)) {
		n++
		if line = strings.TrimRight(line, "\r\n"); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		j, err := parseJudgement(line)
		if err != nil {
			t.Fatalf("%s:%d: %v", name, n, err)
		}
		l = append(l, j)
	}
	return l
}

const legend = `#
# FILE FUNC CHECK [xCOUNT] VERDICT: WHY
#
# true:       a leak, however small
# deliberate: the code wants it so, and a reviewer would accept it with a comment
# false:      the analysis is mistaken
#
# "go test ./internal/tool/regtest -update" writes this file and keeps the verdicts.
`

func (l list) write(t *testing.T, name, title string) {
	t.Helper()
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n%s\n", title, legend)
	for _, j := range l {
		fmt.Fprintln(&b, j)
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(b.String()), 0o666); err != nil {
		t.Fatal(err)
	}
}

// merge returns the list of exactly these findings, with the verdicts of l
// where they still fit, and how the two lists differ.
func (l list) merge(findings []drivertest.Finding) (merged list, differences []string) {
	found := make(map[place][]drivertest.Finding)
	for _, f := range findings {
		p := place{path.Join(f.Package, filepath.Base(f.File)), cmp.Or(f.Func, "-"), f.Analyzer + "/" + f.Category}
		found[p] = append(found[p], f)
	}
	judged := make(map[place]list)
	for _, j := range l {
		judged[j.place] = append(judged[j.place], j)
	}
	for p, fs := range found {
		old, count := judged[p], 0
		var whys []string
		for _, j := range old {
			count += j.Count
			whys = append(whys, string(j.Verdict)+": "+j.Why)
		}
		if count == len(fs) {
			merged = append(merged, old...)
			continue
		}
		merged = append(merged, judgement{p, len(fs), unjudged, cmp.Or(strings.Join(whys, "; "), "new")})
		differences = append(differences, fmt.Sprintf("%d instead of %d:", len(fs), count))
		for _, f := range fs {
			differences[len(differences)-1] += "\n\t" + f.String()
		}
	}
	for _, j := range l {
		if found[j.place] == nil {
			differences = append(differences, "no longer found: "+j.String())
		}
	}
	slices.SortFunc(merged, compareJudgements)
	slices.Sort(differences)
	return merged, differences
}

func compareJudgements(a, b judgement) int {
	return cmp.Or(
		cmp.Compare(a.File, b.File), cmp.Compare(a.Func, b.Func), cmp.Compare(a.Check, b.Check),
		cmp.Compare(a.Verdict, b.Verdict), cmp.Compare(a.Why, b.Why),
	)
}

func TestMerge(t *testing.T) {
	at := func(fn string, line int) drivertest.Finding {
		return drivertest.Finding{File: "/src/p/f.go", Line: line, Analyzer: "a", Category: "c", Message: "m", Package: "x/p", Func: fn}
	}
	parse := func(lines ...string) (l list) {
		for _, line := range lines {
			j, err := parseJudgement(line)
			if err != nil {
				t.Fatal(err)
			}
			l = append(l, j)
		}
		return l
	}
	old := parse(
		"x/p/f.go (*T).Same a/c true: it leaks",
		"x/p/f.go Gone a/c true: it leaked",
		"x/p/f.go Mixed a/c deliberate: the other does not",
		"x/p/f.go Mixed a/c x2 true: two leak",
		"x/p/f.go More a/c false: it does not leak",
	)
	merged, differences := old.merge([]drivertest.Finding{
		at("Mixed", 4), at("Mixed", 3), at("Mixed", 5), at("More", 8), at("More", 7), at("", 1), at("(*T).Same", 2),
	})
	want := []string{
		"x/p/f.go (*T).Same a/c true: it leaks",
		"x/p/f.go - a/c unjudged: new",
		"x/p/f.go Mixed a/c deliberate: the other does not",
		"x/p/f.go Mixed a/c x2 true: two leak",
		"x/p/f.go More a/c x2 unjudged: false: it does not leak",
	}
	var got []string
	for _, j := range merged {
		got = append(got, j.String())
	}
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Errorf("merged (-want +got):\n%s", diff)
	}
	wantDifferences := []string{
		"1 instead of 0:\n\t/src/p/f.go:1:0: m (a/c)",
		"2 instead of 1:\n\t/src/p/f.go:8:0: m (a/c)\n\t/src/p/f.go:7:0: m (a/c)",
		"no longer found: x/p/f.go Gone a/c true: it leaked",
	}
	if diff := gocmp.Diff(wantDifferences, differences); diff != "" {
		t.Errorf("differences (-want +got):\n%s", diff)
	}
	for _, line := range []string{"f.go F a/c true:", "f.go F a/c maybe: so", "f.go F a x2 true: why", "F a/c true: why"} {
		if j, err := parseJudgement(line); err == nil {
			t.Errorf("%q is read as %+v", line, j)
		}
	}
}
