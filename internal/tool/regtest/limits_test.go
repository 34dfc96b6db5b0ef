package regtest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

// TestLimits refuses limits of recursion and of work that have no name: a depth
// that is compared with a number, a search that ends after so many iterations.
// A constant has a comment that says what it bounds and what the answer is
// beyond the bound.
func TestLimits(t *testing.T) {
	root := testenv.Root(t)
	for _, wing := range []string{"analyzers", "internal/engine"} {
		err := filepath.WalkDir(filepath.Join(root, wing), func(name string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if d.IsDir() && d.Name() == "testdata" {
				return filepath.SkipDir
			}
			if strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") {
				for _, pos := range unnamedLimits(t, name) {
					t.Errorf("%v: give the limit a name", pos)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// unnamedLimits returns the places in a file where such a limit is.
func unnamedLimits(t *testing.T, name string) []token.Position {
	t.Helper()
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, name, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	var out []token.Position
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.RangeStmt:
			if isNumber(n.X, 1) {
				out = append(out, fset.Position(n.Pos()))
			}
		case *ast.BinaryExpr:
			switch n.Op {
			case token.GTR, token.GEQ, token.LSS, token.LEQ:
				if isNumber(n.Y, 2) && counts(n.X) {
					out = append(out, fset.Position(n.Pos()))
				}
			}
		}
		return true
	})
	return out
}

// isNumber reports whether e is an integer literal that is at least least.
func isNumber(e ast.Expr, least int) bool {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.INT {
		return false
	}
	n, err := strconv.Atoi(lit.Value)
	return err == nil && n >= least
}

// counts reports whether the name of e says that it counts recursion or work: a
// depth, or the length of what has been seen or found.
func counts(e ast.Expr) bool {
	words := []string{"depth", "steps", "seen", "visited", "tries", "rounds", "hops", "budget"}
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			for _, w := range words {
				found = found || strings.EqualFold(id.Name, w)
			}
		}
		return !found
	})
	return found
}

// TestUnnamedLimits tests the test.
func TestUnnamedLimits(t *testing.T) {
	name := filepath.Join(t.TempDir(), "p.go")
	src := `package p

func f(depth int, seen map[int]bool, n int) {
	for range 8 {
	}
	for range n {
	}
	if depth > 4 || len(seen) > 50 || depth > maxDepth || n > 1 || depth > 0 {
		f(depth+1, seen, n)
	}
}

const maxDepth = 3
`
	if err := os.WriteFile(name, []byte(src), 0o666); err != nil {
		t.Fatal(err)
	}
	var lines []int
	for _, pos := range unnamedLimits(t, name) {
		lines = append(lines, pos.Line)
	}
	if len(lines) != 3 || lines[0] != 4 || lines[1] != 8 || lines[2] != 8 {
		t.Errorf("limits in the lines %v, want 4, 8, 8", lines)
	}
}
