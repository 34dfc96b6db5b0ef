// Package mustcall decides whether an obligation is met: a value that somebody
// must call (a cancel function), or on which somebody must call a method (a
// span's End, a group's Wait), is followed through the function that made it.
//
// The lattice of an obligation on one path is
//
//	live      the function still has to see to it
//	released  the required call was made, deferred, or started
//	escaped   other code can make the call: it was returned, stored, sent, or
//	          handed to code that is unknown or known to use it
//	lost      no variable of the function holds it any more
//
// A leak is a may-answer, with its path: on that path, which known conditions
// do not rule out, the obligation is live or lost at the end. Everything that
// is unknown counts as escaped: the engine would rather miss a leak than invent
// one. The search of a function is bounded in holders, in the size of
// conditions, and in steps; an obligation that would exceed a bound is given
// up, without a leak.
package mustcall

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// An Effect is what a call does to an obligation that is one of its operands.
type Effect uint8

// The effects, from the weakest.
const (
	Ignores  Effect = iota // the callee provably does nothing with it
	Releases               // the call meets the obligation, or sees to it that it is met
	Escapes                // unknown, or known to keep it
)

// A Protocol describes a kind of obligation. It also keeps what all obligations
// of a function share, so make one for each pass. It is not safe for concurrent
// use.
type Protocol struct {
	// Effect says what call does to an obligation held in its operand v: the
	// function value, the receiver, or an argument.
	Effect func(call *ssa.CallCommon, v ssa.Value) Effect

	// DeadStore reports whether what is stored at addr, the address of a field
	// or a package variable, is never read by anyone. May be nil.
	DeadStore func(addr ssa.Value) bool

	// Ends reports whether a call never returns although its block goes on.
	// May be nil.
	Ends func(call *ssa.CallCommon) bool

	// RunsNow reports whether a call runs fn, a function that it is given, only before
	// it returns, if at all, and tells nobody whether it did. May be nil.
	RunsNow func(call *ssa.CallCommon, fn ssa.Value) bool

	graphs map[*ssa.Function]*graph // of the functions with obligations
}

// An Obligation is one place where an obligation comes into being.
type Obligation struct {
	Site    *ssa.Call // the call that makes it
	Value   ssa.Value // the result that holds it, nil if the program drops it on the spot
	Context ssa.Value // the context made along with it, or nil; once it is done, the obligation is moot

	// Parents returns the contexts whose end also ends Context. May be nil.
	Parents func() []ssa.Value

	// Overwrites reports whether another call makes an obligation for the same
	// variable. May be nil.
	Overwrites func(call *ssa.Call) bool

	// Rivals returns the calls for which Overwrites holds. It may be nil only if
	// Overwrites is.
	Rivals func() []*ssa.Call
}

// siblings returns the other results of the call that made o.
func (o *Obligation) siblings() []ssa.Value {
	var out []ssa.Value
	if _, ok := o.Site.Type().(*types.Tuple); !ok {
		return nil
	}
	for _, ref := range *o.Site.Referrers() {
		if x, ok := ref.(*ssa.Extract); ok && x != o.Value {
			out = append(out, x)
		}
	}
	return out
}

// Uses sums up, regardless of paths, what a function does with an obligation.
type Uses struct {
	Released []ssa.Instruction  // calls, defers and go statements that meet it, also through a closure
	Escaped  []ssa.Instruction  // where it gets out of sight
	Ignored  []*ssa.CallCommon  // calls that take it and do nothing with it
	Dead     []*ssa.Store       // stores to places that nothing reads
	Idle     []*ssa.MakeClosure // closures that would use it if they ever ran
}

// Lost reports whether no path can meet the obligation.
func (u *Uses) Lost() bool { return len(u.Released) == 0 && len(u.Escaped) == 0 }

// A Leak is one way out of the function on which the obligation is not met.
type Leak struct {
	Kind LeakKind
	At   ssa.Instruction // the return, or the call that makes the next obligation
}

// LeakKind says how a path loses the obligation.
type LeakKind uint8

// The kinds of leak.
const (
	AtExit          LeakKind = iota // the function returns
	AtNextIteration                 // a loop comes back to the site
	Overwritten                     // another obligation takes the variable
)
