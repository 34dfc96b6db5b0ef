package metriclib

import (
	"cmp"
	"flag"
	"fmt"
	"go/types"
	"maps"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"

	"github.com/ctxlint/ctxlint/internal/model/importpath"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

var update = flag.Bool("update", false, "rewrite testdata/signatures.txt")

// unpinned are packages that the test of the tables cannot download.
var unpinned = map[string]bool{
	"go.opentelemetry.io/contrib/instrumentation/github.com/gorilla/mux/otelmux":    true,
	"go.opentelemetry.io/contrib/instrumentation/github.com/labstack/echo/otelecho": true,
	"gofr.dev/pkg/gofr/metrics":                    true,
	"github.com/smira/go-statsd":                   true,
	"github.com/alexcesaro/statsd":                 true,
	"gopkg.in/alexcesaro/statsd":                   true,
	"github.com/segmentio/stats":                   true,
	"github.com/Depado/ginprom":                    true,
	"github.com/penglongli/gin-metrics/ginmetrics": true,
}

// TestSymbols looks up every symbol of the tables in the libraries, and compares
// signatures and types with those in testdata/signatures.txt.
func TestSymbols(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles the libraries")
	}
	u, x := load(t), tables()
	lines := make(map[string]bool)
	record := func(kind string, s Symbol, obj types.Object) {
		short := func(p *types.Package) string { return importpath.Canonical(p.Path()) }
		lines[fmt.Sprintf("%s %s: %s", kind, s, types.TypeString(obj.Type(), short))] = true
	}
	for s, sinks := range x.sinks {
		if unpinned[s.Pkg] {
			continue
		}
		fn, ok := u.find(t, s).(*types.Func)
		if !ok {
			continue
		}
		record("sink", s, fn)
		for _, sink := range sinks {
			if got := fn.Signature().Params(); sink.Param >= got.Len() || !fits(sink.Form, got.At(sink.Param).Type()) {
				t.Errorf("parameter %d of %s cannot hold labels in form %d: %s", sink.Param, s, sink.Form, fn.Signature())
			}
		}
	}
	for s := range x.structSinks {
		if f := u.find(t, s); f != nil {
			record("sink field", s, f)
		}
	}
	for _, table := range []map[Symbol]Category{x.calls, x.fields, x.carrierFields} {
		for s := range table {
			if !unpinnedSources[s.Pkg] {
				if obj := u.find(t, s); obj != nil {
					record(cmp.Or(string(table[s]), "carrier"), s, obj)
				}
			}
		}
	}
	for s := range x.binds {
		if fn, ok := u.find(t, s).(*types.Func); ok {
			record("binds", s, fn)
			if fn.Signature().Params().Len() == 0 || !types.IsInterface(fn.Signature().Params().At(0).Type()) {
				t.Errorf("%s does not take what it decodes into first", s)
			}
		}
	}
	for s, params := range x.carriers {
		fn, ok := u.find(t, s).(*types.Func)
		if !ok {
			continue
		}
		record("carrier", s, fn)
		for _, p := range params {
			if p >= fn.Signature().Params().Len() || p == -1 && fn.Signature().Recv() == nil {
				t.Errorf("%s has no parameter %d", s, p)
			}
		}
	}
	for s := range x.once {
		_, structSink := x.structSinks[s]
		if x.sinks[s] == nil && !structSink {
			t.Errorf("%s runs once, and is no sink", s)
		}
	}
	for s := range x.atomics {
		if obj := u.find(t, s); obj != nil {
			record("atomic", s, obj)
		}
	}
	for s := range uidTypes {
		record("type", s, u.find(t, s))
	}
	got := strings.Join(slices.Sorted(maps.Keys(lines)), "\n") + "\n"
	testenv.Signatures(t, got, *update)
}

// fits reports whether a parameter of type t can hold label values in this
// form.
func fits(form Form, t types.Type) bool {
	isString := func(t types.Type) bool {
		b, ok := t.Underlying().(*types.Basic)
		return ok && b.Kind() == types.String
	}
	slice, isSlice := t.Underlying().(*types.Slice)
	switch form {
	case Value:
		return isString(t)
	case Name:
		return isString(t) || isSlice && isString(slice.Elem())
	case Values, Pairs, Tags:
		return isSlice && isString(slice.Elem())
	case Map:
		m, ok := t.Underlying().(*types.Map)
		return ok && isString(m.Elem())
	case Labels:
		if !isSlice {
			return false
		}
		switch e := slice.Elem().Underlying().(type) {
		case *types.Struct:
			return true
		case *types.Array:
			return isString(e.Elem())
		}
		return false
	case Result:
		_, ok := t.Underlying().(*types.Signature)
		return ok
	}
	return true // Attributes come in slices and sets
}

// universe holds packages by canonical path.
type universe map[string]*types.Package

// load loads the export data of all packages that the tables name.
func load(t *testing.T) universe {
	t.Helper()
	cfg := &packages.Config{Mode: packages.NeedName | packages.NeedTypes | packages.NeedImports | packages.NeedDeps, Dir: testenv.MetricFixtures(t)}
	std := make(map[string]bool)
	for s := range tables().carriers {
		std[s.Pkg] = !strings.Contains(s.Pkg, ".")
	}
	patterns := []string{"."}
	for pkg, ok := range std {
		if ok {
			patterns = append(patterns, pkg)
		}
	}
	for pkg := range tables().sourcePackages {
		if !strings.Contains(pkg, ".") {
			patterns = append(patterns, pkg)
		}
	}
	pkgs, err := packages.Load(cfg, append(patterns, "expvar")...)
	if err != nil {
		t.Fatal(err)
	}
	u := make(universe)
	packages.Visit(pkgs, nil, func(p *packages.Package) {
		if p.Types != nil && u[importpath.Canonical(p.PkgPath)] == nil {
			u[importpath.Canonical(p.PkgPath)] = p.Types
		}
	})
	return u
}

// find returns the object that s names; if there is none, the test fails.
func (u universe) find(t *testing.T, s Symbol) types.Object {
	t.Helper()
	pkg := u[s.Pkg]
	if pkg == nil {
		t.Errorf("no package %s", s.Pkg)
		return nil
	}
	if s.Recv == "" {
		obj := pkg.Scope().Lookup(s.Name)
		if obj == nil {
			t.Errorf("no %s", s)
		}
		return obj
	}
	recv := pkg.Scope().Lookup(s.Recv)
	if recv == nil {
		t.Errorf("no type for %s", s)
		return nil
	}
	obj, _, _ := types.LookupFieldOrMethod(recv.Type(), true, pkg, s.Name)
	if obj == nil {
		t.Errorf("no %s", s)
		return nil
	}
	// The method must be found under this name when a call is resolved.
	if fn, ok := obj.(*types.Func); ok {
		if got, _ := SymbolOf(fn); got != s {
			t.Errorf("%s is declared as %s", s, got)
		}
	}
	return obj
}
