package taint

import (
	"fmt"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
)

// A Step is a place on the way of a value.
type Step struct {
	Event
	Pos   token.Pos   // NoPos if Where says it
	Where string      // in another package, as [location.Of] writes it
	Via   *types.Func // the function of that package which is called
}

// An Event is what happens to a value in a step. It is data, so that facts can
// carry it.
type Event struct {
	Kind EventKind
	Func string // the function that it is about, "" for a literal
	Name string // what Kind says
}

// EventKind is a kind of [Event].
type EventKind uint8

// The kinds of events.
const (
	Read       EventKind = iota // the source Name is read
	Returned                    // Func returns it
	Returns                     // Func, of another package, returns the source Name
	Through                     // it is passed through Func, of another package
	ToField                     // it is stored in the field Name
	ToKey                       // it becomes a key of the map Name
	ToVariable                  // it is stored in the package variable Name
	PassedTo                    // it is an argument of Func
	Filled                      // Func stores it where it was found
	TakenAs                     // Func has it as its parameter Name
	TakenIn                     // Func has it in a field of its parameter Name
	Becomes                     // it becomes the label, or the part of a metric's name, that Name is
)

// about returns the event of a kind that has to do with a function of the package.
func about(kind EventKind, fn *ssa.Function) Event {
	if fn.Parent() != nil {
		return Event{Kind: kind}
	}
	return Event{Kind: kind, Func: fn.Name()}
}

// Taken returns the event that a function has the value as its parameter p, or
// in a field of it.
func Taken(kind EventKind, p *ssa.Parameter) Event {
	return Event{Kind: kind, Func: p.Parent().Name(), Name: p.Name()}
}

// String describes the event in words, for the note beside a line of source.
func (e Event) String() string {
	fn := e.Func
	if fn == "" {
		fn = ssax.LiteralName
	}
	switch e.Kind {
	case Returned:
		return fmt.Sprintf("returned by %s here", fn)
	case Returns:
		return fmt.Sprintf("%s returns %s", fn, e.Name)
	case Through:
		return fmt.Sprintf("passed through %s here", fn)
	case ToField:
		return fmt.Sprintf("stored in field %s here", e.Name)
	case ToKey:
		return fmt.Sprintf("a key of %s here", e.Name)
	case ToVariable:
		return fmt.Sprintf("stored in %s here", e.Name)
	case PassedTo:
		return fmt.Sprintf("passed to %s here", fn)
	case Filled:
		return fmt.Sprintf("%s fills it here", fn)
	case TakenAs:
		return fmt.Sprintf("%s takes it as %s", fn, e.Name)
	case TakenIn:
		return fmt.Sprintf("%s takes it in %s", fn, e.Name)
	case Becomes:
		return "it becomes " + e.Name
	}
	return e.Name + " is read here"
}
