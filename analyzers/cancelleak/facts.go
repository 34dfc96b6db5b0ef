package cancelleak

import (
	"fmt"
	"go/ast"
	"go/types"
	"maps"
	"slices"
	"strings"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/pass/scope"
	"github.com/ctxlint/ctxlint/internal/pass/syntax"
)

// funcFact says what other packages need to know of a function. Indices are
// sorted.
type funcFact struct {
	Cancel   []int // results that are obligations of the caller
	Ignores  []int // func parameters that the function neither calls, stores nor forwards
	Borrowed []int // results of a cancel type that somebody else calls

	// Lives lists the results that are of no use when the context that a parameter is,
	// or is bound to, is done.
	Lives []bind

	// Sometimes lists those of Cancel that are nil or do nothing for some
	// arguments. It is left out of String.
	Sometimes []int
}

// bind says that a result is bound to what a parameter is bound to.
type bind struct{ Result, Param int }

func (*funcFact) AFact() {}

// String returns the form in which fixtures assert the fact.
func (f *funcFact) String() string {
	var parts []string
	for _, p := range []struct {
		name    string
		indices []int
	}{{"cancel", f.Cancel}, {"ignores", f.Ignores}, {"borrowed", f.Borrowed}} {
		for _, i := range p.indices {
			parts = append(parts, fmt.Sprintf("%s(%d)", p.name, i))
		}
	}
	for _, b := range f.Lives {
		parts = append(parts, fmt.Sprintf("lives(%d,%d)", b.Result, b.Param))
	}
	return strings.Join(parts, " ")
}

func (f *funcFact) empty() bool {
	return len(f.Cancel) == 0 && len(f.Ignores) == 0 && len(f.Borrowed) == 0 && len(f.Lives) == 0
}

// ownership says whose business it is to call a func result.
type ownership uint8

const (
	unknown  ownership = iota
	fresh              // the caller's: the function made it and kept nothing
	borrowed           // not the caller's: it is kept elsewhere, or does nothing
)

func (f *funcFact) result(i int) ownership {
	switch {
	case slices.Contains(f.Cancel, i):
		return fresh
	case slices.Contains(f.Borrowed, i):
		return borrowed
	}
	return unknown
}

// exportFacts exports what the summaries hold about the package's declarations.
func (s *summaries) exportFacts() {
	if scope.IsStandard(s.c.pass) {
		return
	}
	keeping := s.keeping()
	for _, d := range s.decls {
		fact := new(funcFact)
		sig := d.fn.Signature()
		for i := range sig.Params().Len() {
			if s.ignores(d.fn, i) {
				fact.Ignores = append(fact.Ignores, i)
			}
		}
		for i := range sig.Results().Len() {
			switch s.result(d.fn, i) {
			case fresh:
				fact.Cancel = append(fact.Cancel, i)
				if s.sometimes(d.fn, i) {
					fact.Sometimes = append(fact.Sometimes, i)
				}
			case borrowed:
				if ctxlib.IsCancelFunc(sig.Results().At(i).Type()) { // nobody expects it of a plain func()
					fact.Borrowed = append(fact.Borrowed, i)
				}
			}
		}
		if keeping[d.fn] {
			fact.Lives = s.c.bindsOf(d.fn)
		}
		if !fact.empty() {
			s.c.pass.ExportObjectFact(d.fn, fact)
		}
	}
}

// bindsOf returns which results of fn, a function of the package, are bound to which
// parameters.
func (c *checker) bindsOf(fn *types.Func) (binds []bind) {
	f := c.builder.SSA().Pkg.Prog.FuncValue(fn)
	if f == nil || ssax.Body(f) == nil {
		return nil
	}
	shift := len(f.Params) - fn.Signature().Params().Len()
	for i := shift; i < len(f.Params); i++ {
		results := c.lives.Get(source{f, i}).results
		for k := range fn.Signature().Results().Len() {
			if results&(1<<k) != 0 {
				binds = append(binds, bind{k, i - shift})
			}
		}
	}
	return binds
}

// keeping returns the functions of the package that may return something bound to a
// parameter: they call one that does, directly or by way of others of the package. It
// asks the syntax, so that SSA is built only for packages that have such functions.
func (s *summaries) keeping() map[*types.Func]bool {
	var decls []*ast.FuncDecl
	for _, d := range s.decls {
		if mayGiveBound(d.fn.Signature()) {
			decls = append(decls, d.node)
		}
	}
	found := syntax.Reaching(s.c.pass.TypesInfo, decls, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return false
		}
		callee, _ := typeutil.Callee(s.c.pass.TypesInfo, call).(*types.Func)
		return callee != nil && callee.Pkg() != s.c.pass.Pkg && s.gives(callee)
	})
	if scope.Of(s.c.pass).FactsOnly { // importers cannot name the others
		maps.DeleteFunc(found, func(fn *types.Func, _ bool) bool { return !fn.Exported() })
	}
	return found
}

// gives reports whether a function of another package gives something bound to what it
// gets.
func (s *summaries) gives(fn *types.Func) bool {
	if _, keeps := ctxlib.Keeps(fn); keeps || wraps(fn) {
		return true
	}
	fact := new(funcFact)
	return s.c.pass.ImportObjectFact(fn.Origin(), fact) && len(fact.Lives) > 0
}

// mayGiveBound reports whether a function takes something that may be bound to a
// context, and returns something that may hold it.
func mayGiveBound(sig *types.Signature) bool {
	some := func(vars *types.Tuple) bool {
		for v := range vars.Variables() {
			if canHold(v.Type()) && !ctxlib.CanHoldCancel(v.Type()) && !ctxlib.IsCancelFunc(v.Type()) {
				return true
			}
		}
		return false
	}
	return some(sig.Params()) && some(sig.Results())
}
