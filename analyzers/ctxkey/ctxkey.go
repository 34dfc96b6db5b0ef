package ctxkey

import (
	"cmp"
	"go/token"
	"go/types"
	"maps"
	"reflect"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssabuild"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
	"github.com/ctxlint/ctxlint/internal/pass/edit"
	"github.com/ctxlint/ctxlint/internal/pass/keys"
	"github.com/ctxlint/ctxlint/internal/pass/location"
	"github.com/ctxlint/ctxlint/internal/pass/scope"
	"github.com/ctxlint/ctxlint/internal/pass/syntax"
)

// Analyzer finds keys of contexts that collide, or that nothing sets.
var Analyzer = New(Options{})

// Options are what a driver may choose; the zero Options are the defaults.
type Options struct {
	catalog.Selection // of the categories
}

// New returns an analyzer whose flags have other defaults than those of [Analyzer].
func New(o Options) *analysis.Analyzer {
	a := diag.NewAnalyzer("ctxkey", Documentation.Text, Categories, o.Selection, run)
	a.Requires = append(a.Requires, ssabuild.Analyzer, syntax.Analyzer)
	a.FactTypes = []analysis.Fact{new(keysFact)}
	a.ResultType = reflect.TypeFor[*Result]()
	return a
}

// Result tells which keys the package uses.
type Result struct{ uses []keys.Use }

// Keys returns the keys that the package sets, and those that it may set, sorted.
func (r *Result) Keys() []keys.Use { return r.uses }

// checker is the state of one pass.
type checker struct {
	pass    *analysis.Pass
	report  *diag.Reporter
	builder *ssabuild.Builder
	syntax  *syntax.Index
	source  *edit.Source

	sites []*site         // in the order of the names of functions, which does not change with that of files
	loose map[string]bool // types of keys of which the package does more than set and read
}

// A site is where a key is used to set a value or to read one.
type site struct {
	call  *ssa.Call
	key   key
	value ssa.Value // that is set, nil where one is read
}

func (s *site) sets() bool { return s.value != nil }

func run(pass *analysis.Pass, wanted *catalog.Set) (any, error) {
	result := new(Result)
	if scope.IsThirdParty(pass) || scope.IsStandard(pass) || !usesKeys(pass) {
		return result, nil // a module cannot have keys of the user's own types
	}
	c := &checker{
		pass:    pass,
		report:  diag.NewReporter(pass, wanted),
		builder: pass.ResultOf[ssabuild.Analyzer].(*ssabuild.Builder),
		syntax:  pass.ResultOf[syntax.Analyzer].(*syntax.Index),
		source:  edit.NewSource(pass),
	}
	c.findSites()
	c.findLoose()
	c.exportKeys()
	result.uses = c.told()
	scope.Of(pass).Findings(func() {
		for _, s := range c.sites {
			c.report.Guard(s.call.Pos(), func() { c.check(s) })
		}
	})
	return result, nil
}

func (c *checker) check(s *site) {
	if ssax.InTest(s.call.Parent()) {
		return
	}
	if s.sets() {
		c.checkCollision(s)
		c.checkMutable(s)
		return
	}
	if !c.checkNeverSet(s) {
		c.checkUnsafe(s)
	}
}

// usesKeys reports whether the package sets or reads values of contexts, or imports one that
// does, whose keys it may hand to a function that sets them.
func usesKeys(pass *analysis.Pass) bool {
	for _, obj := range pass.TypesInfo.Uses {
		if fn, ok := obj.(*types.Func); ok && (ctxlib.IsFunc(fn, "context", "WithValue") || fn.Name() == "Value" && isValue(fn)) {
			return true
		}
	}
	return slices.ContainsFunc(pass.Pkg.Imports(), func(imported *types.Package) bool {
		return pass.ImportPackageFact(imported, new(keysFact))
	})
}

