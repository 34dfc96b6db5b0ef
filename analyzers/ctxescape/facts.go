package ctxescape

import (
	"fmt"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/pass/scope"
)

// funcFact says what other packages need to know of a function.
type funcFact struct {
	Params []paramFact // in the order of parameters
}

// paramFact is a deed that outlives a call, or is meant to end with the context.
type paramFact struct {
	Param   int
	Starts  int    // the grade
	Starter string // the place of the go statement
	Stores  int
	Store   string
	Watches bool
}

func (*funcFact) AFact() {}

// String returns the form in which fixtures assert the fact.
func (f *funcFact) String() string {
	var parts []string
	for _, p := range f.Params {
		if p.Starts > 0 {
			parts = append(parts, fmt.Sprintf("starts(%d)", p.Param))
		}
		if p.Stores > 0 {
			parts = append(parts, fmt.Sprintf("stores(%d)", p.Param))
		}
		if p.Watches {
			parts = append(parts, fmt.Sprintf("watches(%d)", p.Param))
		}
	}
	return strings.Join(parts, " ")
}

// deed completes what is known of a parameter.
func (f *funcFact) deed(param int, d deed) deed {
	for _, p := range f.Params {
		if p.Param == param {
			d.starts, d.starter = grade(p.Starts), p.Starter
			d.stores, d.store = grade(p.Stores), p.Store
			d.watches = p.Watches
		}
	}
	return d
}

// exportFacts exports what the functions of the package do with their parameters.
func (c *checker) exportFacts() {
	if scope.IsStandard(c.pass) {
		return
	}
	for _, fn := range c.builder.SSA().Funcs {
		obj, ok := fn.Object().(*types.Func)
		if !ok || fn.Parent() != nil || !obj.Exported() || ssax.InTest(fn) {
			continue
		}
		if fact := c.factOf(fn); len(fact.Params) > 0 {
			c.pass.ExportObjectFact(obj, fact)
		}
	}
}

func (c *checker) factOf(fn *ssa.Function) *funcFact {
	fact := new(funcFact)
	shift := len(fn.Params) - fn.Signature.Params().Len()
	for i := shift; i < len(fn.Params); i++ {
		if !ctxlib.IsContext(fn.Params[i].Type()) {
			continue
		}
		d := c.deeds.Get(source{fn, i})
		p := paramFact{Param: i - shift, Starts: int(d.starts), Starter: d.starter, Stores: int(d.stores), Store: d.store, Watches: d.watches || c.endless(fn)}
		if p.Starts > 0 || p.Stores > 0 || p.Watches {
			fact.Params = append(fact.Params, p)
		}
	}
	return fact
}
