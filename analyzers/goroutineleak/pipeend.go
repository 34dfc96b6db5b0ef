package goroutineleak

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/concurrency"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// pipeEnd is what is done with one end of a pipe.
type pipeEnd struct {
	closes  []ssa.CallInstruction
	uses    []ssa.CallInstruction // which read or write, and are known to leave it open
	foreign []ssa.CallInstruction // which get it as no more than a reader or writer, in code out of view
	unknown bool                  // it may also be closed, or kept, by code that is not known
}

// known reports whether everything that is done with the end is in sight.
func (e *pipeEnd) known() bool { return !e.unknown && len(e.foreign) == 0 }

// all returns the calls that read or write.
func (e *pipeEnd) all() []ssa.CallInstruction { return slices.Concat(e.uses, e.foreign) }

// endOf returns what is done with an end of a pipe, here and in functions of the package
// that are given it.
func (c *checker) endOf(v ssa.Value) *pipeEnd {
	end, work := new(pipeEnd), ssax.NewWork(c.pkg.Held(v))
	for h := range work.All() {
		end.unknown = end.unknown || h.Unknown && len(h.Leaks) == 0 || len(h.Returns) > 0
		for _, leak := range h.Leaks {
			c.addUse(end, work, leak)
		}
		for _, g := range h.Given {
			work.Add(c.pkg.Held(g.Param))
		}
	}
	return end
}

// addUse adds a use of the end, or of the interface that it is converted to.
func (c *checker) addUse(end *pipeEnd, work *ssax.Work[*concurrency.Held], use ssa.Instruction) {
	switch use := use.(type) {
	case *ssa.MakeInterface:
		for _, ref := range *use.Referrers() {
			if call, ok := ref.(ssa.CallInstruction); ok {
				c.addCall(end, work, call, use)
			} else {
				end.unknown = true
			}
		}
	case ssa.CallInstruction:
		end.add(use)
	default:
		end.unknown = true
	}
}

// addCall adds a call that gets the end as an interface.
func (c *checker) addCall(end *pipeEnd, work *ssax.Work[*concurrency.Held], call ssa.CallInstruction, v ssa.Value) {
	callee := c.pkg.Callee(call.Common())
	if callee == nil || len(callee.Params) != len(call.Common().Args) {
		end.add(call)
		return
	}
	for i, arg := range call.Common().Args {
		if arg == v {
			work.Add(c.pkg.Held(callee.Params[i]))
		}
	}
}

// add adds a call of code out of view.
func (e *pipeEnd) add(call ssa.CallInstruction) {
	fn := ssax.Callee(call.Common())
	_, direct := call.Common().Value.Type().Underlying().(*types.Interface)
	direct = direct && call.Common().IsInvoke()
	isEnd := func(names ...string) bool {
		return ctxlib.IsMethod(fn, "io", "PipeReader", names...) || ctxlib.IsMethod(fn, "io", "PipeWriter", names...) ||
			direct && slices.Contains(names, fn.Name())
	}
	switch {
	case fn == nil:
		e.unknown = true
	case isEnd("Close", "CloseWithError"):
		e.closes = append(e.closes, call)
	case isEnd("Read", "Write") || keepsOpen(call):
		e.uses = append(e.uses, call)
	case !call.Common().IsInvoke() && wrapsEnd(fn):
		e.foreign = append(e.foreign, call)
	default:
		e.unknown = true
	}
}

// keepsOpen reports whether the call is of a function of the standard library that reads
// from or writes to what it is given, and never closes that.
func keepsOpen(call ssa.CallInstruction) bool {
	fn := ssax.Callee(call.Common())
	if fn == nil || fn.Pkg() == nil || call.Common().IsInvoke() {
		return false
	}
	switch fn.Pkg().Path() {
	case "io", "fmt", "bufio", "encoding/json", "encoding/xml", "encoding/csv", "encoding/gob", "compress/gzip", "compress/zlib",
		"archive/tar", "archive/zip", "mime/multipart", "text/template", "html/template":
		return true
	}
	return false
}

// wrapsEnd reports whether a function of a library makes something like a decoder or an
// encoder of the reader or writer that it is given: it does not see that this can be
// closed, and takes no context to do work under.
func wrapsEnd(fn *types.Func) bool {
	sig := fn.Signature()
	if sig.Results().Len() == 0 || sig.Params().Len() == 0 || fn.Pkg() == nil || fn.Pkg().Path() == "net/http" {
		return false
	}
	first := sig.Results().At(0).Type()
	if ctxlib.IsError(first) || types.NewMethodSet(first).Len() == 0 {
		return false
	}
	for p := range sig.Params().Variables() {
		if ctxlib.IsContextual(p.Type()) {
			return false
		}
	}
	in := sig.Params().At(0).Type()
	return ctxlib.TypeName(in) == "io.Reader" || ctxlib.TypeName(in) == "io.Writer"
}