// isValue reports whether fn is the method of a context that reads a value.
func isValue(fn *types.Func) bool {
	sig := fn.Signature()
	return sig.Recv() != nil && sig.Params().Len() == 1 && sig.Results().Len() == 1 && ctxlib.IsContextual(sig.Recv().Type())
}

// findSites finds where the package sets and reads values.
func (c *checker) findSites() {
	for _, fn := range c.builder.SSA().Funcs {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				call, ok := instr.(*ssa.Call)
				if !ok {
					continue
				}
				callee := ssax.Callee(&call.Call)
				switch {
				case ctxlib.IsFunc(callee, "context", "WithValue"):
					c.sites = append(c.sites, &site{call, c.keyOf(call.Call.Args[1]), call.Call.Args[2]})
				case callee != nil && callee.Name() == "Value" && isValue(callee):
					if _, args := ssax.Receiver(&call.Call); len(args) == 1 {
						c.sites = append(c.sites, &site{call, c.keyOf(args[0]), nil})
					}
				}
			}
		}
	}
	slices.SortStableFunc(c.sites, func(a, b *site) int {
		return cmp.Or(cmp.Compare(a.call.Parent().String(), b.call.Parent().String()), cmp.Compare(a.call.Pos(), b.call.Pos()))
	})
}

// keysFact tells importers which keys a package sets, what its variables hold that may be
// keys, and of which types its keys are.
type keysFact struct {
	Sets  []keys.Use
	Holds []held
	Types []string // sorted
}

// held is what a package variable always holds.
type held struct{ Name, Key, Type string }

func (*keysFact) AFact() {}

func (f *keysFact) String() string {
	text := "sets"
	for _, u := range f.Sets {
		text += " " + string(u.Kind) + ":" + u.Key
	}
	for _, h := range f.Holds {
		text += ", " + h.Name + " is " + h.Key
	}
	return text
}

// told returns what the record of the package tells.
func (c *checker) told() []keys.Use {
	var uses []keys.Use
	for _, s := range c.sites {
		switch {
		case !s.sets():
		case s.key.id != "":
			uses = append(uses, keys.Use{Key: s.key.id, Kind: keys.Set, Value: typeOfValue(s), Place: location.Of(c.pass, s.call.Pos())})
		default: // of that type, or of any
			uses = append(uses, keys.Use{Key: s.key.typ, Kind: keys.Unknown})
		}
	}
	for typ := range c.loose {
		uses = append(uses, keys.Use{Key: typ, Kind: keys.Unknown})
	}
	return keys.Sorted(uses)
}

// keyTypes returns the declared types of the keys that the package sets and reads.
func (c *checker) keyTypes() map[string]bool {
	all := make(map[string]bool)
	for _, s := range c.sites {
		if s.key.typ != "" && s.key.t != nil && owner(s.key.t) != nil {
			all[s.key.typ] = true
		}
	}
	return all
}

// exportKeys exports what importers need to know of keys that they can name.
func (c *checker) exportKeys() {
	fact := &keysFact{Sets: c.told(), Types: slices.Sorted(maps.Keys(c.keyTypes()))}
	scope := c.pass.Pkg.Scope()
	for _, name := range scope.Names() {
		v, ok := scope.Lookup(name).(*types.Var)
		if !ok || !v.Exported() {
			continue
		}
		if g, ok := c.builder.SSA().Pkg.Members[name].(*ssa.Global); ok {
			if k := c.held(g); k.id != "" {
				fact.Holds = append(fact.Holds, held{name, k.id, k.typ})
			}
		}
	}
	if len(fact.Sets)+len(fact.Holds)+len(fact.Types) > 0 {
		c.pass.ExportPackageFact(fact)
	}
}

// span returns the range of a call's expression.
func (c *checker) span(call *ssa.Call) (pos, end token.Pos) {
	if e := c.syntax.Call(call.Pos()); e != nil {
		return e.Pos(), e.End()
	}
	return call.Pos(), call.Pos()
}
