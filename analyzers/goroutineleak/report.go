package goroutineleak

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/concurrency"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// functionName returns how fn is spoken of: its name, or "this function" for a
// literal.
func (c *checker) functionName(fn *ssa.Function) string {
	if fn.Parent() != nil {
		return "the function around it"
	}
	return fn.Name()
}

// exitPos returns where a path ends: the return statement, the closing brace, or
// the make of the next turn.
func exitPos(instr ssa.Instruction) token.Pos {
	if instr.Pos().IsValid() {
		return instr.Pos()
	}
	switch n := instr.Parent().Syntax().(type) {
	case *ast.FuncDecl:
		return n.Body.Rbrace
	case *ast.FuncLit:
		return n.Body.Rbrace
	case *ast.RangeStmt:
		return n.Body.Rbrace
	}
	return instr.Parent().Pos()
}

// inTest reports whether the position is in a test.
func (c *checker) inTest(pos token.Pos) bool {
	return pos.IsValid() && strings.HasSuffix(c.pass.Fset.File(pos).Name(), "_test.go")
}

// failsTest reports whether the instruction makes a test fail without ending it.
// What a failed test leaves behind ends with the process.
func (c *checker) failsTest(instr ssa.Instruction) bool {
	call, ok := instr.(*ssa.Call)
	if !ok {
		return false
	}
	fn := calledFunc(&call.Call)
	if fn == nil || fn.Pkg() == nil {
		return false
	}
	if strings.HasPrefix(fn.Pkg().Path(), "github.com/stretchr/testify/") {
		return true
	}
	if call.Call.IsInvoke() && isTestingInterface(call.Call.Value.Type()) {
		switch fn.Name() {
		case "Error", "Errorf", "Fail", "Fatal", "Fatalf", "FailNow":
			return true
		}
	}
	return ctxlib.IsMethod(fn, "testing", "common", "Error", "Errorf", "Fail") || ctxlib.IsMethod(fn, "testing", "T", "Error", "Errorf", "Fail") ||
		ctxlib.IsMethod(fn, "testing", "TB", "Error", "Errorf", "Fail")
}

// isTestingInterface reports whether t is an interface that a *testing.T meets, as
// libraries for tests declare it.
func isTestingInterface(t types.Type) bool {
	if !types.IsInterface(t) {
		return false
	}
	ms := types.NewMethodSet(t)
	return ms.Lookup(nil, "FailNow") != nil && ms.Lookup(nil, "Errorf") != nil
}

// isInteger reports whether t is an integer type.
func isInteger(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsInteger != 0
}

// loopPos returns where a loop is shown: its for statement.
func (c *checker) loopPos(loop *concurrency.Loop) token.Pos {
	var first, last token.Pos
	loop.Instructions(func(instr ssa.Instruction) bool {
		if pos := instr.Pos(); pos.IsValid() {
			if _, phi := instr.(*ssa.Phi); !phi {
				if !first.IsValid() || pos < first {
					first = pos
				}
				last = max(last, pos)
			}
		}
		return true
	})
	n := c.syntax.NodeAt(first, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			return n.Pos() <= first && last < n.End()
		}
		return false
	})
	if n == nil {
		return first
	}
	return n.Pos()
}
