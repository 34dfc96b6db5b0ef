package regtest_test

import (
	"flag"
	"log"
	"os"
	"slices"
	"strings"
	"testing"

	_ "github.com/ctxlint/ctxlint/internal/cli"            // so that go test's cache knows what the
	_ "github.com/ctxlint/ctxlint/internal/driver/vettool" // binaries under test are made of
	"github.com/ctxlint/ctxlint/internal/tool/drivertest"
)

var update = flag.Bool("update", false, "rewrite testdata/golden and docs/findings.md, keeping the verdicts")

// tool is the path of ctxlint, built the way its users do.
var tool string

func TestMain(m *testing.M) {
	flag.Parse()
	dir, err := os.MkdirTemp("", "ctxlint-regtest")
	if err != nil {
		log.Fatal(err)
	}
	code := 1
	if tool, err = drivertest.Build(dir); err == nil {
		code = m.Run()
	} else {
		log.Print(err)
	}
	os.RemoveAll(dir)
	os.Exit(code)
}

// goList runs go list in dir and returns the lines that it prints, sorted and
// each once.
func goList(t *testing.T, dir string, args ...string) []string {
	t.Helper()
	out := drivertest.Run(t, dir, "go", append([]string{"list"}, args...)...)
	if out.Code != 0 {
		t.Fatalf("go list: %s", out.Stderr)
	}
	return slices.Compact(slices.Sorted(strings.FieldsSeq(out.Stdout)))
}
