package missingctx

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/purpose"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// inputsOf returns what a command is given to read.
func inputsOf(command *ssa.Call) []ssa.Value {
	var out []ssa.Value
	for _, alias := range purpose.Aliases(command) {
		for _, ref := range *alias.Referrers() {
			addr, ok := ref.(*ssa.FieldAddr)
			if !ok || ssax.FieldOf(addr).Name() != "Stdin" {
				continue
			}
			for _, st := range ssax.StoresTo(addr) {
				out = append(out, ssax.Strip(st.Val))
			}
		}
	}
	return out
}

// isInteractive reports whether a command reads what somebody types: it ends when they
// want it to.
func isInteractive(command *ssa.Call) bool {
	return slices.ContainsFunc(inputsOf(command), func(in ssa.Value) bool {
		g, ok := ssax.LoadedFrom(in).(*ssa.Global)
		return ok && g.Pkg.Pkg.Path() == "os"
	})
}

// readsRequest reports whether a command reads the body of the request that its function is
// given: its input is over when the client has gone.
func readsRequest(command *ssa.Call) bool {
	inputs := inputsOf(command)
	return len(inputs) > 0 && !slices.ContainsFunc(inputs, func(in ssa.Value) bool { return !isOfBody(in, make(map[ssa.Value]bool)) })
}

// isOfBody reports whether all that v can be reads from the body of a request among the
// parameters: that itself, or what a function makes of it, such as a reader with a limit.
func isOfBody(v ssa.Value, seen map[ssa.Value]bool) bool {
	v = ssax.Only(v)
	if seen[v] {
		return true
	}
	seen[v] = true
	if addr, ok := ssax.LoadedFrom(v).(*ssa.FieldAddr); ok {
		_, given := ssax.Only(addr.X).(*ssa.Parameter)
		return given && ssax.FieldOf(addr).Name() == "Body" && ctxlib.IsNamedOrPointer(addr.X.Type(), "net/http", "Request")
	}
	switch v := v.(type) {
	case *ssa.Phi:
		return !slices.ContainsFunc(v.Edges, func(e ssa.Value) bool { return !isOfBody(e, seen) })
	case *ssa.Extract:
		return isOfBody(v.Tuple, seen)
	case *ssa.Call:
		return slices.ContainsFunc(v.Call.Args, func(arg ssa.Value) bool { return isOfBody(arg, seen) })
	}
	return false
}
