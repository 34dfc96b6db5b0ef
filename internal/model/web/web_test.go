package web_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"

	"github.com/ctxlint/ctxlint/internal/model/web"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

// TestRows checks every row against its library: the type and all its listed
// members exist, and the expressions give what they are said to give.
func TestRows(t *testing.T) {
	if testing.Short() {
		t.Skip("type-checks the libraries")
	}
	libraries := load(t)
	for _, f := range web.Frameworks() {
		t.Run(f.Path+"."+f.Type, func(t *testing.T) {
			pkg := libraries[f.Path]
			if pkg == nil {
				t.Fatalf("no fixture in testdata/web imports it")
			}
			checkComplete(t, f)
			for _, names := range []string{f.Data, f.Binds, f.Answers, f.Runs, f.Values} {
				for name := range strings.FieldsSeq(names) {
					if member(pkg, f.Type, name) == nil {
						t.Errorf("no %s", name)
					}
				}
			}
			if f.Type == "" || f.Serves == "returns" { // a type of the generated package
				return
			}
			obj := pkg.Scope().Lookup(f.Type)
			if obj == nil {
				t.Fatal("no such type")
			}
			for expr, want := range map[string]string{
				f.Context: "context.Context",
				f.Copy:    copyOf(obj),
				f.Request: "*net/http.Request",
				f.URLPath: "string",
				f.Route:   "string",
			} {
				if expr != "" && expr != web.Itself {
					if got := typeOf(t, obj.Type(), expr); got != want {
						t.Errorf("%s is of type %s, want %s", expr, got, want)
					}
				}
			}
		})
	}
}

// copyOf returns the type that a copy of the row's type must have.
func copyOf(obj types.Object) string {
	return types.TypeString(types.NewPointer(obj.Type()), nil)
}

// checkComplete checks that a row is complete in itself.
func checkComplete(t *testing.T, f web.Framework) {
	t.Helper()
	if f.Kind == 0 {
		t.Error("the row has no kind")
	}
	if (f.URLPath == "") != (f.Route == "") {
		t.Error("URLPath and Route go together")
	}
	if f.Kind == web.Answer && f.Answers == "" || f.Kind == web.Router && f.Data == "" {
		t.Error("the row says nothing")
	}
	if f.Request != "" && f.Kind != web.Handler {
		t.Error("only handlers answer a request")
	}
	source, err := os.ReadFile(filepath.Join(testenv.Root(t), "testdata", "web", f.Fixture, f.Fixture+".go"))
	if err != nil {
		t.Fatal(err)
	}
	file, err := parser.ParseFile(token.NewFileSet(), "", source, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	for _, spec := range file.Imports {
		if spec.Path.Value == `"`+f.Path+`"` {
			return
		}
	}
	t.Errorf("the fixture %s does not import it", f.Fixture)
}

// load reads the libraries from source: to compile them would take minutes where nobody
// has done so before.
func load(t *testing.T) map[string]*types.Package {
	t.Helper()
	pkgs, err := packages.Load(&packages.Config{
		Mode: packages.NeedName | packages.NeedTypes | packages.NeedImports | packages.NeedDeps | packages.NeedSyntax,
		Dir:  testenv.WebFixtures(t),
		ParseFile: func(fset *token.FileSet, name string, src []byte) (*ast.File, error) {
			f, err := parser.ParseFile(fset, name, src, parser.SkipObjectResolution)
			if f != nil {
				for _, d := range f.Decls {
					if fn, ok := d.(*ast.FuncDecl); ok {
						fn.Body = nil // only what is declared matters
					}
				}
			}
			return f, err
		},
	}, "./...")
	if err != nil {
		t.Fatal(err)
	}
	out := make(map[string]*types.Package)
	for _, p := range pkgs {
		for path, imported := range p.Imports {
			out[path] = imported.Types
		}
	}
	return out
}

// member returns a method or field of a type, or a function if there is no type.
func member(pkg *types.Package, typ, name string) types.Object {
	if typ == "" {
		return pkg.Scope().Lookup(name)
	}
	obj := pkg.Scope().Lookup(typ)
	if obj == nil {
		return nil
	}
	m, _, _ := types.LookupFieldOrMethod(obj.Type(), true, pkg, name)
	return m
}

// typeOf returns the type of an expression with an x of type t, or a pointer to it.
func typeOf(t *testing.T, x types.Type, expr string) string {
	t.Helper()
	if !types.IsInterface(x) {
		x = types.NewPointer(x)
	}
	pkg := types.NewPackage("p", "p")
	pkg.Scope().Insert(types.NewVar(token.NoPos, pkg, "x", x))
	tv, err := types.Eval(token.NewFileSet(), pkg, token.NoPos, expr)
	if err != nil {
		t.Error(err)
		return ""
	}
	return types.TypeString(tv.Type, nil)
}

func TestMatch(t *testing.T) {
	for _, test := range []struct{ pattern, expr, want string }{
		{"x.Request.URL.Path", "c.Request.URL.Path", "c"},
		{"x.Request.URL.Path", "(s.c).Request.URL.Path", "(s.c)"},
		{"x.Request().URL.Path", "c.Request().URL.Path", "c"},
		{"x.Request().URL.Path", "c.Request.URL.Path", ""},
		{"x.Request().URL.Path", "c.Request(1).URL.Path", ""},
		{"x.Path()", "c.Path", ""},
		{"x.Path()", "c.Paths()", ""},
		{"x", "f(c)", "f(c)"},
		{"x.", "c", ""},
	} {
		e, err := parser.ParseExpr(test.expr)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if x, ok := web.Match(test.pattern, e); ok {
			got = types.ExprString(x)
		}
		if got != test.want {
			t.Errorf("Match(%q, %q) = %q, want %q", test.pattern, test.expr, got, test.want)
		}
	}
}

func TestRouting(t *testing.T) {
	for name, want := range map[string]bool{"Get": true, "POST": true, "Gets": false, "get": false, "Trace": false, "PoST": false} {
		if web.IsRouting(name) != want {
			t.Errorf("IsRouting(%q) = %v", name, !want)
		}
	}
	for pattern, want := range map[string]bool{"GET /x": true, "GET": false, "/x GET": false, "get /x": false, "GETS /x": false, "DELETE example.com/": true} {
		if web.HasMethod(pattern) != want {
			t.Errorf("HasMethod(%q) = %v", pattern, !want)
		}
	}
}
