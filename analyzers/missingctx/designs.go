package missingctx

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/typename"
	"github.com/ctxlint/ctxlint/internal/pass/symbol"
)

// A type whose methods all wait without a context was designed like that. It is one
// defect, and one change, however many methods there are.

// many is how many methods of a type have to wait for it to be a design. Fewer are
// reported one by one.
const many = 4

// A design is a type of which many methods wait, and none takes a context.
type design struct {
	Type    symbol.Func // its name, as that of a function
	At      string      // where it is declared, by [location.Of]
	Methods int         // that wait
}

// designOf returns the design to which a function of the package belongs, nil if it
// belongs to none.
func (c *checker) designOf(fn *ssa.Function) *design {
	named := receiverOf(fn)
	if named == nil {
		return nil
	}
	if c.designs == nil {
		c.designs = c.findDesigns()
	}
	return c.designs[named.Obj()]
}

// findDesigns returns the designs of the package by their types.
func (c *checker) findDesigns() map[*types.TypeName]*design {
	waiting := make(map[*types.TypeName]int)
	modern := make(map[*types.TypeName]bool) // with a method that takes a context
	for _, fn := range c.builder.SSA().Funcs {
		named := receiverOf(fn)
		switch {
		case named == nil || ssax.InTest(fn):
		case ctxlib.Takes(fn.Signature):
			modern[named.Obj()] = true
		case c.atHand.Lacks(fn) && c.waitsItself(fn):
			waiting[named.Obj()]++
		}
	}
	out := make(map[*types.TypeName]*design)
	for obj, n := range waiting {
		if n >= many && !modern[obj] {
			name := symbol.Func{Path: c.pass.Pkg.Path(), Package: c.pass.Pkg.Name(), Name: obj.Name()}
			out[obj] = &design{name, c.places.Of(obj.Pos()), n}
		}
	}
	return out
}

func (c *checker) waitsItself(fn *ssa.Function) bool {
	for _, f := range c.atHand.Inline(fn) {
		if len(c.in(f)) > 0 {
			return true
		}
	}
	return false
}

// receiverOf returns the type of which fn is a method, nil for functions.
func receiverOf(fn *ssa.Function) *types.Named {
	recv := fn.Signature.Recv()
	if recv == nil || fn.Parent() != nil {
		return nil
	}
	named := typename.Of(recv.Type())
	if named == nil {
		return nil
	}
	return named.Origin()
}
