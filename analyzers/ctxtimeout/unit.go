package ctxtimeout

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"time"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/words"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
	"github.com/ctxlint/ctxlint/internal/pass/scope"
)

// checkLiterals reports durations that are made from bare integers, as the source has
// them. It reports whether the package computes durations, which takes SSA to judge.
func (c *checker) checkLiterals() (computes bool) {
	for _, f := range c.pass.Files {
		if scope.TestFile(c.pass.Fset, f.FileStart) {
			continue
		}
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				computes = c.checkArguments(n) || computes
				c.checkWaits(n)
			case *ast.CompositeLit:
				c.checkFields(n)
			case *ast.AssignStmt:
				c.checkAssigned(n)
			case *ast.BinaryExpr:
				computes = c.checkConstants(n) || computes
			}
			return true
		})
	}
	return computes
}

// checkArguments reports the bare integers among the arguments of a call. It reports
// whether the call converts something that is not constant to a duration.
func (c *checker) checkArguments(call *ast.CallExpr) (converts bool) {
	info := c.pass.TypesInfo
	if tv := info.Types[call.Fun]; tv.IsType() {
		return isDuration(tv.Type) && info.Types[call].Value == nil
	}
	fn, ok := typeutil.Callee(info, call).(*types.Func)
	if !ok || fn.Pkg() == nil || fn.Pkg() == c.pass.Pkg {
		return false // what a parameter of the package's own functions counts is theirs to say
	}
	params := fn.Signature().Params()
	for i, arg := range call.Args {
		if i < params.Len() && isDuration(params.At(i).Type()) {
			c.checkBare(arg, fn.Pkg().Path(), fn.Name())
		}
	}
	return false
}

func (c *checker) checkFields(lit *ast.CompositeLit) {
	for _, e := range lit.Elts {
		kv, ok := e.(*ast.KeyValueExpr)
		if !ok {
			continue
		}
		if id, ok := kv.Key.(*ast.Ident); ok {
			c.checkField(c.pass.TypesInfo.Uses[id], kv.Value)
		}
	}
}

func (c *checker) checkAssigned(assign *ast.AssignStmt) {
	if assign.Tok != token.ASSIGN || len(assign.Lhs) != len(assign.Rhs) {
		return
	}
	for i, lhs := range assign.Lhs {
		if sel, ok := lhs.(*ast.SelectorExpr); ok {
			c.checkField(c.pass.TypesInfo.Uses[sel.Sel], assign.Rhs[i])
		}
	}
}

func (c *checker) checkField(obj types.Object, value ast.Expr) {
	if v, ok := obj.(*types.Var); ok && v.IsField() && v.Pkg() != nil && v.Pkg() != c.pass.Pkg && isDuration(v.Type()) {
		c.checkBare(value, v.Pkg().Path(), v.Name())
		if waits[v.Pkg().Path()] {
			c.checkThousands(value)
		}
	}
}

// checkBare reports e, a duration for the function or field of a package with that name,
// if it is a bare integer that can only be meant in another unit.
func (c *checker) checkBare(e ast.Expr, pkg, name string) {
	v := c.pass.TypesInfo.Types[e].Value
	if v == nil || v.Kind() != constant.Int || !c.isBare(e) {
		c.report.Silent(unit, e.Pos(), hasUnit)
		return
	}
	n, exact := constant.Int64Val(v)
	switch {
	case !exact || time.Duration(n) >= leastReal:
		c.report.Silent(unit, e.Pos(), longEnough)
		return
	case n < leastBare:
		c.report.Silent(unit, e.Pos(), saysAtOnce)
		return
	}
	confidence := catalog.High
	if !waits[pkg] {
		confidence = catalog.Medium
	}
	c.report.ReportFinding(diag.Finding{
		Confidence: confidence,
		Diagnostic: analysis.Diagnostic{
			Pos: e.Pos(), End: e.End(), Category: unit,
			Message: fmt.Sprintf("a time.Duration counts nanoseconds, so %s gets %s here; multiply by the unit that is meant, such as time.Second", name, show(time.Duration(n))),
		},
	})
}

// leastBare is the least number that is reported. One nanosecond is a usual way to say
// "at once".
const leastBare = 2

