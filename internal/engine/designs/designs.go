// Package designs answers which types were designed without contexts: many of their
// methods wait, and hardly any takes one. That is one defect, and one change, however many
// methods there are.
//
// The answers are counts over the methods that one package declares; nothing is followed.
package designs

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/typename"
	"github.com/ctxlint/ctxlint/internal/pass/symbol"
)

// Many is how many methods of a type have to wait for it to be a design. Fewer are
// reported one by one.
const Many = 4

// fewer is how many methods have to wait for each that takes a context.
const fewer = 4

// A Design is a type of which many methods wait, and hardly any takes a context.
type Design struct {
	Type    symbol.Func // its name, as that of a function
	At      string      // where it is declared
	Methods int         // that wait
}

// A Question says what to count in a package.
type Question struct {
	Pkg   *types.Package
	Funcs []*ssa.Function
	// Waits reports whether a method that takes no context, and could, has something in
	// its own body that waits without one.
	Waits func(*ssa.Function) bool
	// Place writes a position as findings have it.
	Place func(token.Pos) string
}

// A Finder answers one question. It is not safe for concurrent use.
type Finder struct {
	q       Question
	designs map[*types.TypeName]*Design // nil before it is asked for
}

// New returns a finder for a question.
func New(q Question) *Finder { return &Finder{q: q} }

// Of returns the design to which a function of the package belongs, nil if it belongs to
// none.
func (f *Finder) Of(fn *ssa.Function) *Design {
	named := receiverOf(fn)
	if named == nil {
		return nil
	}
	if f.designs == nil {
		f.designs = f.find()
	}
	return f.designs[named.Obj()]
}

func (f *Finder) find() map[*types.TypeName]*Design {
	waiting := make(map[*types.TypeName]int)
	modern := make(map[*types.TypeName]int) // methods that take a context
	for _, fn := range f.q.Funcs {
		named := receiverOf(fn)
		switch {
		case named == nil || ssax.InTest(fn):
		case ctxlib.Takes(fn.Signature):
			modern[named.Obj()]++
		case f.q.Waits(fn):
			waiting[named.Obj()]++
		}
	}
	out := make(map[*types.TypeName]*Design)
	for obj, n := range waiting {
		if n >= Many && n >= fewer*modern[obj] {
			name := symbol.Func{Path: f.q.Pkg.Path(), Package: f.q.Pkg.Name(), Name: obj.Name()}
			out[obj] = &Design{name, f.q.Place(obj.Pos()), n}
		}
	}
	return out
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
