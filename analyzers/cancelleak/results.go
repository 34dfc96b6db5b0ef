package cancelleak

import (
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/ctxlint/ctxlint/internal/engine/mustcall"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// result says whose business it is to call result i of fn.
func (s *summaries) result(fn *types.Func, i int) origin {
	t := fn.Signature().Results().At(i).Type()
	byType := ctxlib.IsCancelFunc(t)
	if !byType && !ctxlib.CanHoldCancel(t) {
		return unknown
	}
	key := param{fn, i}
	if known, ok := s.results[key]; ok {
		return known
	}
	s.results[key] = unknown // while it is computed, a recursive call says nothing
	if node := s.byFunc[fn]; node != nil {
		if node.Body != nil && (byType || s.hasSites()) {
			s.results[key] = s.analyzeResult(fn, i, byType)
		}
	} else if fn.Pkg() != s.c.pass.Pkg {
		fact := new(funcFact)
		if s.c.pass.ImportObjectFact(fn, fact) {
			s.results[key] = fact.result(i)
			s.sometimes[key] = slices.Contains(fact.Sometimes, i)
		}
	}
	return s.results[key]
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

// analyzeResult looks at everything that fn returns as result i.
func (s *summaries) analyzeResult(fn *types.Func, i int, byType bool) origin {
	f := s.c.builder.SSA().Pkg.Prog.FuncValue(fn)
	if f == nil {
		return unknown
	}
	var seen originSet
	for _, b := range f.Blocks {
		if ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok && i < len(ret.Results) && b != f.Recover {
			seen.add(s.origin(ret.Results[i], make(map[ssa.Value]bool)))
		}
	}
	switch {
	case seen.borrowed:
		return borrowed
	case seen.fresh:
		s.sometimes[param{fn, i}] = seen.neutral
		return fresh
	case seen.neutral && byType && !seen.unknown:
		return borrowed // there is nothing to release
	}
	return unknown
}

// originSet is the set of origins of the values a function may return.
type originSet struct{ fresh, borrowed, neutral, unknown bool }

func (s *originSet) add(o originSet) {
	s.fresh = s.fresh || o.fresh
	s.borrowed = s.borrowed || o.borrowed
	s.neutral = s.neutral || o.neutral
	s.unknown = s.unknown || o.unknown
}

// origin classifies a func value that is about to be returned.
func (s *summaries) origin(v ssa.Value, seen map[ssa.Value]bool) (set originSet) {
	if seen[v] {
		return set
	}
	seen[v] = true
	switch v := v.(type) {
	case *ssa.Const, *ssa.Function:
		set.neutral = true // nil, or a literal that captures nothing
	case *ssa.ChangeType:
		return s.origin(v.X, seen)
	case *ssa.Phi:
		for _, e := range v.Edges {
			set.add(s.origin(e, seen))
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
func (s *summaries) stored(cell *ssa.Alloc, seen map[ssa.Value]bool) (set originSet) {
	for _, ref := range *cell.Referrers() {
		if st, ok := ref.(*ssa.Store); ok && st.Addr == ssa.Value(cell) {
			set.add(s.origin(st.Val, seen))
		}
	}
	return set
}

// callResult classifies result i of a call.
func (s *summaries) callResult(call *ssa.Call, i int) (set originSet) {
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
	if calleeOf(&call.Call) != nil && ctxlib.IsCancelFunc(call.Call.Signature().Results().At(i).Type()) {
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
func (s *summaries) closure(v *ssa.MakeClosure, seen map[ssa.Value]bool) (set originSet) {
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