// waits are the packages whose durations are all for waiting: none is worth less than a
// millisecond.
var waits = map[string]bool{"context": true, "time": true, "net": true, "net/http": true}

// isBare reports whether an expression has no unit in it: it is made of integer literals
// and of constants that are numbers. 1e9 is no integer literal: who writes that counts
// nanoseconds.
func (c *checker) isBare(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.BasicLit:
		return e.Kind == token.INT
	case *ast.Ident:
		return isNumber(c.pass.TypesInfo.Uses[e])
	case *ast.SelectorExpr:
		return isNumber(c.pass.TypesInfo.Uses[e.Sel])
	case *ast.BinaryExpr:
		return c.isBare(e.X) && c.isBare(e.Y)
	case *ast.CallExpr:
		return c.pass.TypesInfo.Types[e.Fun].IsType() && len(e.Args) == 1 && c.isBare(e.Args[0])
	}
	return false
}

func isNumber(obj types.Object) bool {
	k, ok := obj.(*types.Const)
	if !ok {
		return false
	}
	basic, ok := k.Type().(*types.Basic)
	return ok && basic.Info()&types.IsInteger != 0
}

// checkConstants reports a product of two constant durations. It reports whether e is a
// product of durations, one of which is not constant.
func (c *checker) checkConstants(e *ast.BinaryExpr) (computes bool) {
	if e.Op != token.MUL || !isDuration(c.pass.TypesInfo.TypeOf(e)) {
		return false
	}
	for _, operand := range [...]ast.Expr{e.X, e.Y} {
		v := c.pass.TypesInfo.Types[operand].Value
		if v == nil {
			return true
		}
		n, exact := constant.Int64Val(constant.ToInt(v))
		if !exact || time.Duration(n) < leastReal || c.isBare(operand) {
			return false
		}
	}
	c.reportProduct(e)
	return false
}

// checkProduct reports the product of a unit and what is a duration already.
func (c *checker) checkProduct(v *ssa.BinOp) {
	if v.Op != token.MUL || !isDuration(v.Type()) || isDivided(v) {
		return
	}
	if isUnit(v.Y) && !isBareConvert(v.X) && c.isReal(v.X) || isUnit(v.X) && !isBareConvert(v.Y) && c.isReal(v.Y) {
		if e, ok := enclosing(c, v.Pos(), func(e *ast.BinaryExpr) token.Pos { return e.OpPos }); ok {
			c.reportProduct(e)
		} else if s, ok := enclosing(c, v.Pos(), (*ast.AssignStmt).Pos); ok {
			c.reportProduct(s)
		}
	}
}

// isDivided reports whether a product is only divided by a duration: d * rate / time.Second
// counts in the unit of d again.
func isDivided(product *ssa.BinOp) bool {
	refs := *product.Referrers()
	return len(refs) > 0 && !slices.ContainsFunc(refs, func(ref ssa.Instruction) bool {
		quotient, ok := ref.(*ssa.BinOp)
		return !ok || quotient.Op != token.QUO || quotient.X != product || !isDuration(quotient.Y.Type())
	})
}

func isBareConvert(v ssa.Value) bool {
	_, ok := v.(*ssa.Convert)
	return ok
}

func (c *checker) reportProduct(n ast.Node) {
	c.report.Report(analysis.Diagnostic{
		Pos: n.Pos(), End: n.End(), Category: unit,
		Message: "both factors are durations, which count nanoseconds, so the product is far too long; multiply by a number, or drop the unit",
	})
}

// A scale is a place where a number becomes a duration of that unit.
type scale struct {
	unit time.Duration
	pos  token.Pos
}

// scalesIn returns by which unit the package multiplies the numbers in fields and
// package variables. A number with two units has none.
func (c *checker) scalesIn() map[*types.Var]scale {
	scales := make(map[*types.Var]scale)
	for _, fn := range c.builder.SSA().Funcs {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				v, ok := instr.(*ssa.BinOp)
				if !ok || v.Op != token.MUL || !isDuration(v.Type()) {
					continue
				}
				number, by := v.X, v.Y
				if !isUnit(by) {
					number, by = by, number
				}
				place := numberOf(number)
				if place == nil || !isUnit(by) {
					continue
				}
				d := time.Duration(by.(*ssa.Const).Int64())
				if old, ok := scales[place]; ok && old.unit != d {
					d = 0
				}
				if old, ok := scales[place]; !ok || d == 0 || v.Pos() < old.pos {
					scales[place] = scale{d, v.Pos()}
				}
			}
		}
	}
	return scales
}

