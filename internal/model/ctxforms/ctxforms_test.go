package ctxforms

import (
	"flag"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"

	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

var update = flag.Bool("update", false, "rewrite testdata/signatures.txt")

// TestTable looks up every function of the tables, and what is to be used instead, in
// the libraries; checks that a call can be rewritten where a row says so; and compares
// the signatures with those in testdata/signatures.txt.
func TestTable(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles the libraries")
	}
	u := load(t)
	var lines []string
	for _, path := range slices.Sorted(maps.Keys(table)) {
		for _, name := range slices.Sorted(maps.Keys(table[path])) {
			form := table[path][name]
			fn, use := u.find(t, path, name), u.instead(t, path, name, form)
			if fn == nil || use == nil {
				continue
			}
			if got, ok := Of(fn); !ok || got != form {
				t.Errorf("a call of %s.%s is not found under that name", path, name)
			}
			if !ctxlib.IsContext(ctxlib.FirstParam(use.Signature())) {
				t.Errorf("%s takes no context first", Symbol(use))
			}
			if form.Use != "" {
				checkRewrite(t, form, fn, use)
			}
			lines = append(lines, fmt.Sprintf("%s: %s\n\t%s: %s", Symbol(fn), signature(fn), Symbol(use), signature(use)))
		}
	}
	for _, path := range slices.Sorted(maps.Keys(senders)) {
		for _, name := range slices.Sorted(maps.Keys(senders[path])) {
			if fn := u.find(t, path, name); fn != nil && !Sends(fn) {
				t.Errorf("%s does not send", Symbol(fn))
			}
		}
	}
	for _, path := range clients {
		if !slices.ContainsFunc(slices.Collect(maps.Keys(u)), func(p string) bool { return IsClient(p) && strings.HasPrefix(p, path) }) {
			t.Errorf("the fixtures import no package of %s", path)
		}
	}
	testenv.Signatures(t, strings.Join(lines, "\n")+"\n", *update)
}

// checkRewrite checks that Use takes a context, what the function takes, and Rest, and
// gives the same.
func checkRewrite(t *testing.T, form Form, fn, use *types.Func) {
	t.Helper()
	n := fn.Signature().Params().Len() + 1
	if form.Rest != "" {
		n++
	}
	params := use.Signature().Params()
	if params.Len() != n {
		t.Errorf("%s takes %d parameters, not %d", Symbol(use), params.Len(), n)
		return
	}
	for i := range fn.Signature().Params().Len() {
		if !types.Identical(fn.Signature().Params().At(i).Type(), params.At(i+1).Type()) {
			t.Errorf("parameter %d of %s is not that of %s", i+1, Symbol(use), Symbol(fn))
		}
	}
	if !types.Identical(results(fn), results(use)) || fn.Signature().Variadic() != use.Signature().Variadic() {
		t.Errorf("%s does not return what %s does", Symbol(use), Symbol(fn))
	}
}

func results(fn *types.Func) types.Type {
	return types.NewSignatureType(nil, nil, nil, nil, fn.Signature().Results(), false)
}

func signature(fn *types.Func) string {
	return types.TypeString(fn.Type(), func(p *types.Package) string { return p.Name() })
}

// universe holds packages by path.
type universe map[string]*types.Package

// load loads the packages that the tables name.
func load(t *testing.T) universe {
	t.Helper()
	patterns := []string{"."}
	for path := range table {
		if !strings.Contains(path, ".") {
			patterns = append(patterns, path)
		}
	}
	cfg := &packages.Config{Mode: packages.NeedName | packages.NeedTypes | packages.NeedImports | packages.NeedDeps, Dir: testenv.ClientFixtures(t)}
	pkgs, err := packages.Load(cfg, patterns...)
	if err != nil {
		t.Fatal(err)
	}
	u := make(universe)
	packages.Visit(pkgs, nil, func(p *packages.Package) { u[p.PkgPath] = p.Types })
	return u
}

// find returns the function "Type.Method", or ".Func", of a package.
func (u universe) find(t *testing.T, path, name string) *types.Func {
	t.Helper()
	pkg := u[path]
	if pkg == nil {
		t.Errorf("no package %s", path)
		return nil
	}
	recv, name, _ := strings.Cut(name, ".")
	obj := pkg.Scope().Lookup(name)
	if recv != "" {
		typ := pkg.Scope().Lookup(recv)
		if typ == nil {
			t.Errorf("%s has no %s", path, recv)
			return nil
		}
		obj, _, _ = types.LookupFieldOrMethod(typ.Type(), true, pkg, name)
	}
	fn, ok := obj.(*types.Func)
	if !ok {
		t.Errorf("%s has no function %s.%s", path, recv, name)
	}
	return fn
}

