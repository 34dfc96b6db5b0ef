package concurrency

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/fixpoint"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// A Spawn is a place where a goroutine is started.
type Spawn struct {
	Site ssa.CallInstruction // a go statement, or a call of something that starts its argument
	Fn   *ssa.Function       // what the goroutine runs, nil if that is not a function of the package
}

// runs knows how the functions of the package come to run.
type runs struct {
	callees  map[*ssa.CallCommon]*ssa.Function // for calls of variables that only ever hold one function literal
	calls    map[*ssa.Function][]ssa.CallInstruction
	spawns   []Spawn
	starts   map[*ssa.Function][]Spawn
	unknown  map[*ssa.Function]bool                // used as a value that goes out of view
	strays   map[*ssa.Function]bool                // of those, the ones that are not only callbacks
	callback map[*ssa.Function][]callback          // how calls run literals that they are given
	once     map[*ssa.Function]bool                // literals that run once in the life of the process
	abstract map[string]bool                       // names of unexported methods of interfaces
	lifetime *fixpoint.Solver[*ssa.Function, bool] // whether they run only as long as the process does
}

func (p *Package) run() *runs {
	if p.runs != nil {
		return p.runs
	}
	r := &runs{
		callees:  make(map[*ssa.CallCommon]*ssa.Function),
		calls:    make(map[*ssa.Function][]ssa.CallInstruction),
		starts:   make(map[*ssa.Function][]Spawn),
		unknown:  make(map[*ssa.Function]bool),
		strays:   make(map[*ssa.Function]bool),
		callback: make(map[*ssa.Function][]callback),
		once:     make(map[*ssa.Function]bool),
		abstract: make(map[string]bool),
	}
	r.lifetime = fixpoint.NewBool(true, false, p.processLifetime)
	p.runs = r
	for _, obj := range p.pass.TypesInfo.Defs {
		if fn, ok := obj.(*types.Func); ok && fn.Signature().Recv() != nil && types.IsInterface(fn.Signature().Recv().Type()) {
			r.abstract[fn.Name()] = true
		}
	}
	for _, fn := range p.SSA().Funcs {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				r.instr(p, instr)
			}
		}
	}
	// Only now are all callees known.
	for _, fn := range p.SSA().Funcs {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				if call, ok := instr.(ssa.CallInstruction); ok {
					r.call(p, call)
				}
			}
		}
	}
	return r
}

// instr follows the functions that are operands of the instruction.
func (r *runs) instr(p *Package, instr ssa.Instruction) {
	if mc, ok := instr.(*ssa.MakeClosure); ok {
		fn := mc.Fn.(*ssa.Function)
		if fn.Synthetic != "" && fn.Parent() == nil {
			r.method(p, fn) // a method value
			return
		}
		r.follow(fn, mc)
		return
	}
	for i, op := range instr.Operands(nil) {
		fn, ok := (*op).(*ssa.Function)
		if !ok {
			continue
		}
		if call, ok := instr.(ssa.CallInstruction); ok && i == 0 && !call.Common().IsInvoke() {
			continue // a static call
		}
		fn = ssax.Origin(fn)
		if fn.Synthetic != "" && fn.Parent() == nil && fn.Pkg == nil {
			r.method(p, fn) // a method expression
			continue
		}
		r.use(fn, fn, instr)
	}
}

// hide records that fn goes out of view as a value.
func (r *runs) hide(fn *ssa.Function) {
	r.unknown[fn] = true
	r.strays[fn] = true
}

// method records that the method behind a wrapper is used as a value.
func (r *runs) method(p *Package, wrapper *ssa.Function) {
	if obj := ssax.FuncOf(wrapper); obj != nil {
		if fn := p.SSA().Pkg.Prog.FuncValue(obj); fn != nil {
			r.hide(fn)
		}
	}
}

// follow looks at the uses of v, which holds the function fn and nothing else.
// It terminates, because a variable that is assigned only once cannot hold a
// value computed from itself.
func (r *runs) follow(fn *ssa.Function, v ssa.Value) {
	if v.Referrers() == nil {
		r.hide(fn)
		return
	}
	for _, ref := range *v.Referrers() {
		r.use(fn, v, ref)
	}
}

// use looks at one use of v, which holds fn.
func (r *runs) use(fn *ssa.Function, v ssa.Value, instr ssa.Instruction) {
	switch instr := instr.(type) {
	case *ssa.DebugRef:
		return
	case *ssa.ChangeType:
		r.follow(fn, instr)
		return
	case *ssa.Store:
		cell, ok := instr.Addr.(*ssa.Alloc)
		if !ok || instr.Val != v {
			break
		}
		uses := ssax.UsesOf(cell)
		if _, once := uses.Only(); once {
			for _, load := range uses.Loads {
				r.follow(fn, load)
			}
			return
		}
	case ssa.CallInstruction:
		common := instr.Common()
		if common.Value == v && !common.IsInvoke() {
			r.callees[common] = fn
			for _, arg := range common.Args {
				if arg == v {
					r.hide(fn)
				}
			}
			return
		}
		if _, isCall := instr.(*ssa.Call); isCall && starter(common) {
			s := Spawn{instr, fn}
			r.spawns = append(r.spawns, s)
			r.starts[fn] = append(r.starts[fn], s)
			return
		}
		if runsOnce(common) {
			r.once[fn] = true
		}
		if _, isGo := instr.(*ssa.Go); !isGo && fn.Parent() != nil {
			r.callback[fn] = append(r.callback[fn], callback{instr, v})
			r.unknown[fn] = true
			return
		}
	}
	r.hide(fn)
}