// numberOf returns the field or package variable whose number a conversion makes a
// duration, or nil.
func numberOf(v ssa.Value) *types.Var {
	conv, ok := v.(*ssa.Convert)
	if !ok {
		change, ok := v.(*ssa.ChangeType)
		if !ok {
			return nil
		}
		return placeOf(change.X)
	}
	return placeOf(conv.X)
}

func placeOf(v ssa.Value) *types.Var {
	if f := ssax.FieldOf(v); f != nil {
		return f
	}
	if addr := ssax.LoadedFrom(v); addr != nil {
		return ssax.Place(addr)
	}
	return nil
}

// checkPassed reports numbers that a call of a function which waits gets as if they
// counted nanoseconds.
func (c *checker) checkPassed(call *ssa.Call) {
	fn := ssax.Callee(&call.Call)
	if fn == nil || fn.Pkg() == nil || !waits[fn.Pkg().Path()] {
		return
	}
	for _, arg := range call.Call.Args {
		if isDuration(arg.Type()) {
			c.checkNumber(arg, fn.Name(), call.Pos())
		}
	}
}

// checkStored does so for fields of packages that wait.
func (c *checker) checkStored(st *ssa.Store) {
	field := ssax.Place(st.Addr)
	if field != nil && field.Pkg() != nil && waits[field.Pkg().Path()] && isDuration(field.Type()) {
		c.checkNumber(st.Val, field.Name(), st.Pos())
	}
}

func (c *checker) checkNumber(v ssa.Value, name string, pos token.Pos) {
	if _, ok := v.(ssa.Instruction); !ok {
		return
	}
	place := numberOf(v)
	number := nameOf(v)
	confidence := catalog.Medium
	var related []analysis.RelatedInformation
	if s, ok := c.scaled[place]; ok && place != nil {
		if s.unit == 0 {
			c.report.Silent(unit, pos, severalUnit)
			return
		}
		confidence = catalog.High
		number = place.Name()
		related = []analysis.RelatedInformation{{Pos: s.pos, Message: fmt.Sprintf("here it is multiplied by %s", unitName(s.unit))}}
	} else if !words.Units.Trails(number) {
		if number != "" {
			c.report.Silent(unit, pos, nothingSays)
		}
		return
	}
	d := analysis.Diagnostic{
		Pos: pos, Category: unit, Related: related,
		Message: fmt.Sprintf("%s becomes a time.Duration without a unit, so %s counts nanoseconds; multiply by the unit that the number is in", number, name),
	}
	if e := c.syntax.Call(v.Pos()); e != nil {
		d.Pos, d.End = e.Pos(), e.End()
	}
	c.report.ReportFinding(diag.Finding{Diagnostic: d, Confidence: confidence})
}

// nameOf returns the name of what a conversion makes a duration, "" if it has none.
func nameOf(v ssa.Value) string {
	var x ssa.Value
	switch v := v.(type) {
	case *ssa.Convert:
		x = v.X
	case *ssa.ChangeType:
		x = v.X
	default:
		return ""
	}
	if place := placeOf(x); place != nil {
		return place.Name()
	}
	if p, ok := x.(*ssa.Parameter); ok {
		return p.Name()
	}
	return ""
}

func unitName(d time.Duration) string {
	switch d {
	case time.Microsecond:
		return "time.Microsecond"
	case time.Millisecond:
		return "time.Millisecond"
	case time.Second:
		return "time.Second"
	case time.Minute:
		return "time.Minute"
	case time.Hour:
		return "time.Hour"
	}
	return show(d)
}

// isWithTimeout reports whether fn takes the time that its context has.
func isWithTimeout(fn *types.Func) bool {
	return ctxlib.IsFunc(fn, "context", "WithTimeout") || ctxlib.IsFunc(fn, "context", "WithTimeoutCause")
}
