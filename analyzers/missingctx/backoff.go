package missingctx

import (
	"go/token"
	"time"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
)

// fixedAt returns the least duration that v is: a constant, or a parameter that all callers,
// which have to be in view, give constants.
func (c *checker) fixedAt(v ssa.Value) (d time.Duration, ok bool) {
	switch v := v.(type) {
	case *ssa.Const:
		if v.Value == nil {
			return 0, true
		}
		return time.Duration(v.Int64()), true
	case *ssa.Parameter:
		calls, all := c.builder.SSA().Index().AllCalls(v.Parent())
		for i, call := range calls {
			k, isConst := ssax.Argument(call.Common(), v).(*ssa.Const)
			if !isConst || k.Value == nil {
				return 0, false
			}
			if n := time.Duration(k.Int64()); i == 0 || n < d {
				d = n
			}
		}
		return d, all && len(calls) > 0
	}
	return 0, false
}

// atLeast returns the least that a duration is, and whether that is known: it is a
// constant, a number of times one, or a variable that begins with one and only grows.
func (c *checker) atLeast(v ssa.Value) (d time.Duration, ok bool) {
	switch v := v.(type) {
	case *ssa.Const, *ssa.Parameter:
		return c.fixedAt(v)
	case *ssa.BinOp:
		unit, ok := c.unitOf(v)
		// Who counts in microseconds means no long wait.
		return unit, ok && (unit >= shortNap || unit > 0 && unit < time.Millisecond)
	case *ssa.Phi:
		least, _, _, ok := c.growth(v)
		return least, ok
	}
	return 0, false
}

// unitOf returns the constant that a product has as a factor, or that is shifted to the left.
func (c *checker) unitOf(v *ssa.BinOp) (unit time.Duration, ok bool) {
	if v.Op == token.SHL {
		return c.fixedAt(v.X)
	}
	if v.Op != token.MUL {
		return 0, false
	}
	unit = 1
	for _, factor := range factors(v) {
		if k, fixed := c.fixedAt(factor); fixed {
			unit, ok = unit*k, true
		}
	}
	return unit, ok
}

// factors returns the factors of a product.
func factors(v ssa.Value) []ssa.Value {
	if mul, ok := v.(*ssa.BinOp); ok && mul.Op == token.MUL {
		return append(factors(mul.X), factors(mul.Y)...)
	}
	return []ssa.Value{v}
}

// growth returns the least and the largest constant that a variable of a loop is, apart
// from what it is multiplied by, and whether it is multiplied. ok is false if it may be
// something else.
func (c *checker) growth(v *ssa.Phi) (least, most time.Duration, grows, ok bool) {
	work := ssax.NewWork[ssa.Value](v)
	for v := range work.All() {
		switch v := v.(type) {
		case *ssa.Const, *ssa.Parameter:
			d, fixed := c.fixedAt(v)
			if !fixed {
				return 0, 0, false, false
			}
			if least == 0 || d < least {
				least = d
			}
			most = max(most, d)
		case *ssa.Phi:
			work.Add(v.Edges...)
		case *ssa.BinOp:
			x, y := v.X, v.Y
			if _, first := x.(*ssa.Const); first && v.Op != token.SHL {
				x, y = y, x
			}
			by, isConst := y.(*ssa.Const)
			if !isConst || by.Int64() < 1 || v.Op != token.MUL && v.Op != token.SHL && v.Op != token.ADD {
				return 0, 0, false, false
			}
			grows = grows || v.Op == token.SHL || v.Op == token.MUL && by.Int64() > 1
			work.Add(x)
		case *ssa.Call:
			if b, isBuiltin := v.Call.Value.(*ssa.Builtin); !isBuiltin || b.Name() != "min" && b.Name() != "max" {
				return 0, 0, false, false
			}
			work.Add(v.Call.Args...)
		default:
			return 0, 0, false, false
		}
	}
	return least, most, grows, least > 0
}

// doubles reports whether a duration, of which the least is known, becomes twice as long
// from one iteration to the next, and not only up to something short.
func (c *checker) doubles(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.Phi:
		least, most, grows, ok := c.growth(v)
		return ok && grows && (most == least || most >= longNap)
	case *ssa.BinOp:
		if v.Op == token.SHL {
			_, isConst := v.Y.(*ssa.Const)
			return !isConst
		}
		for _, factor := range factors(v) {
			if conv, ok := factor.(*ssa.Convert); ok {
				factor = conv.X
			}
			if shift, ok := factor.(*ssa.BinOp); ok && shift.Op == token.SHL {
				one, isConst := shift.X.(*ssa.Const)
				_, fixed := shift.Y.(*ssa.Const)
				return isConst && one.Int64() > 0 && !fixed
			}
		}
	}
	return false
}

// doubled returns the last of some waits, each twice as long as the one before, and all
// of them together. Where the number is not known, they get as long as anybody may think.
func doubled(first time.Duration, trips int64, counted bool) (last, total time.Duration) {
	if !counted {
		return time.Hour, time.Hour
	}
	const most = 16 // which makes hours of a tenth of a second
	n := min(max(trips, 1), most)
	return first << (n - 1), first<<n - first
}
