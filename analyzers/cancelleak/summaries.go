package cancelleak

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/ctxlint/ctxlint/internal/ctxmodel"
	"github.com/ctxlint/ctxlint/internal/mustcall"
)

// summaries knows what functions do with cancel functions: those of this package
// by analysis, those of others by their facts.
//
// Parameters are judged by syntax alone and results only where a signature can
// carry a cancel function, so that a dependency rarely needs SSA.
type summaries struct {
	c         *checker
	decls     []decl // in source order
	byFunc    map[*types.Func]*ast.FuncDecl
	params    map[param]bool
	results   map[param]origin
	sometimes map[param]bool // results that are obligations for some arguments only
	busyParam map[*ssa.Parameter]bool
	sites     bool // some call of the package makes an obligation
	sitesOnce bool
}

type decl struct {
	fn   *types.Func
	node *ast.FuncDecl
}

type param struct {
	fn *types.Func
	i  int
}

func newSummaries(c *checker) *summaries {
	s := &summaries{
		c:         c,
		byFunc:    make(map[*types.Func]*ast.FuncDecl),
		params:    make(map[param]bool),
		results:   make(map[param]origin),
		sometimes: make(map[param]bool),
		busyParam: make(map[*ssa.Parameter]bool),
	}
	for _, f := range c.pass.Files {
		for _, d := range f.Decls {
			node, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			if fn, ok := c.pass.TypesInfo.Defs[node.Name].(*types.Func); ok {
				s.decls = append(s.decls, decl{fn, node})
				s.byFunc[fn] = node
			}
		}
	}
	return s
}

// ignores reports whether fn provably does nothing with its i'th parameter, a
// function that may be a cancel function.
func (s *summaries) ignores(fn *types.Func, i int) bool {
	sig := fn.Signature()
	if i >= sig.Params().Len() || sig.Variadic() && i == sig.Params().Len()-1 {
		return false
	}
	t := sig.Params().At(i).Type()
	if _, generic := t.(*types.TypeParam); !generic && !ctxmodel.IsCancelFunc(t) && !ctxmodel.CanHoldCancel(t) {
		return false
	}
	key := param{fn, i}
	if known, ok := s.params[key]; ok {
		return known
	}
	node := s.byFunc[fn]
	switch {
	case node == nil:
		fact := new(funcFact)
		s.params[key] = fn.Pkg() != s.c.pass.Pkg && s.c.pass.ImportObjectFact(fn, fact) && slices.Contains(fact.Ignores, i)
	case node.Body == nil:
		s.params[key] = false // assembly
	default:
		s.params[key] = true // a recursive call adds no use
		switch s.useOf(node.Body, sig.Params().At(i)) {
		case realUse:
			s.params[key] = false
		case obscureUse:
			s.params[key] = s.ignoresSSA(fn, i)
		}
	}
	return s.params[key]
}

// ignoresSSA decides what syntax cannot: whether copies of a parameter are used,
// whether a literal that uses it is ever run.
func (s *summaries) ignoresSSA(fn *types.Func, i int) bool {
	f := s.c.builder.SSA().Pkg.Prog.FuncValue(fn)
	if f == nil {
		return false
	}
	if fn.Signature().Recv() != nil {
		i++
	}
	return mustcall.Follow(s.c.protocol, &mustcall.Obligation{Value: f.Params[i]}).Uses.Lost()
}

// use is what a function does with a parameter, by the look of it.
type use uint8

const (
	noUse      use = iota // at most compares it, assigns it to the blank identifier, or hands it to a function that ignores it
	obscureUse            // also copies it, assigns to it, or uses it in a literal
	realUse
)

