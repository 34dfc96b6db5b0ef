package ctxreset_test

import (
	"bufio"
	"go/ast"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/ctxlint/ctxlint/analyzers/ctxreset"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

// TestFixtures runs the analyzer over all fixtures at once, because the better
// part of the time goes into the libraries that they share.
func TestFixtures(t *testing.T) {
	dir := testenv.Fixtures(t)
	results := analysistest.Run(wantedFacts{t}, dir, ctxreset.Analyzer, "./ctxreset/...")
	checkCategories(t, dir, results, func(file string) bool { return !strings.HasPrefix(file, "_flags/") })
}

// TestFlags runs each fixture below _flags with the flag that it is about.
func TestFlags(t *testing.T) {
	dir := testenv.Fixtures(t)
	for _, test := range []struct{ flag, value string }{
		{"blank", "true"},
		{"goroutines", "true"},
		{"carriers", "ctxlint.test/fixtures/ctxreset/_flags/carriers.Event=x.Scope()"},
	} {
		t.Run(test.flag, func(t *testing.T) {
			setFlag(t, test.flag, test.value)
			results := analysistest.Run(wantedFacts{t}, dir, ctxreset.Analyzer, "./ctxreset/_flags/"+test.flag)
			checkCategories(t, dir, results, func(file string) bool { return strings.HasPrefix(file, "_flags/"+test.flag+"/") })
		})
	}
}

func setFlag(t *testing.T, name, value string) {
	t.Helper()
	f := ctxreset.Analyzer.Flags.Lookup(name)
	old := f.Value.String()
	if err := f.Value.Set(value); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.Value.Set(old); err != nil {
			t.Error(err)
		}
	})
}

// wantedFacts lets pass facts that no fixture asks for.
type wantedFacts struct{ *testing.T }

func (w wantedFacts) Errorf(format string, args ...any) {
	w.Helper()
	if format == "%v: unexpected %s: %v" && len(args) == 3 && args[1] == "fact" {
		return
	}
	w.T.Errorf(format, args...)
}

// checkCategories holds the categories of the diagnostics against the table in
// the fixtures, whose want comments cannot say them.
func checkCategories(t *testing.T, dir string, results []*analysistest.Result, in func(file string) bool) {
	t.Helper()
	table := filepath.Join(dir, "ctxreset", "CATEGORIES")
	allowed := make(map[string]string) // by "file:func"
	want := make(map[string]int)
	f, err := os.Open(table)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		line := lines.Text()
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		fields := strings.Fields(line)
		if file, _, _ := strings.Cut(fields[0], ":"); !in(file) {
			continue
		}
		n, err := strconv.Atoi(fields[2])
		if err != nil {
			t.Fatalf("%s: %s: %v", table, line, err)
		}
		key := fields[0] + " " + fields[1]
		allowed[fields[0]] += fields[1] + "\n"
		want[key] += n
	}
	got := make(map[string]int)
	for _, r := range results {
		for _, d := range r.Action.Diagnostics {
			pos := r.Action.Package.Fset.Position(d.Pos)
			file, err := filepath.Rel(filepath.Join(dir, "ctxreset"), pos.Filename)
			if err != nil {
				t.Fatal(err)
			}
			place := filepath.ToSlash(file) + ":" + enclosing(r, d.Pos)
			category := d.Category
			for _, alternatives := range strings.Fields(allowed[place]) {
				if slices.Contains(strings.Split(alternatives, "|"), category) {
					category = alternatives
					break
				}
			}
			got[place+" "+category]++
			if d.Message != strings.TrimSuffix(d.Message, ".") || strings.Contains(d.Message, "\n") {
				t.Errorf("%s: message %q is not one line without a full stop", pos, d.Message)
			}
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("categories differ from those in %s (-want +got):\n%s", table, diff)
	}
}

// enclosing names the declaration around a position: "F", "T.M" or "(*T).M".
func enclosing(r *analysistest.Result, pos token.Pos) string {
	for _, file := range r.Action.Package.Syntax {
		for _, d := range file.Decls {
			if d.Pos() <= pos && pos < d.End() {
				if fn, ok := d.(*ast.FuncDecl); ok {
					return funcName(fn)
				}
				return d.(*ast.GenDecl).Specs[0].(*ast.ValueSpec).Names[0].Name
			}
		}
	}
	return ""
}

func funcName(fn *ast.FuncDecl) string {
	if fn.Recv == nil {
		return fn.Name.Name
	}
	t, star := fn.Recv.List[0].Type, false
	for {
		switch x := t.(type) {
		case *ast.StarExpr:
			t, star = x.X, true
			continue
		case *ast.IndexExpr:
			t = x.X
			continue
		}
		break
	}
	if star {
		return "(*" + types.ExprString(t) + ")." + fn.Name.Name
	}
	return types.ExprString(t) + "." + fn.Name.Name
}
