package staticcheck

import (
	"go/ast"
	"go/types"
	"slices"
)

// What a check needs of a package to find anything. Each condition is necessary, and
// cheap beside the IR, which is then not built. So it decides how long a run takes, and
// not what it finds.

// watched are the packages whose functions the conditions ask for.
var watched = []string{"context", "os/signal", "testing", "time"}

// findUses returns the functions and methods of watched packages that the package
// mentions, by their full names.
func (s *shared) findUses() map[string]bool {
	used := make(map[string]bool)
	for _, obj := range s.pass.TypesInfo.Uses {
		if fn, ok := obj.(*types.Func); ok && fn.Pkg() != nil && slices.Contains(watched, fn.Pkg().Path()) {
			used[fn.FullName()] = true
		}
	}
	return used
}

// uses returns the condition that the package mentions a function of a watched package.
func uses(fn string) func(*shared) bool {
	return func(s *shared) bool { return s.used()[fn] }
}

// endsTest are the methods that end the goroutine of a test.
var endsTest = []string{"FailNow", "Fatal", "Fatalf", "SkipNow", "Skip", "Skipf"}

// endsTestInGoroutine reports whether the package starts goroutines and has calls that
// end a test.
func endsTestInGoroutine(s *shared) bool {
	ends := slices.ContainsFunc(endsTest, func(name string) bool { return s.used()["(*testing.common)."+name] })
	return ends && has(s, func(*ast.GoStmt) bool { return true })
}

// defersLock reports whether the package defers a method that locks.
func defersLock(s *shared) bool {
	return has(s, func(stmt *ast.DeferStmt) bool {
		sel, ok := ast.Unparen(stmt.Call.Fun).(*ast.SelectorExpr)
		return ok && (sel.Sel.Name == "Lock" || sel.Sel.Name == "RLock")
	})
}

// has reports whether the package has a node that is wanted.
func has[Node ast.Node](s *shared, wanted func(Node) bool) bool {
	for cur := range s.syntax.Inspector().Root().Preorder(*new(Node)) {
		if wanted(cur.Node().(Node)) {
			return true
		}
	}
	return false
}
