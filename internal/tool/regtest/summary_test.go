package regtest

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/internal/tool/docgen"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

// TestSummary wants the summary of docs/findings.md, which is kept by hand and whose
// sum the README tells, to have a row for each analyzer, and rows and columns that add up.
func TestSummary(t *testing.T) {
	page, err := os.ReadFile(filepath.Join(testenv.Root(t), "docs", "findings.md"))
	if err != nil {
		t.Fatal(err)
	}
	summary, err := docgen.Section(string(page), "summary")
	if err != nil {
		t.Fatal(err)
	}
	rows := make(map[string][4]int)
	var sum [4]int
	for _, m := range regexp.MustCompile(`(?m)^\| (\w+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$`).FindAllStringSubmatch(summary, -1) {
		var row [4]int // read, true, deliberate, false
		for i := range row {
			row[i], _ = strconv.Atoi(m[i+2])
			if m[1] != "all" {
				sum[i] += row[i]
			}
		}
		if row[0] != row[1]+row[2]+row[3] {
			t.Errorf("%s: %d findings are not %d true, %d deliberate and %d false ones", m[1], row[0], row[1], row[2], row[3])
		}
		rows[m[1]] = row
	}
	for _, e := range analyzers.Suite() {
		if _, ok := rows[e.Name]; !ok {
			t.Errorf("no row for %s", e.Name)
		}
	}
	if rows["all"] != sum {
		t.Errorf("the row for all is %v; the others add up to %v", rows["all"], sum)
	}
	readme, err := os.ReadFile(filepath.Join(testenv.Root(t), "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	sentence := fmt.Sprintf("of %d findings in the standard library, in libraries and in large services, %d were true, %d deliberate and %d false", sum[0], sum[1], sum[2], sum[3])
	if !strings.Contains(strings.Join(strings.Fields(string(readme)), " "), sentence) {
		t.Errorf("README.md does not say: %s", sentence)
	}
}
