package ssax

import (
	"go/ast"
	"go/token"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/pass/scope"
)

// LiteralName is what messages call a function that has no name.
const LiteralName = "the function literal"

// ShortName returns the unqualified name of fn, for a message that also shows
// the place, or "the function literal" if it has no name. Package symbol knows
// how other packages write the name.
func ShortName(fn *ssa.Function) string {
	if fn.Parent() != nil {
		return LiteralName
	}
	return fn.Name()
}

// IsInit reports whether fn runs when its package is initialized: the initializer
// of its variables, or one of its init functions, which go/ssa numbers.
func IsInit(fn *ssa.Function) bool {
	return fn.Synthetic == "package initializer" || fn.Parent() == nil && strings.HasPrefix(fn.Name(), "init#")
}

// IsMain reports whether fn is the main function of a program.
func IsMain(fn *ssa.Function) bool {
	return fn.Name() == "main" && fn.Parent() == nil && fn.Signature.Recv() == nil && fn.Pkg != nil && fn.Pkg.Pkg.Name() == "main"
}

// InTest reports whether code belongs to tests: it is in a test file, or in a
// function that takes a testing.T or the like, or in a literal in such a
// function.
func InTest(fn *ssa.Function) bool {
	if scope.TestFile(fn.Prog.Fset, fn.Pos()) {
		return true
	}
	for ; fn != nil; fn = fn.Parent() {
		for _, p := range fn.Params {
			if ctxlib.IsTesting(p.Type()) {
				return true
			}
		}
	}
	return false
}

// InstrInTest is [InTest] for an instruction. In the package initializer,
// instructions come from several files.
func InstrInTest(instr ssa.Instruction) bool {
	return scope.TestFile(instr.Parent().Prog.Fset, instr.Pos()) || InTest(instr.Parent())
}

// ExitPos returns the position of an instruction that ends a path. For an
// implicit return, which has none, it is the closing brace of the function.
func ExitPos(instr ssa.Instruction) token.Pos {
	if instr.Pos().IsValid() {
		return instr.Pos()
	}
	return BodyEnd(instr.Parent())
}

// BodyEnd returns the closing brace of fn, or of the loop whose body fn is. If
// its syntax is not available, it returns the position of fn.
func BodyEnd(fn *ssa.Function) token.Pos {
	switch n := fn.Syntax().(type) {
	case *ast.FuncDecl:
		return n.Body.Rbrace
	case *ast.FuncLit:
		return n.Body.Rbrace
	case *ast.RangeStmt:
		return n.Body.Rbrace
	}
	return fn.Pos()
}