// starter reports whether the call starts a goroutine that runs its argument.
func starter(common *ssa.CallCommon) bool {
	fn := ssax.Callee(common)
	return ctxlib.IsMethod(fn, "sync", "WaitGroup", "Go") || ctxlib.IsMethod(fn, "golang.org/x/sync/errgroup", "Group", "Go", "TryGo") ||
		ctxlib.IsFunc(fn, "time", "AfterFunc") || ctxlib.IsFunc(fn, "context", "AfterFunc")
}

// runsOnce reports whether the call runs its argument once in the life of a
// variable that usually lives as long as the process.
func runsOnce(common *ssa.CallCommon) bool {
	fn := ssax.Callee(common)
	return ctxlib.IsMethod(fn, "sync", "Once", "Do") || ctxlib.IsFunc(fn, "sync", "OnceFunc") ||
		ctxlib.IsFunc(fn, "sync", "OnceValue") || ctxlib.IsFunc(fn, "sync", "OnceValues")
}

// call records a call or go statement under the function that it runs.
func (r *runs) call(p *Package, instr ssa.CallInstruction) {
	fn := p.Callee(instr.Common())
	if _, ok := instr.(*ssa.Go); ok {
		s := Spawn{instr, fn}
		r.spawns = append(r.spawns, s)
		if fn != nil {
			r.starts[fn] = append(r.starts[fn], s)
		}
		return
	}
	if fn != nil {
		r.calls[fn] = append(r.calls[fn], instr)
	}
}

// Callee returns the function of the package's source that a call runs: a
// declared function or method, a literal called on the spot, or the one literal
// that a local variable holds. It is nil if the call is dynamic or leaves the
// package.
func (p *Package) Callee(call *ssa.CallCommon) *ssa.Function {
	fn := call.StaticCallee()
	if fn == nil {
		fn = p.run().callees[call]
	}
	if fn = ssax.Body(fn); fn == nil || fn.Pkg != p.SSA().Pkg {
		return nil
	}
	return fn
}

// Spawns returns the places where the package starts goroutines, in the order of
// its functions.
func (p *Package) Spawns() []Spawn { return p.run().spawns }

// StartsOf returns the places where fn is started as a goroutine.
func (p *Package) StartsOf(fn *ssa.Function) []Spawn { return p.run().starts[fn] }

// CallsOf returns the calls and defers of fn that are in view.
func (p *Package) CallsOf(fn *ssa.Function) []ssa.CallInstruction { return p.run().calls[fn] }

// dynamic reports whether a call through an interface may run fn.
func (p *Package) dynamic(fn *ssa.Function) bool { return p.run().abstract[fn.Name()] }

// usedAsValue reports whether fn, as a value, goes out of view.
func (p *Package) usedAsValue(fn *ssa.Function) bool { return p.run().unknown[fn] }

// Hidden reports whether fn may run in ways that are out of view.
func (p *Package) Hidden(fn *ssa.Function) bool {
	if p.usedAsValue(fn) {
		return true
	}
	if fn.Parent() != nil || fn.Object() == nil {
		return false
	}
	return fn.Object().Exported() && p.pass.Pkg.Name() != "main" || fn.Signature.Recv() != nil && p.dynamic(fn)
}

// Runs reports whether calling fn may run an instruction that want accepts, in
// fn itself or in functions of the package that it calls. Goroutines that it
// starts do not count.
func (p *Package) Runs(fn *ssa.Function, want func(ssa.Instruction) bool) bool {
	return p.runsAny(fn, want, make(map[*ssa.Function]bool))
}

func (p *Package) runsAny(fn *ssa.Function, want func(ssa.Instruction) bool, seen map[*ssa.Function]bool) bool {
	if fn == nil || seen[fn] {
		return false
	}
	seen[fn] = true
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if want(instr) {
				return true
			}
			switch instr := instr.(type) {
			case *ssa.Call:
				if p.runsAny(p.Callee(&instr.Call), want, seen) {
					return true
				}
			case *ssa.Defer:
				if p.runsAny(p.Callee(&instr.Call), want, seen) {
					return true
				}
			}
		}
	}
	return false
}

// isReceive reports whether the instruction is a receive that blocks.
func isReceive(instr ssa.Instruction) bool {
	u, ok := instr.(*ssa.UnOp)
	return ok && u.Op == token.ARROW
}
