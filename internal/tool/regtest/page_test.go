package regtest_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/ctxlint/ctxlint/internal/tool/docgen"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

// TestPage checks that docs/findings.md shows the lists, with that of the
// standard library for the newest release of Go.
func TestPage(t *testing.T) {
	name := filepath.Join(testenv.Root(t), "docs", "findings.md")
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	have := strings.ReplaceAll(string(data), "\r\n", "\n")
	lists := standardLists(t)
	newest := lists[len(lists)-1]
	want := have
	for _, s := range []struct{ section, what, file string }{
		{"std", "In " + releaseOf(newest), newest},
		{"dependencies", "In the versions of testdata/go.mod", dependenciesList(t)},
	} {
		if want, err = docgen.Replace(want, s.section, readList(t, s.file).markdown(s.what)); err != nil {
			t.Fatal(err)
		}
	}
	if *update {
		if err := os.WriteFile(name, []byte(want), 0o666); err != nil {
			t.Fatal(err)
		}
	} else if diff := gocmp.Diff(strings.Split(want, "\n"), strings.Split(have, "\n")); diff != "" {
		t.Errorf("%s is out of date; run go test ./internal/tool/regtest -update\n(-want +got):\n%s", name, diff)
	}
}

// markdown returns the list as a table, below a line that starts with what.
func (l list) markdown(what string) string {
	total := 0
	by := make(map[verdict]int)
	for _, j := range l {
		total += j.Count
		by[j.Verdict] += j.Count
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %d findings, %d true, %d deliberate, %d false.\n\n", what, total, by[right], by[deliberate], by[wrong])
	b.WriteString("| file | function | check | number | verdict | why |\n| --- | --- | --- | ---: | --- | --- |\n")
	for _, j := range l {
		fmt.Fprintf(&b, "| %s | `%s` | %s | %d | %s | %s |\n", j.File, j.Func, j.Check, j.Count, j.Verdict, strings.ReplaceAll(j.Why, "|", `\|`))
	}
	return b.String()
}
