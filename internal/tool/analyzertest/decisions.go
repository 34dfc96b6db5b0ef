package analyzertest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/ctxlint/ctxlint/internal/pass/decision"
	"github.com/ctxlint/ctxlint/internal/pass/rewire"
	"github.com/ctxlint/ctxlint/internal/pass/scope"
)

// Decisions runs an analyzer on the packages in the given directories of the module, and
// checks why it says nothing. A comment
//
//	ctx := context.Background() // silent "it is a lifetime"
//
// expects, on its line, a decision whose reason begins with the string. Every constant of
// type [decision.Reason] in the source directories has to be expected somewhere.
func (m *Module) Decisions(t *testing.T, a *analysis.Analyzer, sources []string, dirs ...string) {
	t.Helper()
	asked := &analysis.Analyzer{
		Name: "ctxlintdecisions", Doc: "asks for decisions", RunDespiteErrors: true, ResultType: reflect.TypeFor[*scope.Mode](),
		Run: func(pass *analysis.Pass) (any, error) {
			own, err := scope.Own.Run(pass)
			if err != nil {
				return nil, err
			}
			return &scope.Mode{FactsOnly: own.(*scope.Mode).FactsOnly, Decisions: new(decision.Log)}, nil
		},
	}
	defer askForAll(t, a)()
	suite := rewire.Analyzers([]*analysis.Analyzer{a, asked}, rewire.Map{scope.Analyzer: asked})
	missing := reasons(t, sources)
	for _, act := range m.Analyze(t, suite, dirs...).Roots {
		mode, ok := act.Result.(*scope.Mode)
		if !ok {
			continue
		}
		at := make(map[line][]string)
		for _, d := range mode.Decisions.All() {
			posn := act.Package.Fset.Position(d.Pos)
			at[line{posn.Filename, posn.Line}] = append(at[line{posn.Filename, posn.Line}], string(d.Reason))
		}
		for _, e := range silences(t, act.Package.Fset, act.Package.Syntax) {
			found := false
			for _, reason := range at[e.line] {
				if strings.HasPrefix(reason, e.text) {
					found = true
					delete(missing, reason)
				}
			}
			if !found {
				t.Errorf("%s:%d: no decision begins with %q; there are %q", m.short(e.file), e.line.line, e.text, at[e.line])
			}
		}
	}
	for reason, name := range missing {
		t.Errorf("no fixture expects the reason %s: %q", name, reason)
	}
}

type silence struct {
	line
	text string
}

var silentComment = regexp.MustCompile(`// silent (".*")`)

// silences returns what the comments of a package expect.
func silences(t *testing.T, fset *token.FileSet, files []*ast.File) []silence {
	t.Helper()
	var list []silence
	for _, f := range files {
		for _, group := range f.Comments {
			for _, c := range group.List {
				found := silentComment.FindStringSubmatch(c.Text)
				if found == nil {
					continue
				}
				posn := fset.Position(c.Pos())
				text, err := strconv.Unquote(found[1])
				if err != nil {
					t.Errorf("%s: %v", posn, err)
				}
				list = append(list, silence{line{posn.Filename, posn.Line}, text})
			}
		}
	}
	return list
}

// reasons returns the constants of type decision.Reason in some directories, by value.
func reasons(t *testing.T, dirs []string) map[string]string {
	t.Helper()
	found := make(map[string]string)
	for _, dir := range dirs {
		files, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil || len(files) == 0 {
			t.Fatalf("no source in %s: %v", dir, err)
		}
		for _, file := range files {
			f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(f, func(n ast.Node) bool {
				spec, ok := n.(*ast.ValueSpec)
				if ok && isReason(spec.Type) && len(spec.Values) == 1 {
					if lit, ok := spec.Values[0].(*ast.BasicLit); ok {
						text, _ := strconv.Unquote(lit.Value)
						found[text] = spec.Names[0].Name
					}
				}
				return true
			})
		}
	}
	return found
}

func isReason(e ast.Expr) bool {
	sel, ok := e.(*ast.SelectorExpr)
	return ok && sel.Sel.Name == "Reason"
}
