// Package examples_test compares what ctxlint finds in the example service with
// the list of bugs that were planted there.
package examples_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/internal/tool/docgen"

	// What TestPlantedBugs runs, so that a change to it invalidates the cached
	// result of the test.
	_ "github.com/ctxlint/ctxlint/internal/cli"
	_ "github.com/ctxlint/ctxlint/internal/driver/vettool"
)

// A bug is a row of BUGS.md, or a finding.
type bug struct {
	File, Func, Analyzer, Category string
}

func TestPlantedBugs(t *testing.T) {
	var want []bug
	known := exists()
	for _, b := range planted(t) {
		if known[b.Analyzer] {
			want = append(want, b)
		}
	}
	if len(want) == 0 {
		t.Fatal("BUGS.md names no bug of an analyzer that exists")
	}
	if diff := cmp.Diff(sorted(want), sorted(found(t))); diff != "" {
		t.Errorf("ctxlint does not find what BUGS.md lists (-planted +found):\n%s", diff)
	}
}

// row matches a row of the table in BUGS.md.
var row = regexp.MustCompile("(?m)^\\| (\\S+) \\| `(\\S+)` \\| .* \\| (\\S+) \\| (\\S+) \\|$")

func planted(t *testing.T) []bug {
	text, err := os.ReadFile(filepath.Join("orders", "BUGS.md"))
	if err != nil {
		t.Fatal(err)
	}
	var bugs []bug
	for _, m := range row.FindAllStringSubmatch(strings.ReplaceAll(string(text), "\r\n", "\n"), -1) {
		bugs = append(bugs, bug{File: m[1], Func: m[2], Analyzer: m[3], Category: m[4]})
	}
	return bugs
}

func exists() map[string]bool {
	names := make(map[string]bool)
	for _, a := range analyzers.All() {
		names[a.Name] = true
	}
	return names
}

func found(t *testing.T) []bug {
	out, _, err := docgen.RunExample("..", "-confidence", "medium", "-format", "json", "./...")
	if err != nil {
		t.Fatal(err)
	}
	var report struct {
		Findings []struct {
			Analyzer, Category, Func string
			Start                    struct{ File string }
		}
	}
	if err := json.Unmarshal([]byte(out), &report); err != nil {
		t.Fatalf("%v in:\n%s", err, out)
	}
	var bugs []bug
	for _, f := range report.Findings {
		file := strings.TrimPrefix(f.Start.File, docgen.Example+"/")
		bugs = append(bugs, bug{file, f.Func, f.Analyzer, f.Category})
	}
	return bugs
}

func sorted(bugs []bug) []bug {
	slices.SortFunc(bugs, func(a, b bug) int {
		return slices.Compare([]string{a.File, a.Func, a.Category}, []string{b.File, b.Func, b.Category})
	})
	return bugs
}
