package goroutineleak

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"
)

// bufferFix returns the fix that gives the channel room for the one value that is
// sent, nil if there may be more.
func (c *checker) bufferFix(d *delivery) *analysis.SuggestedFix {
	if d.given != nil {
		d = d.given.own
	}
	made := d.root()
	total := 0
	for site, n := range d.sends {
		total += n
		if loop := c.pkg.Loops(d.Fn).Around(site.Block()); loop != nil && !loop.Contains(made) {
			return nil
		}
	}
	if total != 1 || d.capacity != 0 {
		return nil
	}
	call := c.makeCall(made)
	if call == nil || len(call.Args) == 0 {
		return nil
	}
	edit := analysis.TextEdit{Pos: call.Args[0].End(), End: call.Args[0].End(), NewText: []byte(", 1")}
	if len(call.Args) == 2 {
		if lit, ok := call.Args[1].(*ast.BasicLit); !ok || lit.Value != "0" {
			return nil
		}
		edit = analysis.TextEdit{Pos: call.Args[1].Pos(), End: call.Args[1].End(), NewText: []byte("1")}
	}
	return &analysis.SuggestedFix{Message: "Give the channel room for the value", TextEdits: []analysis.TextEdit{edit}}
}

// makeCall returns the call of make from which an SSA instruction comes.
func (c *checker) makeCall(made *ssa.MakeChan) *ast.CallExpr {
	call := c.syntax.Call(made.Pos())
	if call == nil {
		return nil
	}
	id, ok := ast.Unparen(call.Fun).(*ast.Ident)
	if !ok {
		return nil
	}
	if b, ok := c.pass.TypesInfo.Uses[id].(*types.Builtin); !ok || b.Name() != "make" {
		return nil
	}
	return call
}
