package ctxtimeout

import (
	"go/constant"
	"go/token"
	"go/types"
	"time"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/fixpoint"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

func isDuration(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Name() == "Duration" && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == "time"
}

// constant returns the duration that v always is: a constant, or a package variable
// that nothing but its declaration sets.
func (c *checker) constantOf(v ssa.Value) (time.Duration, bool) {
	if load, ok := v.(*ssa.UnOp); ok && load.Op == token.MUL {
		g, ok := load.X.(*ssa.Global)
		if !ok || g.Pkg != c.builder.SSA().Pkg || g.Object() != nil && g.Object().Exported() {
			return 0, false
		}
		set, ok := c.builder.SSA().Index().Global(g).Only()
		if !ok {
			return 0, false
		}
		v = set
	}
	k, ok := v.(*ssa.Const)
	if !ok || k.Value == nil || k.Value.Kind() != constant.Int || !isDuration(k.Type()) {
		return 0, false
	}
	return time.Duration(k.Int64()), true
}

// A real duration is one that was measured, parsed or made with a unit, and not a number
// that only has the type.

// newReals returns the solver for parameters and places that never hold anything but
// real durations.
func (c *checker) newReals() *fixpoint.Solver[any, bool] {
	return fixpoint.NewBool(true, false, func(key any) bool {
		switch key := key.(type) {
		case *ssa.Parameter:
			return c.realParameter(key)
		case *ssa.Function:
			return c.realFunc(key)
		case *types.Var:
			return c.allReal(c.builder.SSA().Index().FieldStores(key))
		case *ssa.Global:
			uses := c.builder.SSA().Index().Global(key)
			return !uses.Escapes && c.allReal(uses.Stores)
		}
		return false
	})
}

func (c *checker) realParameter(p *ssa.Parameter) bool {
	calls, all := c.builder.SSA().Index().AllCalls(p.Parent())
	if !all || len(calls) == 0 {
		return false
	}
	for _, call := range calls {
		if arg := ssax.Argument(call.Common(), p); arg == nil || !c.isReal(arg) {
			return false
		}
	}
	return true
}

// realFunc reports whether a function returns nothing but a real duration.
func (c *checker) realFunc(fn *ssa.Function) bool {
	returns := ssax.Returns(fn)
	for _, ret := range returns {
		if len(ret.Results) != 1 || !c.isReal(ret.Results[0]) {
			return false
		}
	}
	return len(returns) > 0
}

func (c *checker) allReal(stores []*ssa.Store) bool {
	for _, st := range stores {
		if !c.isReal(st.Val) {
			return false
		}
	}
	return len(stores) > 0
}

// leastReal is the least constant that is taken for a real duration: nobody counts
// seconds by the million.
const leastReal = time.Millisecond

// isReal reports whether v is certain to be a real duration.
func (c *checker) isReal(v ssa.Value) bool { return c.real(v, make(map[ssa.Value]bool)) }

// real is isReal; the values in seen are being asked about.
func (c *checker) real(v ssa.Value, seen map[ssa.Value]bool) bool {
	if seen[v] {
		return true // adds nothing
	}
	seen[v] = true
	switch v := v.(type) {
	case *ssa.Const:
		return v.Value != nil && v.Value.Kind() == constant.Int && time.Duration(v.Int64()) >= leastReal
	case *ssa.Call:
		body := ssax.Body(ssax.Static(&v.Call))
		return measures(ssax.Callee(&v.Call)) || body != nil && c.reals.Get(body)
	case *ssa.Extract:
		call, ok := v.Tuple.(*ssa.Call)
		return ok && measures(ssax.Callee(&call.Call))
	case *ssa.Phi:
		for _, e := range v.Edges {
			if !c.real(e, seen) {
				return false
			}
		}
		return true
	case *ssa.BinOp:
		return c.realResult(v, seen)
	case *ssa.Parameter:
		return c.reals.Get(v)
	case *ssa.UnOp:
		return v.Op == token.MUL && c.realAt(v.X, seen)
	}
	return false
}

// realResult is real for the result of an operation.
func (c *checker) realResult(v *ssa.BinOp, seen map[ssa.Value]bool) bool {
	switch v.Op {
	case token.ADD, token.SUB:
		return c.real(v.X, seen) && c.real(v.Y, seen)
	case token.MUL:
		_, x := v.X.(*ssa.Convert)
		_, y := v.Y.(*ssa.Convert)
		return isUnit(v.Y) && (x || c.real(v.X, seen)) || isUnit(v.X) && (y || c.real(v.Y, seen))
	}
	return false
}

// realAt is real for what is loaded from addr.
func (c *checker) realAt(addr ssa.Value, seen map[ssa.Value]bool) bool {
	switch addr := addr.(type) {
	case *ssa.Global:
		return addr.Pkg == c.builder.SSA().Pkg && !addr.Object().Exported() && c.reals.Get(addr)
	case *ssa.FieldAddr:
		field := ssax.FieldOf(addr)
		return field != nil && field.Pkg() == c.pass.Pkg && !field.Exported() && c.reals.Get(field)
	case *ssa.Call: // flag.Duration
		return measures(ssax.Callee(&addr.Call))
	case *ssa.Alloc:
		uses := ssax.UsesOf(addr)
		if uses.Escapes || len(uses.Stores) == 0 {
			return false
		}
		for _, st := range uses.Stores {
			if !c.real(st.Val, seen) {
				return false
			}
		}
		return true
	}
	return false
}

// isUnit reports whether v is a constant by which a number becomes a duration.
func isUnit(v ssa.Value) bool {
	k, ok := v.(*ssa.Const)
	return ok && isDuration(k.Type()) && k.Value != nil && k.Value.Kind() == constant.Int && time.Duration(k.Int64()) >= time.Microsecond
}

// measures reports whether a function returns a duration that was measured or parsed,
// or is made of one.
func measures(fn *types.Func) bool {
	return ctxlib.IsFunc(fn, "time", "Since") || ctxlib.IsFunc(fn, "time", "Until") || ctxlib.IsFunc(fn, "time", "ParseDuration") ||
		ctxlib.IsFunc(fn, "flag", "Duration") || ctxlib.IsMethod(fn, "flag", "FlagSet", "Duration") || ctxlib.IsMethod(fn, "time", "Time", "Sub")
}

// show writes a duration without the parts that are zero: 5m instead of 5m0s.
func show(d time.Duration) string {
	s := d.String()
	for _, zero := range [...]string{"m0s", "h0m"} {
		if n := len(s) - len(zero); n > 0 && s[n:] == zero {
			s = s[:n+1]
		}
	}
	return s
}