// instead returns the function that a row tells to use.
func (u universe) instead(t *testing.T, path, name string, form Form) *types.Func {
	t.Helper()
	if form.Use == "" {
		dir, rest := form.Instead[:strings.LastIndexByte(form.Instead, '/')+1], form.Name()
		pkg, rest, _ := strings.Cut(rest, ".")
		if !strings.Contains(rest, ".") {
			rest = "." + rest
		}
		return u.find(t, dir+pkg, rest)
	}
	if variable, method, ok := strings.Cut(form.Use, "."); ok {
		v, ok := u[path].Scope().Lookup(variable).(*types.Var)
		if !ok {
			t.Errorf("%s has no variable %s", path, variable)
			return nil
		}
		obj, _, _ := types.LookupFieldOrMethod(v.Type(), true, u[path], method)
		fn, _ := obj.(*types.Func)
		return fn
	}
	recv, _, _ := strings.Cut(name, ".")
	return u.find(t, path, recv+"."+form.Use)
}

// TestBinders looks up every type and method of the tables of what is bound to a context.
func TestBinders(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles the libraries")
	}
	u := load(t)
	binds := func(path, typ, with string) {
		fn := u.find(t, path, typ+"."+with)
		if fn != nil && (!ctxlib.IsContext(ctxlib.FirstParam(fn.Signature())) || fn.Signature().Params().Len() != 1) {
			t.Errorf("%s.%s.%s does not bind it to a context", path, typ, with)
		}
	}
	for path, types := range binders {
		for typ, b := range types {
			binds(path, typ, b.With)
			for method := range b.Runs {
				if fn := u.find(t, path, typ+"."+method); fn != nil && (ctxlib.Takes(fn.Signature()) || !Binds(fn)) {
					t.Errorf("%s does not need what it is called on to be bound", Symbol(fn))
				}
			}
		}
	}
	for path, types := range options {
		for typ, with := range types {
			binds(path, typ, with)
		}
	}
}

// TestGoogleCalls takes the form of the clients that Google generates, which are too many
// for the fixtures: a call that is bound by Context, and sent by Do.
func TestGoogleCalls(t *testing.T) {
	const source = `package dns
import "context"
type Change struct{}
type ListCall struct{}
func (c *ListCall) Context(ctx context.Context) *ListCall { return c }
func (c *ListCall) Do(opts ...int) (*Change, error)       { return nil, nil }
func (c *ListCall) Fields(s ...string) *ListCall          { return c }
func (c *ListCall) Validate() error                       { return nil }
func (c *ListCall) Pages(ctx context.Context) error       { return nil }
type Plain struct{}
func (p *Plain) Context() context.Context { return nil }
func (p *Plain) Do() error                { return nil }`
	for _, test := range []struct {
		path, method string
		want         string
	}{
		{"google.golang.org/api/dns/v1", "ListCall.Do", "Context, sure"},
		{"google.golang.org/api/dns/v1", "ListCall.Validate", "Context"},
		{"google.golang.org/api/dns/v1", "ListCall.Fields", ""},
		{"google.golang.org/api/dns/v1", "ListCall.Pages", ""},
		{"google.golang.org/api/dns/v1", "Plain.Do", ""},
		{"google.golang.org/apiary/dns", "ListCall.Do", "Context"},
	} {
		pkg := typesOf(t, test.path, source)
		typ, name, _ := strings.Cut(test.method, ".")
		recv := types.NewPointer(pkg.Scope().Lookup(typ).Type())
		obj, _, _ := types.LookupFieldOrMethod(recv, true, pkg, name)
		b, ok := InferBinder(recv, obj.(*types.Func))
		got := b.With
		if b.Sure {
			got += ", sure"
		}
		if got != test.want || ok != (test.want != "") {
			t.Errorf("%s of %s is bound by %q, want %q", test.method, test.path, got, test.want)
		}
	}
}

func typesOf(t *testing.T, path, source string) *types.Package {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "dns.go", source, 0)
	if err != nil {
		t.Fatal(err)
	}
	conf := types.Config{Importer: importer.ForCompiler(fset, "source", nil)}
	pkg, err := conf.Check(path, fset, []*ast.File{file}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return pkg
}
