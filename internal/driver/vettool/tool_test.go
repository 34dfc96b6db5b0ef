package vettool_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"os"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/ctxlint/ctxlint/internal/driver/vettool"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
	"github.com/ctxlint/ctxlint/internal/pass/suppress"
)

// The test binary is its own vet tool: cmd/go runs it with toolEnv set.
const toolEnv = "CTXLINT_UNIT_TEST_TOOL"

// These flags of the tool choose what replaces package vettool. They are flags
// rather than environment variables so that cmd/go's cache distinguishes runs.
const (
	stockFlag    = "tooltest.stock"    // be unitchecker
	noExportFlag = "tooltest.noexport" // pretend that cmd/go gives no export data
	runFlag      = "tooltest.run"      // any string, to force a separate run
)

func TestMain(m *testing.M) {
	if os.Getenv(toolEnv) != "" {
		toolMain()
	}
	os.Exit(m.Run())
}

func toolMain() {
	flag.Bool(stockFlag, false, "")
	flag.Bool(noExportFlag, false, "")
	flag.String(runFlag, "", "")
	suite := []*analysis.Analyzer{tagged, prints, touchy}
	is := func(arg, name string) bool { return strings.HasPrefix(arg, "-"+name) }
	if slices.ContainsFunc(os.Args, func(arg string) bool { return is(arg, stockFlag) }) {
		unitchecker.Main(suite...)
	}
	if slices.ContainsFunc(os.Args, func(arg string) bool { return is(arg, noExportFlag) }) {
		withholdExportData(os.Args[len(os.Args)-1])
	}
	// The driver under test does not know its tests' flags.
	os.Args = slices.DeleteFunc(os.Args, func(arg string) bool { return is(arg, "tooltest.") })
	vettool.Main(suite)
}

// withholdExportData changes the description of a unit to one that a future
// cmd/go might give.
func withholdExportData(cfgFile string) {
	data, err := os.ReadFile(cfgFile)
	if err != nil {
		return // -flags or -V=full
	}
	var cfg map[string]any
	if err := json.Unmarshal(data, &cfg); err != nil {
		panic(err)
	}
	delete(cfg, "PackageFile")
	if data, err = json.Marshal(cfg); err != nil {
		panic(err)
	}
	if err := os.WriteFile(cfgFile, data, 0o666); err != nil {
		panic(err)
	}
	os.Setenv("GOVERSION", "go1.99")
}

// tagged reports uses of functions, methods, fields and types that have a
// comment "tag NAME", in this package or, by a fact, in another. A function that
// uses a tagged one is itself tagged with the same name.
var tagged = &analysis.Analyzer{
	Name:      "tagged",
	Doc:       "report uses of tagged objects",
	URL:       "https://example.com/tagged",
	Requires:  []*analysis.Analyzer{suppress.Analyzer},
	FactTypes: []analysis.Fact{new(tag), new(tagCount)},
	Run:       runTagged,
}

type tag struct{ Name string }

func (*tag) AFact()           {}
func (t *tag) String() string { return "tag " + t.Name }

// tagCount is a fact about a package: how many tags it declares.
type tagCount struct{ N int }

func (*tagCount) AFact() {}

// uses are the categories of tagged.
var uses = catalog.Bind(new(flag.FlagSet), "tagged", catalog.Table{{Name: "use", Severity: catalog.Warning}}, catalog.Selection{})

func runTagged(pass *analysis.Pass) (any, error) {
	count := 0
	declare := func(id *ast.Ident, docs ...*ast.CommentGroup) {
		for _, doc := range docs {
			for line := range strings.Lines(doc.Text()) {
				if name, ok := strings.CutPrefix(strings.TrimSpace(line), "tag "); ok {
					pass.ExportObjectFact(pass.TypesInfo.Defs[id], &tag{name})
					count++
				}
			}
		}
	}
	for _, f := range pass.Files {
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				declare(n.Name, n.Doc)
			case *ast.TypeSpec:
				declare(n.Name, n.Doc, n.Comment)
			case *ast.Field:
				for _, id := range n.Names {
					declare(id, n.Doc, n.Comment)
				}
			}
			return true
		})
	}
	if count > 0 {
		pass.ExportPackageFact(&tagCount{count})
	}
	r := diag.NewReporter(pass, uses)
	for _, f := range pass.Files {
		for _, decl := range f.Decls {
			r.Guard(decl.Pos(), func() { reportUses(pass, r, decl) })
		}
	}
	return nil, nil
}

func reportUses(pass *analysis.Pass, r *diag.Reporter, decl ast.Decl) {
	fn, _ := decl.(*ast.FuncDecl)
	ast.Inspect(decl, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok {
			return true
		}
		obj, t := pass.TypesInfo.Uses[id], new(tag)
		if obj == nil || obj.Pkg() == nil || !pass.ImportObjectFact(obj, t) {
			return true
		}
		d := analysis.Diagnostic{
			Pos:      id.Pos(),
			Category: "use",
			Message:  fmt.Sprintf("use of %s, tagged %s", obj.Name(), t.Name),
			Related:  []analysis.RelatedInformation{{Pos: obj.Pos(), Message: "declared here"}},
		}
		if strings.HasPrefix(id.Name, "Old") {
			d.SuggestedFixes = []analysis.SuggestedFix{{Message: "Use the new one", TextEdits: []analysis.TextEdit{
				{Pos: id.Pos(), End: id.Pos() + token.Pos(len("Old")), NewText: []byte("New")},
			}}}
		}
		if count := new(tagCount); pass.ImportPackageFact(obj.Pkg(), count) {
			d.Message += fmt.Sprintf(" (one of %d)", count.N)
		}
		r.Report(d)
		if fn != nil {
			if def, ok := pass.TypesInfo.Defs[fn.Name].(*types.Func); ok {
				pass.ExportObjectFact(def, t)
			}
		}
		return true
	})
}

// prints reports calls of println; it has no facts.
var prints = &analysis.Analyzer{
	Name: "prints",
	Doc:  "report calls of println",
	Run:  runPrints,
}

var printsText string

func init() {
	prints.Flags.StringVar(&printsText, "text", "do not print", "what to say")
}

func runPrints(pass *analysis.Pass) (any, error) {
	for _, f := range pass.Files {
		ast.Inspect(f, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok {
				if b, ok := pass.TypesInfo.Uses[id].(*types.Builtin); ok && b.Name() == "println" {
					pass.Report(analysis.Diagnostic{Pos: id.Pos(), End: id.End(), Message: printsText})
				}
			}
			return true
		})
	}
	return nil, nil
}

// touchy panics on a package that declares Panic, fails on one that declares
// Fail, and suggests an invalid fix on one that declares BadFix.
var touchy = &analysis.Analyzer{
	Name: "touchy",
	Doc:  "misbehave",
	Run: func(pass *analysis.Pass) (any, error) {
		scope := pass.Pkg.Scope()
		if scope.Lookup("Panic") != nil {
			panic("ouch")
		}
		if scope.Lookup("Fail") != nil {
			return nil, fmt.Errorf("no opinion on %s", pass.Pkg.Path())
		}
		if obj := scope.Lookup("BadFix"); obj != nil {
			pass.Report(analysis.Diagnostic{Pos: obj.Pos(), Message: "bad fix", SuggestedFixes: []analysis.SuggestedFix{{
				Message: "Overlap", TextEdits: []analysis.TextEdit{
					{Pos: obj.Pos(), End: obj.Pos() + 3},
					{Pos: obj.Pos() + 1, End: obj.Pos() + 2},
				},
			}}})
		}
		return nil, nil
	},
}
