package taint

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/metriclib"
)

// A guard is an edge of the control flow graph on which a value is known to be
// one of few: it was compared with a constant, or found in a set. A value is
// guarded where every path from the function's entry passes a guard of it; so
// "switch v { case "a", "b": default: v = "other" }" is understood along with
// chains of conditions and predicates.

// guarded reports whether v is known to be one of few values at u.
func (w *walk) guarded(v ssa.Value, u use) bool {
	if u.block == nil || u.block.Parent() != v.Parent() || !comparable(v.Type()) {
		return false
	}
	return w.query(func(x ssa.Value) bool { return same(x, v) }).guarded(u)
}

func comparable(t types.Type) bool {
	_, isBasic := t.Underlying().(*types.Basic)
	return isBasic || ctxlib.IsError(t)
}

// A query asks where values that match are guarded.
type query struct {
	*walk
	match func(ssa.Value) bool
	uses  map[use]bool
	conds map[outcome]bool
	depth int  // of predicates that call predicates
	loose bool // any successful call with the value counts, see [Origin.Vetted]
}

type outcome struct {
	cond  ssa.Value
	truth bool
}

func (w *walk) query(match func(ssa.Value) bool) *query {
	return &query{walk: w, match: match, uses: make(map[use]bool), conds: make(map[outcome]bool)}
}

// guarded reports whether matching values are guarded at u. It is false where
// the answer depends on itself.
func (q *query) guarded(u use) bool {
	known, ok := q.uses[u]
	if !ok {
		q.uses[u] = false
		known = q.allWays(u)
		q.uses[u] = known
	}
	return known
}

// allWays reports whether every path from the entry to u passes a guard.
func (q *query) allWays(u use) bool {
	type edge struct{ from, to *ssa.BasicBlock }
	var work []edge
	seen := make(map[*ssa.BasicBlock]bool)
	into := func(b *ssa.BasicBlock) bool { // false if b is the entry
		if b.Index == 0 || b == b.Parent().Recover {
			return false
		}
		if !seen[b] {
			seen[b] = true
			for _, p := range b.Preds {
				work = append(work, edge{p, b})
			}
		}
		return true
	}
	if u.to != nil {
		work = append(work, edge{u.block, u.to})
	} else if !into(u.block) {
		return false
	}
	for len(work) > 0 {
		e := work[len(work)-1]
		work = work[:len(work)-1]
		if q.isGuard(e.from, e.to) {
			continue
		}
		if !into(e.from) {
			return false
		}
	}
	return true
}

// isGuard reports whether the edge between two blocks is a guard.
func (q *query) isGuard(from, to *ssa.BasicBlock) bool {
	branch, ok := from.Instrs[len(from.Instrs)-1].(*ssa.If)
	return ok && from.Succs[0] != from.Succs[1] && q.implies(branch.Cond, from.Succs[0] == to)
}

// implies reports whether a matching value is one of few if cond has the given
// outcome.
func (q *query) implies(cond ssa.Value, truth bool) bool {
	key := outcome{cond, truth}
	known, ok := q.conds[key]
	if !ok {
		q.conds[key] = false
		known = q.judge(cond, truth)
		q.conds[key] = known
	}
	return known
}

func (q *query) judge(cond ssa.Value, truth bool) bool {
	switch cond := cond.(type) {
	case *ssa.UnOp:
		return cond.Op == token.NOT && q.implies(cond.X, !truth)
	case *ssa.BinOp:
		return q.comparison(cond, truth)
	case *ssa.Extract:
		switch tuple := cond.Tuple.(type) {
		case *ssa.Lookup:
			return truth && q.match(stripped(tuple.Index))
		case *ssa.Call: // entry, ok := store.Get(name)
			return truth && (q.looksUp(tuple) || q.vets(tuple))
		}
	case *ssa.Lookup:
		return truth && q.match(stripped(cond.Index))
	case *ssa.Phi: // && and ||
		for i, e := range cond.Edges {
			u := use{cond.Block().Preds[i], cond.Block()}
			if k, ok := e.(*ssa.Const); ok {
				if k.Value != nil && (k.Value.String() == "true") == truth && !q.guarded(u) {
					return false
				}
			} else if !q.implies(e, truth) && !q.guarded(u) {
				return false
			}
		}
		return true
	case *ssa.Call:
		return truth && (q.predicate(cond) || q.vets(cond))
	}
	return false
}

