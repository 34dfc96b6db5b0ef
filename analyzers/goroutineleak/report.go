package goroutineleak

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// functionName returns what fn is called in its own findings: its name, or "the
// function around it" for a literal.
func functionName(fn *ssa.Function) string {
	if fn.Parent() != nil {
		return "the function around it"
	}
	return fn.Name()
}

// failsTest reports whether the instruction makes a test fail without ending it.
// What a failed test leaves behind ends with the process.
func (c *checker) failsTest(instr ssa.Instruction) bool {
	call, ok := instr.(*ssa.Call)
	if !ok {
		return false
	}
	fn := ssax.Callee(&call.Call)
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

// isChan reports whether t is a channel type.
func isChan(t types.Type) bool {
	_, ok := t.Underlying().(*types.Chan)
	return ok
}

// isInteger reports whether t is an integer type.
func isInteger(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsInteger != 0
}

// loopPos returns where a loop is shown: its for statement.
func (c *checker) loopPos(loop *ssax.Loop) token.Pos {
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
