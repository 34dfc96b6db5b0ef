package ctxtimeout

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"time"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
)

// leastThousand is the number of seconds from which on nobody counts a wait in seconds
// that is no whole number of minutes: 1000 of them are a quarter of an hour and some.
const leastThousand = 1000

// checkThousands reports a wait of thousands of seconds that is no whole number of
// minutes: as many milliseconds are meant.
//
//	client := &http.Client{Timeout: time.Second * 5000}
func (c *checker) checkThousands(e ast.Expr) {
	product := c.productOf(e)
	if product == nil || c.thousands[product] {
		return
	}
	n, ok := c.secondsIn(product)
	if !ok || n < leastThousand || n%60 == 0 {
		return
	}
	c.thousands[product] = true
	c.report.ReportFinding(diag.Finding{
		Confidence: catalog.Medium,
		Diagnostic: analysis.Diagnostic{
			Pos: product.Pos(), End: product.End(), Category: unit,
			Message: fmt.Sprintf("these %d seconds are %s, which nobody waits for; multiply by time.Millisecond, if that is meant", n, time.Duration(n)*time.Second),
		},
	})
}

// productOf returns the product that an expression is, or that a constant of the package is
// declared to be; nil for others.
func (c *checker) productOf(e ast.Expr) *ast.BinaryExpr {
	switch e := ast.Unparen(e).(type) {
	case *ast.BinaryExpr:
		return e
	case *ast.Ident:
		return c.products()[c.pass.TypesInfo.Uses[e]]
	}
	return nil
}

// products returns the constants of the package that are products.
func (c *checker) products() map[types.Object]*ast.BinaryExpr {
	if c.constants != nil {
		return c.constants
	}
	c.constants = make(map[types.Object]*ast.BinaryExpr)
	for id, obj := range c.pass.TypesInfo.Defs {
		if _, ok := obj.(*types.Const); !ok || !isDuration(obj.Type()) {
			continue
		}
		spec, _ := c.syntax.NodeAt(id.Pos(), func(n ast.Node) bool { _, ok := n.(*ast.ValueSpec); return ok }).(*ast.ValueSpec)
		for i := range min(len(spec.Names), len(spec.Values)) {
			if product, ok := ast.Unparen(spec.Values[i]).(*ast.BinaryExpr); ok && spec.Names[i] == id {
				c.constants[obj] = product
			}
		}
	}
	return c.constants
}

// secondsIn returns the integer literal that a product multiplies time.Second by.
func (c *checker) secondsIn(e *ast.BinaryExpr) (n int64, ok bool) {
	if e.Op != token.MUL {
		return 0, false
	}
	number, by := ast.Unparen(e.X), ast.Unparen(e.Y)
	if _, first := number.(*ast.BasicLit); !first {
		number, by = by, number
	}
	lit, ok := number.(*ast.BasicLit)
	sel, isSel := by.(*ast.SelectorExpr)
	if !ok || !isSel || lit.Kind != token.INT {
		return 0, false
	}
	if k, ok := c.pass.TypesInfo.Uses[sel.Sel].(*types.Const); !ok || k.Pkg() == nil || k.Pkg().Path() != "time" || k.Name() != "Second" {
		return 0, false
	}
	return constant.Int64Val(constant.ToInt(c.pass.TypesInfo.Types[lit].Value))
}

// checkWaits checks how long a call of the standard library waits.
func (c *checker) checkWaits(call *ast.CallExpr) {
	fn, ok := typeutil.Callee(c.pass.TypesInfo, call).(*types.Func)
	if !ok || fn.Pkg() == nil {
		return
	}
	switch {
	case isWithTimeout(fn), ctxlib.IsFunc(fn, "net", "DialTimeout"):
	case ctxlib.IsFunc(fn, "time", "Sleep"), ctxlib.IsFunc(fn, "time", "After"), ctxlib.IsFunc(fn, "time", "AfterFunc"), ctxlib.IsFunc(fn, "time", "NewTimer"):
	case setsDeadline(fn):
		if add, ok := ast.Unparen(call.Args[0]).(*ast.CallExpr); ok && len(add.Args) == 1 {
			if fn, ok := typeutil.Callee(c.pass.TypesInfo, add).(*types.Func); ok && ctxlib.IsMethod(fn, "time", "Time", "Add") {
				c.checkThousands(add.Args[0])
			}
		}
		return
	default:
		return
	}
	for _, arg := range call.Args {
		if t := c.pass.TypesInfo.TypeOf(arg); t != nil && isDuration(t) {
			c.checkThousands(arg)
		}
	}
}

// setsDeadline reports whether a method gives a connection a deadline.
func setsDeadline(fn *types.Func) bool {
	switch fn.Name() {
	case "SetDeadline", "SetReadDeadline", "SetWriteDeadline":
		return (fn.Pkg().Path() == "net" || fn.Pkg().Path() == "crypto/tls") && fn.Signature().Params().Len() == 1
	}
	return false
}
