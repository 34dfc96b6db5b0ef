package ctxflow_test

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/ssa/ssautil"

	"github.com/ctxlint/ctxlint/internal/engine/ctxflow"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// A comment names the uses of the roots on its line: exactly those must be
// found.
const source = `package p

import (
	"context"
	"time"
)

type key struct{}
type box struct{ ctx context.Context }

var held context.Context

func work(context.Context)                        {}
func merge(a, b context.Context) context.Context  { return a }
func tag(ctx context.Context) context.Context     { return context.WithValue(ctx, key{}, 1) }
func show(any)                                    {}
func cond() bool                                  { return false }

func argument() {
	ctx := context.Background()
	work(ctx) // argument
}

func derived() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	work(context.WithValue(ctx, key{}, 1)) // argument
}

func throughHelper() {
	work(tag(context.Background())) // argument argument
}

func merged(other context.Context) {
	work(merge(context.Background(), other)) // argument
}

func withoutCancel() {
	work(context.WithoutCancel(context.Background())) // argument
}

func notAsContext() { show(context.Background()) }

func started() { go work(context.Background()) } // started

func deferred() { defer work(context.Background()) } // deferred

func waited() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	<-ctx.Done() // waited
	_ = ctx.Err()
}

func stored() *box { return &box{ctx: context.Background()} } // stored

func global() { held = context.Background() } // stored

func returned() context.Context { return context.Background() } // returned

func phi(ctx context.Context) {
	if cond() {
		ctx = context.Background()
	}
	work(ctx) // argument
}

func captured() {
	ctx := context.Background()
	f := func() { work(ctx) } // argument
	f()
}

func capturedAndAssigned(other context.Context) {
	ctx := context.Background()
	work(ctx) // argument
	ctx = other
	f := func() { work(ctx) }
	f()
	work(ctx)
}

func overwritten(other context.Context) {
	ctx := other
	f := func() { ctx = other }
	work(ctx)
	ctx = context.Background()
	f()
	work(ctx) // argument
}

func method(c interface{ Do(context.Context) }) {
	c.Do(context.Background()) // argument
}
`

var kinds = map[ctxflow.Kind]string{
	ctxflow.Argument: "argument", ctxflow.Deferred: "deferred", ctxflow.Started: "started",
	ctxflow.Waited: "waited", ctxflow.Stored: "stored", ctxflow.Returned: "returned",
}

func TestFollow(t *testing.T) {
	pkg, fset := build(t)
	var got []string
	for fn := range functions(pkg) {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				if call, ok := instr.(*ssa.Call); ok && ctxlib.IsRoot(ssax.Callee(&call.Call)) {
					for _, u := range ctxflow.Follow(call, nil).Uses {
						got = append(got, fmt.Sprintf("%d: %s", fset.Position(u.Instr.Pos()).Line, kinds[u.Kind]))
					}
				}
			}
		}
	}
	slices.Sort(got)
	if diff := cmp.Diff(wanted(), got); diff != "" {
		t.Errorf("uses (-want +got):\n%s", diff)
	}
}

// wanted returns the uses that the comments in the source name.
func wanted() []string {
	var want []string
	for i, line := range strings.Split(source, "\n") {
		_, comment, ok := strings.Cut(line, "// ")
		if !ok {
			continue
		}
		for _, word := range strings.Fields(comment) {
			want = append(want, fmt.Sprintf("%d: %s", i+1, word))
		}
	}
	slices.Sort(want)
	return want
}

func TestOf(t *testing.T) {
	pkg, _ := build(t)
	isRoot := func(call *ssa.CallCommon) bool { return ctxlib.IsRoot(ssax.Callee(call)) }
	for name, want := range map[string]ctxflow.Origins{
		"argument":            {Root: true},
		"derived":             {Root: true},
		"merged":              {Unknown: true}, // either of two
		"phi":                 {Root: true, Inherited: true},
		"captured":            {Root: true},
		"capturedAndAssigned": {Root: true, Inherited: true},
	} {
		var got ctxflow.Origins
		found := false
		for fn := range functions(pkg) {
			if fn.Name() != name && (fn.Parent() == nil || fn.Parent().Name() != name) {
				continue
			}
			for _, b := range fn.Blocks {
				for _, instr := range b.Instrs {
					call, ok := instr.(*ssa.Call)
					if ok && call.Call.StaticCallee() != nil && call.Call.StaticCallee().Name() == "work" {
						got, found = ctxflow.Of(call.Call.Args[0], isRoot), true
					}
				}
			}
		}
		if !found {
			t.Errorf("%s does not call work", name)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("origins of %s's context (-want +got):\n%s", name, diff)
		}
	}
}

func build(t *testing.T) (*ssa.Package, *token.FileSet) {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", source, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	conf := &types.Config{Importer: importer.ForCompiler(fset, "source", nil)}
	pkg, _, err := ssautil.BuildPackage(conf, fset, types.NewPackage("p", "p"), []*ast.File{file}, 0)
	if err != nil {
		t.Fatal(err)
	}
	return pkg, fset
}

// functions yields the functions of the package and their literals by name.
func functions(pkg *ssa.Package) func(yield func(*ssa.Function) bool) {
	return func(yield func(*ssa.Function) bool) {
		for fn := range ssautil.AllFunctions(pkg.Prog) {
			if fn.Pkg == pkg && !yield(fn) {
				return
			}
		}
	}
}
