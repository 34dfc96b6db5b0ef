package edit_test

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/ctxlint/ctxlint/internal/pass/edit"
)

// load returns a pass over one file, and the position of its call of here.
func load(t *testing.T, src string) (*analysis.Pass, token.Pos) {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", src, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{Uses: make(map[*ast.Ident]types.Object), Scopes: make(map[ast.Node]*types.Scope)}
	conf := types.Config{Importer: importer.ForCompiler(fset, "source", nil)}
	pkg, err := conf.Check("p", fset, []*ast.File{file}, info)
	if err != nil {
		t.Fatal(err)
	}
	var at token.Pos
	ast.Inspect(file, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			if id, ok := call.Fun.(*ast.Ident); ok && id.Name == "here" {
				at = call.Pos()
			}
		}
		return true
	})
	return &analysis.Pass{Fset: fset, Files: []*ast.File{file}, Pkg: pkg, TypesInfo: info}, at
}

func TestImport(t *testing.T) {
	const rest = "\nfunc here() {}\n"
	for _, test := range []struct {
		name, src, want string
		edits           int
		ok              bool
	}{
		{"imported", "package p\nimport \"errors\"\nvar _ = errors.New\nfunc f() { here() }" + rest, "errors", 0, true},
		{"by another name", "package p\nimport e \"errors\"\nvar _ = e.New\nfunc f() { here() }" + rest, "e", 0, true},
		{"missing", "package p\nimport \"context\"\nvar _ context.Context\nfunc f() { here() }" + rest, "errors", 1, true},
		{"hidden", "package p\nimport \"context\"\nvar _ context.Context\nfunc f() { errors := 1; _ = errors; here() }" + rest, "errors", 0, false},
		{"taken", "package p\nimport errors \"context\"\nvar _ errors.Context\nfunc f() { here() }" + rest, "errors", 0, false},
		{"no import", "package p\nfunc f() { here() }" + rest, "errors", 1, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			pass, at := load(t, test.src)
			name, edits, ok := edit.Import(pass, at, "errors", "Is")
			if name != test.want || ok != test.ok || ok && len(edits) != test.edits {
				t.Errorf("Import = %q, %d edits, %t", name, len(edits), ok)
			}
		})
	}
}

func TestUnused(t *testing.T) {
	const more = "package p\nimport (\n\t\"context\"\n\t\"strings\"\n)\nvar _ context.Context\n"
	for name, test := range map[string]struct {
		src   string
		edits int
		ok    bool
	}{
		"used once":  {more + "func f() { here(strings.ToLower(\"\")) }\nfunc here(string) {}\n", 1, true},
		"used twice": {more + "var _ = strings.ToUpper\nfunc f() { here(strings.ToLower(\"\")) }\nfunc here(string) {}\n", 0, true},
		"alone":      {"package p\nimport \"strings\"\nfunc f() { here(strings.ToLower(\"\")) }\nfunc here(string) {}\n", 0, false},
	} {
		pass, at := load(t, test.src)
		if edits, ok := edit.Unused(pass, at, "strings"); ok != test.ok || len(edits) != test.edits {
			t.Errorf("%s: Unused = %d edits, %t", name, len(edits), ok)
		}
	}
}
