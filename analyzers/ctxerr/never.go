package ctxerr

import (
	"fmt"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
)

// checkNeverEqual reports a comparison of an error with that of a package variable, where
// everything that the error may come from returns such errors only in others:
//
//	func (s *Store) Get(key string) error {
//		…
//		return fmt.Errorf("get %s: %w", key, ErrNotFound)
//	}
//
//	if s.Get(key) == ErrNotFound {
func (c *checker) checkNeverEqual(cmp *ssa.BinOp) bool {
	err, g := cmp.X, c.packageError(cmp.Y)
	if g == nil {
		err, g = cmp.Y, c.packageError(cmp.X)
	}
	if g == nil || isIs(cmp.Parent()) {
		return false
	}
	result, from := c.outcomeOf(err)
	if result.unknown || from == nil {
		return false
	}
	names := result.names()
	exact := slices.Contains(names, nameOf(g.Pkg.Pkg, g.Name()))
	if !exact && !slices.Contains(names, anyError) {
		return false // it was not expected there, or is known by another name
	}
	c.reportNeverEqual(cmp, g, from, exact)
	return true
}

// packageError returns the package variable that holds the error v, unless functions of
// the package assign to it.
func (c *checker) packageError(v ssa.Value) *ssa.Global {
	g, ok := ssax.LoadedFrom(v).(*ssa.Global)
	if !ok || !ctxlib.IsError(v.Type()) {
		return nil
	}
	if g.Pkg == c.builder.SSA().Pkg && slices.ContainsFunc(c.builder.SSA().Index().GlobalStores(g), func(st *ssa.Store) bool { return !ssax.IsInit(st.Parent()) }) {
		return nil
	}
	return g
}

// outcomeOf returns the union over all that the error v may come from, and the function of
// which one of these is the result.
func (c *checker) outcomeOf(v ssa.Value) (all outcome, from *types.Func) {
	work := ssax.NewWork(v)
	for v := range work.All() {
		switch v := v.(type) {
		case *ssa.Const:
			continue
		case *ssa.Phi:
			work.Add(v.Edges...)
			continue
		case *ssa.ChangeInterface:
			work.Add(v.X)
			continue
		case *ssa.UnOp:
			values, ok := c.storedAt(v)
			if !ok {
				return outcome{unknown: true}, nil
			}
			work.Add(values...)
			continue
		}
		fn, result := c.returnedBy(v)
		if all = all.or(result); all.unknown {
			return all, nil
		}
		if result.wraps != "" && (from == nil || fn.FullName() < from.FullName()) {
			from = fn
		}
	}
	return all, from
}

// storedAt returns all errors that the variable, or the field of a type of the package, may
// hold that v is loaded from. ok is false if others may store there.
func (c *checker) storedAt(v *ssa.UnOp) (values []ssa.Value, ok bool) {
	if v.Op != token.MUL {
		return nil, false
	}
	var uses *ssax.Uses
	if cell, local := ssax.Variable(v.X); local {
		uses = ssax.UsesOf(cell)
	} else if f := ssax.FieldOf(v.X); f != nil && !f.Exported() && f.Pkg() == c.pass.Pkg {
		uses = c.builder.SSA().Index().Field(f)
	} else {
		return nil, false
	}
	for _, st := range uses.Stores {
		values = append(values, st.Val)
	}
	return values, !uses.Escapes
}

// returnedBy returns the function whose last result v is, and what is known of that.
func (c *checker) returnedBy(v ssa.Value) (*types.Func, outcome) {
	call, ok := v.(*ssa.Call)
	if ext, many := v.(*ssa.Extract); many {
		if call, ok = ext.Tuple.(*ssa.Call); ok && ext.Index != call.Call.Signature().Results().Len()-1 {
			ok = false
		}
	}
	if !ok || call.Call.IsInvoke() {
		return nil, outcome{unknown: true}
	}
	fn := ssax.Callee(&call.Call)
	if ctxlib.IsFunc(fn, "fmt", "Errorf") {
		return fn, wrapping(anyError)
	}
	return fn, c.outcomes.of(fn)
}

func (c *checker) reportNeverEqual(cmp *ssa.BinOp, g *ssa.Global, from *types.Func, exact bool) {
	name := g.Name()
	if g.Pkg.Pkg != c.pass.Pkg {
		name = g.Pkg.Pkg.Name() + "." + name
	}
	d, ask, fix, ok := c.comparing(cmp, name)
	if !ok {
		return
	}
	d.Message = fmt.Sprintf("%s returns %s only inside of another error, which never equals it; ask %s", c.shortName(from), name, ask)
	confidence := catalog.High
	if !exact {
		confidence = catalog.Low // perhaps it is in none of them
		d.Message = fmt.Sprintf("%s returns each error inside of another one, which never equals %s; ask %s", c.shortName(from), name, ask)
	}
	if fix != nil && exact {
		d.SuggestedFixes = []analysis.SuggestedFix{*fix}
	}
	c.report.ReportFinding(diag.Finding{Diagnostic: d, Confidence: confidence})
}

// shortName returns the name of a function, with the type that it is of, or the package if
// it is of another one.
func (c *checker) shortName(fn *types.Func) string {
	name := ctxlib.ReceiverName(fn)
	if name == "" && fn.Pkg() != c.pass.Pkg {
		name = fn.Pkg().Name()
	}
	if name == "" {
		return fn.Name()
	}
	return name + "." + fn.Name()
}
