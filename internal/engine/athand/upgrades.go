package athand

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// isUpgrade reports whether an instruction takes the connection of the request
// away from the server: directly, or in a function of the package that is given
// what the response is written to.
func (f *Finder) isUpgrade(instr ssa.Instruction) bool {
	call, ok := instr.(*ssa.Call)
	if !ok {
		return false
	}
	if ctxlib.TakesOver(ssax.Callee(&call.Call)) {
		return true
	}
	fn := ssax.Static(&call.Call)
	return fn != nil && fn.Pkg != nil && fn.Pkg.Pkg == f.pass.Pkg && takesWriter(fn) && f.upgrades.Get(fn)
}

// upgradesIn is the Step of upgrades: it reports whether some call in fn takes
// the connection away (may).
func (f *Finder) upgradesIn(fn *ssa.Function) bool {
	return ssax.Any(fn, f.isUpgrade)
}

func takesWriter(fn *ssa.Function) bool {
	return slices.ContainsFunc(fn.Params, func(p *ssa.Parameter) bool { return ctxlib.TypeName(p.Type()) == "net/http.ResponseWriter" })
}

// isUpgraded reports whether the connection of the request that fn is given has
// been taken away from the server before: fn is given the connection, too.
func isUpgraded(fn *ssa.Function) bool {
	return slices.ContainsFunc(fn.Params, func(p *ssa.Parameter) bool { return ctxlib.IsTakenOver(p.Type()) })
}
