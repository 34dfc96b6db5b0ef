package ctxlib_test

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"testing"

	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

const source = `package p

import (
	"context"
	"net/http"
	"os/signal"
	"testing"
	"time"
)

type embedded struct{ context.Context }
type extended interface { context.Context; Extra() }
type lookalike interface { Deadline(); Done(); Err(); Value() }
type hiding struct{ context.Context }
func (hiding) Value(name string) any { return nil }
type pointed struct{}
func (*pointed) Deadline() (t time.Time, ok bool) { return }
func (*pointed) Done() <-chan struct{} { return nil }
func (*pointed) Err() error { return nil }
func (*pointed) Value(any) any { return nil }
type shadowing struct{ context.Context; Done bool }
type ambiguous struct{ context.Context; extended }
type generic[T context.Context] struct{ T T }
type alias = context.Context
type named func()
type carrier struct{}

func (carrier) Context() context.Context { return nil }

var (
	plain      context.Context
	aliased    alias
	embed      embedded
	extend     extended
	like       lookalike
	hides      hiding
	byValue    pointed
	byPointer  *pointed
	deep       *struct{ *pointed }
	toPointer  **pointed
	shadows    shadowing
	conflicts  ambiguous
	number     int
	request    *http.Request
	test       testing.TB
	carry      carrier
	cancel     context.CancelFunc
	cause      context.CancelCauseFunc
	function   func()
	withError  func(error)
	withResult func() error
	variadic   func(...error)
	own        named
)

func uses() {
	context.Background()
	context.TODO()
	context.WithTimeout(plain, 0)
	context.WithoutCancel(plain)
	context.WithValue(plain, 1, 2)
	signal.NotifyContext(plain)
	http.NewRequestWithContext(plain, "", "", nil)
}
`

func load(t *testing.T) (*types.Package, *types.Info, *ast.File) {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", source, 0)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{Uses: make(map[*ast.Ident]types.Object)}
	conf := types.Config{Importer: importer.ForCompiler(fset, "source", nil)}
	pkg, err := conf.Check("p", fset, []*ast.File{file}, info)
	if err != nil {
		t.Fatal(err)
	}
	return pkg, info, file
}

func TestTypes(t *testing.T) {
	pkg, _, _ := load(t)
	type want struct{ context, contextual, cancel, holds bool }
	for name, want := range map[string]want{
		"plain":      {context: true, contextual: true},
		"aliased":    {context: true, contextual: true},
		"embed":      {contextual: true},
		"extend":     {contextual: true},
		"like":       {},
		"hides":      {},
		"byValue":    {},
		"byPointer":  {contextual: true},
		"deep":       {contextual: true},
		"toPointer":  {},
		"shadows":    {},
		"conflicts":  {},
		"number":     {},
		"request":    {},
		"cancel":     {cancel: true, holds: true},
		"cause":      {cancel: true, holds: true},
		"function":   {holds: true},
		"withError":  {holds: true},
		"withResult": {},
		"variadic":   {},
		"own":        {holds: true},
	} {
		typ := pkg.Scope().Lookup(name).Type()
		got := want
		got.context = ctxlib.IsContext(typ)
		got.contextual = ctxlib.IsContextual(typ)
		got.cancel = ctxlib.IsCancelFunc(typ)
		got.holds = ctxlib.CanHoldCancel(typ)
		if got != want {
			t.Errorf("%s: got %+v, want %+v", name, got, want)
		}
	}
	param := pkg.Scope().Lookup("generic").Type().(*types.Named).TypeParams().At(0)
	if !ctxlib.IsContextual(param) {
		t.Error("a type parameter that is constrained to contexts does not count as one")
	}
}

func TestCarriers(t *testing.T) {
	pkg, _, _ := load(t)
	for name, want := range map[string]string{
		"request": "x.Context()",
		"test":    "x.Context()",
		"carry":   "x.Context()",
		"plain":   "",
		"number":  "",
	} {
		c, ok := ctxlib.CarrierOf(pkg.Scope().Lookup(name).Type())
		if c.Expr != want || ok != (want != "") {
			t.Errorf("%s: got %q, %t, want %q", name, c.Expr, ok, want)
		}
	}
}

func TestFunctions(t *testing.T) {
	_, info, _ := load(t)
	want := map[string]struct {
		root    bool
		derives int
	}{
		"Background": {true, -1}, "TODO": {true, -1},
		"WithTimeout": {false, 0}, "WithValue": {false, 0}, "NotifyContext": {false, 0},
		"WithoutCancel": {false, -1}, "NewRequestWithContext": {false, -1},
	}
	seen := make(map[string]bool)
	for _, obj := range info.Uses {
		fn, ok := obj.(*types.Func)
		w, listed := want[obj.Name()]
		if !ok || !listed {
			continue
		}
		seen[fn.Name()] = true
		if got := ctxlib.IsRoot(fn); got != w.root {
			t.Errorf("IsRoot(%s) = %t", fn.Name(), got)
		}
		if got := ctxlib.DerivesFrom(fn); got != w.derives {
			t.Errorf("DerivesFrom(%s) = %d, want %d", fn.Name(), got, w.derives)
		}
	}
	if len(seen) != len(want) {
		t.Errorf("saw %d of %d functions", len(seen), len(want))
	}
}
