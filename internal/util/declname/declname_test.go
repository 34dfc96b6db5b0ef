package declname_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"testing"

	"github.com/ctxlint/ctxlint/internal/util/declname"
)

func TestFunc(t *testing.T) {
	for source, want := range map[string]string{
		"func F()":               "F",
		"func F[T any](T)":       "F",
		"func (T) M()":           "T.M",
		"func (t *T) M()":        "(*T).M",
		"func (t *(T)) M()":      "(*T).M",
		"func (t T[K]) M()":      "T.M",
		"func (t *T[K, V]) M()":  "(*T).M",
		"func () M()":            "M",
		"func (t map[int]x) M()": ".M",
	} {
		file, err := parser.ParseFile(token.NewFileSet(), "", "package p\n"+source, parser.SkipObjectResolution)
		if file == nil || len(file.Decls) != 1 {
			t.Fatalf("%s: %v", source, err)
		}
		if got := declname.Func(file.Decls[0].(*ast.FuncDecl)); got != want {
			t.Errorf("%s: %q, want %q", source, got, want)
		}
	}
}
