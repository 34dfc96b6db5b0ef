package metriclifecycle

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/typename"
	"github.com/ctxlint/ctxlint/internal/model/web"
	"github.com/ctxlint/ctxlint/internal/model/words"
)

// hotRoot says what a library calls fn again and again as, "" if it does not: "HTTP
// handler".
func hotRoot(fn *ssa.Function) string {
	params := fn.Signature.Params()
	switch {
	case hasParam(params, "net/http", "ResponseWriter") && hasParam(params, "net/http", "Request"):
		return "HTTP handler"
	case params.Len() > 0 && isHandlerContext(params.At(params.Len()-1).Type()) && params.Len() <= 2 && fn.Signature.Results().Len() <= 1:
		return "HTTP handler"
	case fn.Name() == "RoundTrip" && params.Len() == 1 && isNamed(params.At(0).Type(), "net/http", "Request"):
		return "transport"
	case words.Reconciles.Leads(fn.Name()) && fn.Signature.Recv() != nil && params.Len() >= 2 && ctxlib.IsContext(params.At(0).Type()) && fn.Signature.Results().Len() > 0:
		return "reconciler"
	case isRPC(fn.Signature), web.IsRPC(fn.Signature):
		return "RPC handler"
	case web.IsInterceptor(fn.Signature):
		return "interceptor"
	}
	return ""
}

func hasParam(params *types.Tuple, path, name string) bool {
	return slices.ContainsFunc(slices.Collect(params.Variables()), func(v *types.Var) bool { return isNamed(v.Type(), path, name) })
}

func isNamed(t types.Type, path, name string) bool { return ctxlib.IsNamedOrPointer(t, path, name) }

// isHandlerContext reports whether t is what a web framework passes to a handler,
// and all that marks one.
func isHandlerContext(t types.Type) bool {
	f, ok := web.Of(t)
	return ok && f.Kind == web.Handler && f.With == ""
}

// isRPC reports whether a signature is that of a unary RPC: a context and a
// protocol buffer, and one back.
func isRPC(sig *types.Signature) bool {
	params, results := sig.Params(), sig.Results()
	return sig.Recv() != nil && params.Len() == 2 && results.Len() == 2 && ctxlib.IsContext(params.At(0).Type()) &&
		isMessage(params.At(1).Type()) && isMessage(results.At(0).Type()) && ctxlib.IsError(results.At(1).Type())
}

func isMessage(t types.Type) bool {
	if _, ok := types.Unalias(t).(*types.Pointer); !ok {
		return false
	}
	obj, _, _ := types.LookupFieldOrMethod(t, false, nil, "ProtoReflect")
	_, ok := obj.(*types.Func)
	return ok
}

// dependsOnState reports whether something that outlives the call of the function
// decides whether instr is reached: a field of the receiver, a variable of the
// package or of an enclosing function, the contents of a map. Code that does a
// thing only the first time looks like that. Within is the head of a loop, or nil;
// what decides whether the loop is entered does not count.
func (c *checker) dependsOnState(instr ssa.Instruction, within *ssa.BasicBlock) bool {
	b := instr.Block()
	for d := b.Idom(); d != nil && b != within && d != within; d = d.Idom() {
		branch := ssax.BranchOf(d)
		if branch != nil && (ssax.OnlyBy(b, branch, 0) || ssax.OnlyBy(b, branch, 1)) && isState(branch.Cond, make(map[ssa.Value]bool)) {
			return true
		}
	}
	return false
}

// isState reports whether a value depends on state. Values that are not understood
// do; those in seen have been visited.
func isState(v ssa.Value, seen map[ssa.Value]bool) bool {
	if seen[v] {
		return false
	}
	seen[v] = true
	switch v := v.(type) {
	case *ssa.Const, *ssa.Builtin, *ssa.Function, *ssa.Parameter:
		return false
	case *ssa.FieldAddr:
		if p, ok := v.X.(*ssa.Parameter); ok {
			return ssax.IsReceiver(p)
		}
		return isState(v.X, seen)
	case *ssa.BinOp:
		if ctxlib.IsError(v.X.Type()) {
			return false // it tells whether something failed
		}
	case *ssa.Alloc:
		if !v.Heap {
			return false
		}
		return slices.ContainsFunc(ssax.StoresTo(v), func(st *ssa.Store) bool { return isState(st.Val, seen) })
	case *ssa.Call:
		if _, builtin := v.Call.Value.(*ssa.Builtin); !builtin && !v.Call.IsInvoke() && (v.Call.StaticCallee() == nil || len(v.Call.Args) == 0) {
			return true // a function value, or a call that may depend on anything
		}
		if len(v.Call.Args) > 0 {
			if p, ok := v.Call.Args[0].(*ssa.Parameter); ok && ssax.IsReceiver(p) {
				return true
			}
		}
	case *ssa.UnOp, *ssa.Field, *ssa.IndexAddr, *ssa.Index, *ssa.Extract, *ssa.Phi, *ssa.TypeAssert, *ssa.ChangeType, *ssa.ChangeInterface, *ssa.MakeInterface, *ssa.Convert, *ssa.Slice:
	default:
		return true
	}
	for _, op := range v.(ssa.Instruction).Operands(nil) {
		if *op != nil && isState(*op, seen) {
			return true
		}
	}
	return false
}

const otelPath = "go.opentelemetry.io/otel/metric"

// instrumentOf returns the event of making an OpenTelemetry instrument or
// registering a callback.
func instrumentOf(call ssa.CallInstruction) (event, bool) {
	common := call.Common()
	fn := ssax.Callee(common)
	if fn == nil || fn.Pkg() == nil || fn.Pkg().Path() != otelPath || fn.Signature().Recv() == nil || len(common.Args) == 0 {
		return event{}, false
	}
	if recv := typename.Of(fn.Signature().Recv().Type()); recv == nil || recv.Obj().Name() != "Meter" {
		return event{}, false
	}
	e := event{category: hotRegister, instr: call, what: fn.Name()}
	switch {
	case fn.Name() == "RegisterCallback":
		v, ok := call.(*ssa.Call)
		e.category = callback
		return e, ok && dropped(v, 0)
	case strings.HasPrefix(fn.Name(), "Int64") || strings.HasPrefix(fn.Name(), "Float64"):
		name, ok := common.Args[0].(*ssa.Const)
		if !ok {
			return event{}, false
		}
		e.name, e.made = strings.Trim(name.Value.ExactString(), `"`), true
		return e, true
	}
	return event{}, false
}

func (e event) isInstrument() bool {
	fn := ssax.Callee(e.instr.Common())
	return fn != nil && fn.Pkg() != nil && fn.Pkg().Path() == otelPath
}

// dropped reports whether nothing uses result i of a call.
func dropped(call *ssa.Call, i int) bool {
	if call.Call.Signature().Results().Len() == 1 {
		return unused(call)
	}
	for _, ref := range *call.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Extract:
			if ref.Index == i && !unused(ref) {
				return false
			}
		case *ssa.Return:
			return false
		}
	}
	return true
}

func unused(v ssa.Value) bool {
	for _, ref := range *v.Referrers() {
		if _, ok := ref.(*ssa.DebugRef); !ok {
			return false
		}
	}
	return true
}
