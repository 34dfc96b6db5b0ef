package symbol_test

import (
	"bytes"
	"encoding/gob"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"testing"

	"github.com/ctxlint/ctxlint/internal/pass/symbol"
)

const source = `package p

type T struct{}

func F()       {}
func (T) V()   {}
func (*T) P()  {}

type G[E any] struct{}

func (*G[E]) M() {}

type I interface{ Do() }

func Generic[E any]() {}

var anonymous interface{ Close() error }

func use(err error, i I) {
	_ = err.Error
	_ = anonymous.Close
}
`

func TestFunc(t *testing.T) {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "p.go", source, 0)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{Defs: make(map[*ast.Ident]types.Object), Uses: make(map[*ast.Ident]types.Object)}
	conf := types.Config{Importer: importer.Default()}
	if _, err := conf.Check("example.com/p", fset, []*ast.File{f}, info); err != nil {
		t.Fatal(err)
	}
	want := map[string][2]string{ // in its own package, and in another
		"F":       {"F", "p.F"},
		"V":       {"T.V", "p.T.V"},
		"P":       {"(*T).P", "(*p.T).P"},
		"M":       {"(*G).M", "(*p.G).M"},
		"Do":      {"I.Do", "p.I.Do"},
		"Generic": {"Generic", "p.Generic"},
		"Error":   {"error.Error", "error.Error"},
		"Close":   {"interface{Close() error}.Close", "interface{Close() error}.Close"},
	}
	seen := make(map[string]bool)
	check := func(obj types.Object) {
		fn, ok := obj.(*types.Func)
		if !ok || fn.Name() == "use" {
			return
		}
		seen[fn.Name()] = true
		s := symbol.Of(fn)
		if got := [2]string{s.In("example.com/p"), s.In("example.com/q")}; got != want[fn.Name()] {
			t.Errorf("%s: %q, want %q", fn.Name(), got, want[fn.Name()])
		}
		var buf bytes.Buffer
		var back symbol.Func
		if err := gob.NewEncoder(&buf).Encode(s); err != nil {
			t.Fatal(err)
		}
		if err := gob.NewDecoder(&buf).Decode(&back); err != nil || back != s {
			t.Errorf("%s comes back as %+v: %v", fn.Name(), back, err)
		}
	}
	for _, obj := range info.Defs {
		check(obj)
	}
	for _, obj := range info.Uses {
		check(obj)
	}
	for name := range want {
		if !seen[name] {
			t.Errorf("%s has not been seen", name)
		}
	}
}
