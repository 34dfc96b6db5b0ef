package cancelleak

import (
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/ctxlint/ctxlint/internal/engine/mustcall"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// result says whose business it is to call result i of fn.
func (s *summaries) result(fn *types.Func, i int) ownership {
	set, byType := s.resultSet(fn, i)
	switch {
	case set.borrowed:
		return borrowed
	case set.fresh:
		return fresh
	case set.neutral && byType && !set.unknown:
		return borrowed // there is nothing to release
	}
	return unknown
}

// sometimes reports whether result i of fn, which is fresh, is an obligation for
// some arguments only.
func (s *summaries) sometimes(fn *types.Func, i int) bool {
	set, _ := s.resultSet(fn, i)
	return set.fresh && set.neutral
}

// resultSet returns what fn may return as result i, and whether that is of a type
// for cancel functions. The set is empty for a result that cannot be one, and while
// it is only known to be what a recursive call returns.
func (s *summaries) resultSet(fn *types.Func, i int) (set ownerships, byType bool) {
	if !mayBeCancel(fn, i) {
		return ownerships{}, false
	}
	return s.results.Get(param{fn: fn, i: i}), ctxlib.IsCancelFunc(fn.Signature().Results().At(i).Type())
}

// mayBeCancel reports whether result i of fn is of a type that cancel functions have.
func mayBeCancel(fn *types.Func, i int) bool {
	t := fn.Signature().Results().At(i).Type()
	return ctxlib.IsCancelFunc(t) || ctxlib.CanHoldCancel(t)
}

// ownershipsOfResult is the Step of results.
func (s *summaries) ownershipsOfResult(p param) ownerships {
	if node := s.byFunc[p.fn]; node != nil {
		if node.Body == nil || !ctxlib.IsCancelFunc(p.fn.Signature().Results().At(p.i).Type()) && !s.hasSites() {
			return ownerships{unknown: true}
		}
		return s.returned(p.fn, p.i)
	}
	fact := new(funcFact)
	if p.fn.Pkg() == s.c.pass.Pkg || !s.c.pass.ImportObjectFact(p.fn, fact) {
		return ownerships{unknown: true}
	}
	switch fact.result(p.i) {
	case fresh:
		return ownerships{fresh: true, neutral: slices.Contains(fact.Sometimes, p.i)}
	case borrowed:
		return ownerships{borrowed: true}
	}
	return ownerships{unknown: true}
}

// hasSites reports whether a call in the package makes an obligation by the type
// of its result or by a fact; without one, no func() result can be a cancel.
func (s *summaries) hasSites() bool {
	if !s.sitesOnce {
		s.sitesOnce = true
		s.sites = s.c.hasSites()
	}
	return s.sites
}

// mayReturnCancel reports whether a call whose result is a plain func() may
// return a cancel function. Functions of this package are taken to, if they or
// others contain a site of another kind.
func (s *summaries) mayReturnCancel(call *ast.CallExpr) bool {
	callee := typeutil.StaticCallee(s.c.pass.TypesInfo, call)
	if callee == nil || callee.Pkg() == s.c.pass.Pkg {
		return false
	}
	fact := new(funcFact)
	return s.c.pass.ImportObjectFact(callee.Origin(), fact) && len(fact.Cancel) > 0
}

// returned classifies everything that fn returns as result i.
func (s *summaries) returned(fn *types.Func, i int) ownerships {
	f := s.c.builder.SSA().Pkg.Prog.FuncValue(fn)
	if f == nil {
		return ownerships{unknown: true}
	}
	var set ownerships
	for _, ret := range ssax.Returns(f) {
		if i < len(ret.Results) {
			set.add(s.ownershipsOf(ret.Results[i], make(map[ssa.Value]bool)))
		}
	}
	return set
}

// ownerships is the set of ownerships of the values a function may return.
type ownerships struct{ fresh, borrowed, neutral, unknown bool }

func (s *ownerships) add(o ownerships) {
	s.fresh = s.fresh || o.fresh
	s.borrowed = s.borrowed || o.borrowed
	s.neutral = s.neutral || o.neutral
	s.unknown = s.unknown || o.unknown
}

func (s ownerships) union(o ownerships) ownerships {
	s.add(o)
	return s
}

// ownershipsOf classifies a func value that is about to be returned.
func (s *summaries) ownershipsOf(v ssa.Value, seen map[ssa.Value]bool) (set ownerships) {
	if seen[v] {
		return set
	}
	seen[v] = true
	switch v := v.(type) {
	case *ssa.Const, *ssa.Function:
		set.neutral = true // nil, or a literal that captures nothing
	case *ssa.ChangeType:
		return s.ownershipsOf(v.X, seen)
	case *ssa.Phi:
		for _, e := range v.Edges {
			set.add(s.ownershipsOf(e, seen))
		}
	case *ssa.UnOp:
		cell, ok := v.X.(*ssa.Alloc)
		if !ok {
			set.borrowed = true // a field, a package variable, ...
			break
		}
		set.add(s.stored(cell, seen))
	case *ssa.Extract:
		if call, ok := v.Tuple.(*ssa.Call); ok {
			return s.callResult(call, v.Index)
		}
		set.borrowed = true
	case *ssa.Call:
		return s.callResult(v, 0)
	case *ssa.MakeClosure:
		return s.closure(v, seen)
	default:
		set.borrowed = true
	}
	return set
}

// stored classifies what is stored into a variable.
func (s *summaries) stored(cell *ssa.Alloc, seen map[ssa.Value]bool) (set ownerships) {
	for _, st := range ssax.StoresTo(cell) {
		set.add(s.ownershipsOf(st.Val, seen))
	}
	return set
}

// callResult classifies result i of a call.
func (s *summaries) callResult(call *ssa.Call, i int) (set ownerships) {
	if fn := ssax.Callee(&call.Call); fn != nil && s.byFunc[fn.Origin()] != nil && mayBeCancel(fn.Origin(), i) {
		if of, _ := s.resultSet(fn.Origin(), i); of == (ownerships{}) {
			return set // a recursive call returns nothing that the rest does not
		}
	}
	for _, site := range s.c.sites(call) {
		if site.result == i && site.kind != group {
			if site.Value != nil && !s.kept(site) {
				set.fresh = true
			} else {
				set.borrowed = true
			}
			return set
		}
	}
	if ssax.Callee(&call.Call) != nil && ctxlib.IsCancelFunc(call.Call.Signature().Results().At(i).Type()) {
		set.borrowed = true
	} else {
		set.unknown = true
	}
	return set
}

// kept reports whether the function that makes an obligation, besides returning
// it, gives it to something that may call it later: then the caller need not.
func (s *summaries) kept(site *site) bool {
	uses := mustcall.Follow(s.c.protocol, &site.Obligation).Uses
	for _, instr := range uses.Escaped {
		if _, ok := instr.(*ssa.Return); !ok {
			return true
		}
	}
	for _, instr := range uses.Released {
		if _, ok := instr.(*ssa.Go); ok {
			return true
		}
	}
	return false
}

// closure classifies a function literal by what it captures: one that may call a
// fresh cancel function is as good as that function.
func (s *summaries) closure(v *ssa.MakeClosure, seen map[ssa.Value]bool) (set ownerships) {
	fn := v.Fn.(*ssa.Function)
	if fn.Parent() == nil { // a method value
		if _, made := v.Bindings[0].(*ssa.Alloc); made {
			set.unknown = true // of a value that the caller may never see otherwise
		} else {
			set.borrowed = true
		}
		return set
	}
	for i, b := range v.Bindings {
		cell, ok := b.(*ssa.Alloc)
		if !ok || !s.c.protocol.CapturedMeets(fn, i) {
			continue
		}
		if elem := cell.Type().Underlying().(*types.Pointer).Elem(); !ctxlib.IsCancelFunc(elem) && !ctxlib.CanHoldCancel(elem) {
			continue
		}
		set.add(s.stored(cell, seen))
	}
	if !set.fresh && !set.borrowed {
		set.neutral = true
	}
	return set
}
