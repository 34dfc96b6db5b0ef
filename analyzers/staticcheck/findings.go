package staticcheck

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/pass/scope"
)

// What becomes of a finding depends on the code there, and on nothing else: not on what
// other analyzers find, which may be turned off.

func everywhere(*shared, token.Pos) bool { return true }

// inTest reports whether pos is in a test, which may do on purpose what nothing else
// should do: to pass a nil context shows what becomes of it.
func inTest(s *shared, pos token.Pos) bool {
	return scope.TestFile(s.pass.Fset, pos)
}

// A setting is a call that puts a value in a context, with a constant as the key.
type setting struct{ key, value string }

// collides reports whether the package, without its tests, also sets the key at pos to a
// value of another type: ctxkey says that one overwrites the other.
func collides(s *shared, pos token.Pos) bool {
	var here setting
	var others []setting
	for cur := range s.syntax.Inspector().Root().Preorder((*ast.CallExpr)(nil)) {
		call := cur.Node().(*ast.CallExpr)
		set, ok := settingOf(s.pass.TypesInfo, call)
		if !ok || scope.TestFile(s.pass.Fset, call.Pos()) {
			continue
		}
		if call.Args[1].Pos() == pos {
			here = set
		}
		others = append(others, set)
	}
	return here.key != "" && slices.ContainsFunc(others, func(other setting) bool { return other.key == here.key && other.value != here.value })
}

func settingOf(info *types.Info, call *ast.CallExpr) (setting, bool) {
	if fn, ok := typeutil.Callee(info, call).(*types.Func); !ok || fn.FullName() != "context.WithValue" || len(call.Args) != 3 {
		return setting{}, false
	}
	key, value := info.Types[call.Args[1]], info.TypeOf(call.Args[2])
	if key.Value == nil || types.IsInterface(value) || info.Types[call.Args[2]].IsNil() {
		return setting{}, false
	}
	return setting{key.Type.String() + " " + key.Value.ExactString(), value.String()}, true
}

// hearsDone reports whether the break at pos ends the case of a select that hears of the
// end of a context, and nothing comes after the select in the loop around it:
// selectdefault and goroutineleak say that the loop goes on there.
func hearsDone(s *shared, pos token.Pos) bool {
	clause, ok := clauseAround(s, pos).(*ast.CommClause)
	if !ok {
		return false
	}
	call, ok := received(clause).(*ast.CallExpr)
	if !ok {
		return false
	}
	done, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || done.Sel.Name != "Done" || !ctxlib.IsContext(s.pass.TypesInfo.TypeOf(done.X)) {
		return false
	}
	loop := s.syntax.NodeAt(pos, func(n ast.Node) bool {
		_, isFor := n.(*ast.ForStmt)
		_, isRange := n.(*ast.RangeStmt)
		return isFor || isRange
	})
	var body *ast.BlockStmt
	switch loop := loop.(type) {
	case *ast.ForStmt:
		body = loop.Body
	case *ast.RangeStmt:
		body = loop.Body
	default:
		return false
	}
	last := body.List[len(body.List)-1]
	return last.Pos() <= pos && pos < last.End()
}

// clauseAround returns the innermost case of a switch or select around pos.
func clauseAround(s *shared, pos token.Pos) ast.Node {
	return s.syntax.NodeAt(pos, func(n ast.Node) bool {
		_, isCase := n.(*ast.CaseClause)
		_, isComm := n.(*ast.CommClause)
		return isCase || isComm
	})
}

// received returns the channel from which the case of a select receives, nil for any other
// case.
func received(clause *ast.CommClause) ast.Expr {
	var x ast.Expr
	switch comm := clause.Comm.(type) {
	case *ast.ExprStmt:
		x = comm.X
	case *ast.AssignStmt:
		x = comm.Rhs[0]
	}
	if recv, ok := ast.Unparen(x).(*ast.UnaryExpr); ok {
		return ast.Unparen(recv.X)
	}
	return nil
}

// defersCancel reports whether the defer at pos calls a cancel function, itself or in a
// function literal: cancelleak says that it comes too late.
func defersCancel(s *shared, pos token.Pos) bool {
	stmt, ok := s.syntax.NodeAt(pos, func(n ast.Node) bool { _, ok := n.(*ast.DeferStmt); return ok }).(*ast.DeferStmt)
	if !ok {
		return false
	}
	cancels := false
	ast.Inspect(stmt.Call, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			cancels = cancels || ctxlib.IsCancelFunc(s.pass.TypesInfo.TypeOf(call.Fun))
		}
		return !cancels
	})
	return cancels
}