// comparison judges x == y and x != y, and whether a count is below a limit.
func (q *query) comparison(cond *ssa.BinOp, truth bool) bool {
	if cond.Op != token.EQL && cond.Op != token.NEQ {
		return q.capped(cond, truth)
	}
	equal := (cond.Op == token.EQL) == truth
	if equal && q.found(cond.X, cond.Y) {
		return true
	}
	for _, p := range [...][2]ssa.Value{{cond.X, cond.Y}, {cond.Y, cond.X}} {
		if equal && q.match(stripped(p[0])) && isFixed(p[1]) {
			return true
		}
		// if h := handlers[name]; h != nil
		if lookup, ok := p[0].(*ssa.Lookup); ok && !equal && q.match(stripped(lookup.Index)) {
			if k, ok := p[1].(*ssa.Const); ok && (k.IsNil() || stringOf(k) == "") {
				return true
			}
		}
		if v, ok := p[0].(*ssa.Extract); ok && !equal && v.Index == 0 {
			if lookup, ok := v.Tuple.(*ssa.Lookup); ok && q.match(stripped(lookup.Index)) {
				return true
			}
		}
	}
	return false
}

// isFixed reports whether v may be taken never to change: a constant, a package
// variable such as an error, or a field, as of a configuration.
func isFixed(v ssa.Value) bool {
	v = ssax.Strip(v)
	switch x := v.(type) {
	case *ssa.Const:
		return true
	case *ssa.Convert:
		return isFixed(x.X)
	}
	switch addr := ssax.LoadedFrom(v).(type) {
	case *ssa.Global:
		return true
	case *ssa.FieldAddr:
		s, named := metriclib.FieldOf(addr.X.Type(), addr.Field)
		_, isSource := metriclib.FieldSource(s)
		return named && !isSource
	}
	return false
}

// stripped returns what v is made from by conversions and by functions that do
// not map many values to one (strings.ToLower).
func stripped(v ssa.Value) ssa.Value {
	for {
		v = ssax.Strip(v)
		switch x := v.(type) {
		case *ssa.Convert:
			v = x.X
		case *ssa.Call:
			fn := ssax.Callee(&x.Call)
			if !ctxlib.IsFunc(fn, "strings", "ToLower") && !ctxlib.IsFunc(fn, "strings", "ToUpper") && !ctxlib.IsFunc(fn, "strings", "TrimSpace") {
				return v
			}
			v = x.Call.Args[0]
		default:
			return v
		}
	}
}

// same reports whether two values are the same apart from what [stripped]
// removes, or are two reads of one place. It does not look for a store between
// them.
func same(a, b ssa.Value) bool { return ssax.Same(stripped(a), stripped(b), getter) }

// getter reports whether two calls of fn with the same arguments return the
// same.
func getter(fn *types.Func) bool {
	_, source := metriclib.SourceOf(fn)
	_, carrier := metriclib.Carries(fn)
	return source || carrier || fn.Signature().Recv() != nil && fn.Signature().Params().Len() == 0
}

// survives reports whether load can read the value of store s: a path between
// them has none of the other stores, and no guard.
func (w *walk) survives(s *ssa.Store, stores []*ssa.Store, load *ssa.UnOp) bool {
	if len(stores) == 1 && !comparable(s.Val.Type()) {
		return true
	}
	return w.reaches(s, stores, func(i ssa.Instruction) bool { return i == load })
}

// survivesUntil reports whether the value of store s can still be there when
// the function literal that mc makes reads it: when the literal is made, or
// when the function returns. If mc is nil, only the latter counts.
func (w *walk) survivesUntil(s *ssa.Store, stores []*ssa.Store, mc *ssa.MakeClosure) bool {
	return w.reaches(s, stores, func(i ssa.Instruction) bool {
		switch i.(type) {
		case *ssa.Return, *ssa.RunDefers, *ssa.Panic:
			return true
		}
		return mc != nil && i == ssa.Instruction(mc)
	})
}

func (w *walk) reaches(s *ssa.Store, stores []*ssa.Store, target func(ssa.Instruction) bool) bool {
	match := func(v ssa.Value) bool {
		if same(v, s.Val) {
			return true
		}
		load, ok := stripped(v).(*ssa.UnOp)
		return ok && load.Op == token.MUL && load.X == s.Addr
	}
	q := w.query(match)
	search := ssax.Search{
		Goal:    target,
		Barrier: func(instr ssa.Instruction) bool { return ssax.IsOneOf(instr, stores) },
		Edge:    func(from, to *ssa.BasicBlock) bool { return !q.isGuard(from, to) },
	}
	return search.After(s)
}
