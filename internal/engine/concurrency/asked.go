package concurrency

import (
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// isAsked reports whether fn is a method that gives its caller more than an error.
func isAsked(fn *ssa.Function) bool {
	if fn.Signature.Recv() == nil {
		return false
	}
	for r := range fn.Signature.Results().Variables() {
		if !ctxlib.IsError(r.Type()) {
			return true
		}
	}
	return false
}

// askedOnce reports whether each call of a method is for an object that the calling function
// has made for it: no other call has the same one. What comes after the call in the function
// is for others to look at.
func (p *Package) askedOnce(fn *ssa.Function) bool {
	if p.Hidden(fn) || len(p.StartsOf(fn)) > 0 {
		return false
	}
	calls := p.CallsOf(fn)
	for _, call := range calls {
		recv, _ := ssax.Receiver(call.Common())
		object := ssax.Only(recv)
		made, ok := object.(ssa.Instruction)
		if !ok || !p.makes(object) || made.Parent() != call.Parent() {
			return false
		}
		if loop := p.Loops(call.Parent()).Around(call.Block()); loop != nil && !loop.Contains(made) {
			return false
		}
	}
	return len(calls) > 0
}

// makes reports whether v is an object that is new: a variable or literal, or what a function
// of the package returns that makes one.
func (p *Package) makes(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.Alloc:
		return true
	case *ssa.Call:
		fn := p.Callee(&v.Call)
		if fn == nil {
			return false
		}
		returns := ssax.Returns(fn)
		for _, ret := range returns {
			if _, isNew := ssax.Only(ret.Results[0]).(*ssa.Alloc); !isNew { // a call that is a value has one result
				return false
			}
		}
		return len(returns) > 0
	}
	return false
}