// useOf returns the use that body makes of v.
func (s *summaries) useOf(body *ast.BlockStmt, v *types.Var) use {
	if v.Name() == "" || v.Name() == "_" {
		return noUse
	}
	info := s.c.pass.TypesInfo
	harmless := make(map[*ast.Ident]bool)
	mark := func(e ast.Expr) {
		if id, ok := ast.Unparen(e).(*ast.Ident); ok {
			harmless[id] = true
		}
	}
	worst, assigned, literals := noUse, false, []*ast.FuncLit(nil)
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			literals = append(literals, n)
			return false
		case *ast.BinaryExpr:
			if n.Op == token.EQL || n.Op == token.NEQ {
				mark(n.X)
				mark(n.Y)
			}
		case *ast.AssignStmt:
			for i, lhs := range n.Lhs {
				if len(n.Lhs) != len(n.Rhs) {
					break
				}
				l, toVar := lhs.(*ast.Ident)
				r, isVar := ast.Unparen(n.Rhs[i]).(*ast.Ident)
				switch {
				case toVar && l.Name == "_":
					mark(n.Rhs[i])
				case toVar && (isVar && info.Uses[r] == v || info.Uses[l] == v):
					worst = max(worst, obscureUse)
					assigned = assigned || info.Uses[l] == v
					mark(l)
					mark(n.Rhs[i])
				}
			}
		case *ast.CallExpr:
			if callee := typeutil.StaticCallee(info, n); callee != nil {
				for i, arg := range n.Args {
					if id, ok := ast.Unparen(arg).(*ast.Ident); ok && info.Uses[id] == v && s.ignores(callee.Origin(), i) {
						harmless[id] = true
					}
				}
			}
		case *ast.Ident:
			if info.Uses[n] == v && !harmless[n] {
				worst = realUse
			}
		}
		return worst != realUse || !assigned
	})
	if assigned {
		return obscureUse // what is used may be something else by then
	}
	for _, lit := range literals {
		ast.Inspect(lit, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && info.Uses[id] == v {
				worst = max(worst, obscureUse)
			}
			return worst == noUse
		})
	}
	return worst
}

// result says whose business it is to call result i of fn.
func (s *summaries) result(fn *types.Func, i int) origin {
	t := fn.Signature().Results().At(i).Type()
	byType := ctxmodel.IsCancelFunc(t)
	if !byType && !ctxmodel.CanHoldCancel(t) {
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
	if calleeOf(&call.Call) != nil && ctxmodel.IsCancelFunc(call.Call.Signature().Results().At(i).Type()) {
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
		if elem := cell.Type().Underlying().(*types.Pointer).Elem(); !ctxmodel.IsCancelFunc(elem) && !ctxmodel.CanHoldCancel(elem) {
			continue
		}
		set.add(s.stored(cell, seen))
	}
	if !set.fresh && !set.borrowed {
		set.neutral = true
	}
	return set
}

// cancelTypes returns the struct types of the package with unexported fields of a
// cancel type, in source order.
func (s *summaries) cancelTypes() []cancelType {
	pkg := s.c.pass.Pkg
	var out []cancelType
	for _, name := range pkg.Scope().Names() {
		obj, ok := pkg.Scope().Lookup(name).(*types.TypeName)
		if !ok || obj.IsAlias() {
			continue
		}
		st, ok := obj.Type().Underlying().(*types.Struct)
		if !ok {
			continue
		}
		var fields []cancelField
		for f := range st.Fields() {
			if !f.Exported() && ctxmodel.IsCancelFunc(f.Type()) {
				fields = append(fields, cancelField{f.Name(), s.methodsCalling(obj, f)})
			}
		}
		if fields != nil {
			out = append(out, cancelType{obj, fields})
		}
	}
	return out
}

// methodsCalling returns the names of the methods of the type that call the field.
func (s *summaries) methodsCalling(obj *types.TypeName, f *types.Var) []string {
	var names []string
	for _, d := range s.decls {
		if d.node.Body == nil || receiverOf(d.fn) != obj {
			continue
		}
		calls := false
		ast.Inspect(d.node.Body, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok {
				if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
					if v, ok := s.c.pass.TypesInfo.Uses[sel.Sel].(*types.Var); ok && v.Origin() == f.Origin() {
						calls = true
					}
				}
			}
			return !calls
		})
		if calls {
			names = append(names, d.fn.Name())
		}
	}
	slices.Sort(names)
	return names
}

func receiverOf(fn *types.Func) *types.TypeName {
	r := fn.Signature().Recv()
	if r == nil {
		return nil
	}
	t := types.Unalias(r.Type())
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	if named, ok := t.(*types.Named); ok {
		return named.Origin().Obj()
	}
	return nil
}
