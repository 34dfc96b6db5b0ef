package cancelleak_test

import (
	"path/filepath"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/ctxlint/ctxlint/analyzers/cancelleak"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

// notGo does not parse. It is not a file, because gofmt would stumble over it.
const notGo = `package syntax

import "context"

func before(ctx context.Context) error {
	ctx, _ = context.WithCancel(ctx)
	return ctx.Err()
}

func broken(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx
	defer cancel(
}

func after(ctx context.Context) {
	for {
		_, cancel := context.WithCancel(ctx)
		defer cancel
		go cancel
		defer cancel()
`

// TestIllTyped wants packages with errors, and those that import them, to be
// skipped or analysed, as the driver likes, but without a panic.
func TestIllTyped(t *testing.T) {
	dir := filepath.Join(testenv.Fixtures(t), "cancelleak", "_illtyped")
	overlay := map[string][]byte{filepath.Join(dir, "syntax", "syntax.go"): []byte(notGo)}
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadAllSyntax, Dir: dir, Overlay: overlay}, "./broken", "./syntax", "./importer")
	if err != nil {
		t.Fatal(err)
	}
	for _, pkg := range pkgs {
		if !pkg.IllTyped {
			t.Errorf("%s has no errors", pkg.PkgPath)
		}
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{cancelleak.Analyzer}, pkgs, nil)
	if err != nil {
		t.Fatal(err)
	}
	for act := range graph.All() {
		for _, d := range act.Diagnostics {
			if d.Category == diag.Internal {
				t.Errorf("%v: %s", act.Package.Fset.Position(d.Pos), d.Message)
			}
		}
	}
}
