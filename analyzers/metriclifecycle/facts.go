package metriclifecycle

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
)

// repeatFact says that each call of a function registers a collector where the
// call before it has registered one: in the default registry or in that of a
// package variable.
type repeatFact struct {
	What  string // the call that does it
	Name  string // of the metric, or ""
	Fixed bool   // the same metric each time
}

func (*repeatFact) AFact() {}

// String returns the form in which fixtures assert the fact.
func (f *repeatFact) String() string {
	s := "registers"
	if f.Fixed {
		s = "registers again"
	}
	if f.Name != "" {
		s += " " + f.Name
	}
	return s
}

// exportFacts exports a fact for each function that importers can call.
func (c *checker) exportFacts(funcs []*ssa.Function) {
	for _, fn := range funcs {
		obj, ok := fn.Object().(*types.Func)
		if !ok || !obj.Exported() || fn.Parent() != nil || ssax.InTest(fn) {
			continue
		}
		for _, r := range c.repeats.Get(fn) {
			if p, ok := registryParam(r.registry); r.category != hotRegister || ok && p != nil || r.isInstrument() || r.kept {
				continue
			}
			c.pass.ExportObjectFact(obj, &repeatFact{r.what, r.name, r.fixed})
			break
		}
	}
}
