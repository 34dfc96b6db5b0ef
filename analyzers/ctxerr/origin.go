package ctxerr

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/fixpoint"
	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/web"
)

// An origin is where an error may come from: a union.
type origin uint8

const (
	bare    origin = 1 << iota // the error of a context itself, or one that has no other in it
	chained                    // an error that has another in it, in a way that errors.Is sees
	called                     // the result of a call of which no more is known: clients and drivers wrap
	remote                     // the status of a gRPC call, which has no error of a context in it
	given                      // from a caller, or a channel
	unknown                    // of everything else, such as a field, and what unwrapping gives
)

// has reports whether the origin may be one of others.
func (o origin) has(others origin) bool { return o&others != 0 }

// only reports whether the origin is known and one of others.
func (o origin) only(others origin) bool { return o != 0 && o&^others == 0 }

// result is a question about what a function returns as its result number i.
type result struct {
	fn *ssa.Function
	i  int
}

// newOrigins returns the solver for what functions return, and what parameters are
// given. Its answers are unions that only grow.
func (c *checker) newOrigins() *fixpoint.Solver[any, origin] {
	return fixpoint.New(fixpoint.Problem[any, origin]{
		Step: func(key any) origin {
			switch key := key.(type) {
			case result:
				return c.returned(key)
			case *ssa.Parameter:
				return c.passed(key)
			}
			return unknown
		},
		Join:  func(before, now origin) origin { return before | now },
		Equal: func(a, b origin) bool { return a == b },
		Spent: unknown,
	})
}

func (c *checker) returned(key result) origin {
	var o origin
	for _, ret := range ssax.Returns(key.fn) {
		if key.i < len(ret.Results) {
			o |= c.originOf(ret.Results[key.i])
		}
	}
	return o
}

// passed joins what the calls in view give a parameter.
func (c *checker) passed(p *ssa.Parameter) origin {
	calls, all := c.builder.SSA().Index().AllCalls(p.Parent())
	var o origin
	if !all || len(calls) == 0 {
		o = given
	}
	for _, call := range calls {
		if ssax.InTest(call.Parent()) {
			continue
		}
		if arg := ssax.Argument(call.Common(), p); arg != nil {
			o |= c.originOf(arg)
		}
	}
	return o
}

// originOf returns where the error v may come from.
func (c *checker) originOf(v ssa.Value) origin {
	w := &walk{c: c, seen: make(map[ssa.Value]bool)}
	return w.value(v)
}

// A walk goes from an error back to what made it, through each value once.
type walk struct {
	c    *checker
	seen map[ssa.Value]bool
}

func (w *walk) value(v ssa.Value) origin {
	if w.seen[v] {
		return 0
	}
	w.seen[v] = true
	switch v := v.(type) {
	case *ssa.Const:
		return bare
	case *ssa.MakeInterface:
		if wraps(v.X.Type()) {
			return called
		}
		return bare
	case *ssa.ChangeInterface:
		return w.value(v.X)
	case *ssa.Call:
		return w.call(v, 0)
	case *ssa.Extract:
		if call, ok := v.Tuple.(*ssa.Call); ok {
			return w.call(call, v.Index)
		}
		if recv, ok := v.Tuple.(*ssa.UnOp); ok && recv.Op == token.ARROW {
			return given
		}
		if _, ok := v.Tuple.(*ssa.Select); ok {
			return given
		}
	case *ssa.Phi:
		var o origin
		for _, e := range v.Edges {
			o |= w.value(e)
		}
		return o
	case *ssa.Parameter:
		return w.c.origins.Get(v)
	case *ssa.UnOp:
		if v.Op == token.ARROW {
			return given
		}
		return w.load(v)
	}
	return unknown
}

// load returns where the error that v loads may come from.
func (w *walk) load(v *ssa.UnOp) origin {
	if g, ok := v.X.(*ssa.Global); ok {
		if g.Pkg != w.c.builder.SSA().Pkg {
			return bare // a sentinel
		}
		stores := w.c.builder.SSA().Index().GlobalStores(g)
		if !slices.ContainsFunc(stores, func(st *ssa.Store) bool { return !ssax.IsInit(st.Parent()) }) {
			return bare
		}
		return unknown
	}
	cell, ok := ssax.Variable(v.X)
	if !ok {
		return unknown
	}
	uses := ssax.UsesOf(cell)
	if uses.Escapes {
		return unknown
	}
	var o origin
	for _, st := range uses.Stores {
		if st.Parent() != v.Parent() || ssax.StoreReaches(st, v, uses.Stores) {
			o |= w.value(st.Val)
		}
	}
	return o
}

// call returns where result i of a call comes from.
func (w *walk) call(call *ssa.Call, i int) origin {
	fn := ssax.Callee(&call.Call)
	switch {
	case isErr(&call.Call), ctxlib.IsFunc(fn, "context", "Cause"), ctxlib.IsFunc(fn, "errors", "New"), returnsBare(fn):
		return bare
	case ctxlib.IsFunc(fn, "fmt", "Errorf"):
		return w.errorf(call)
	case unwraps(fn):
		return unknown
	case isRemote(&call.Call):
		return remote
	case returnsChain(fn):
		return chained
	}
	body := ssax.Static(&call.Call)
	if body == nil {
		body = ssax.Origin(ssax.Target(call.Call.Value))
	}
	if body = ssax.Body(body); body != nil && !call.Call.IsInvoke() {
		return w.c.origins.Get(result{body, i})
	}
	return called
}

// errorf returns the origin of what fmt.Errorf makes: with the verb w an error with
// another in it, and otherwise a text.
func (w *walk) errorf(call *ssa.Call) origin {
	format, ok := stringOf(call.Call.Args[0])
	if !ok {
		return unknown
	}
	if !strings.Contains(format, "%w") {
		return bare
	}
	o := chained
	if stores, ok := ssax.Elements(call.Call.Args[1]); ok {
		for _, st := range stores {
			if v := withoutChange(st.Val); ctxlib.IsError(v.Type()) {
				o |= w.value(v) &^ bare
			}
		}
	}
	return o
}

// withoutChange returns the value that v gives another interface type.
func withoutChange(v ssa.Value) ssa.Value {
	if change, ok := v.(*ssa.ChangeInterface); ok {
		return change.X
	}
	return v
}

// stringOf returns the value of a constant string.
func stringOf(v ssa.Value) (string, bool) {
	k, ok := v.(*ssa.Const)
	if !ok || k.Value == nil || k.Value.Kind() != constant.String {
		return "", false
	}
	return constant.StringVal(k.Value), true
}

// isErr reports whether a call is that of the method Err of a context.
func isErr(call *ssa.CallCommon) bool {
	fn := ssax.Callee(call)
	if fn == nil || fn.Name() != "Err" || fn.Signature().Params().Len() != 0 {
		return false
	}
	recv, _ := ssax.Receiver(call)
	return recv != nil && ctxlib.IsContextual(recv.Type())
}

// wraps reports whether an error of type t may have another one in it, or may say of
// itself what it is.
func wraps(t types.Type) bool {
	for _, name := range [...]string{"Unwrap", "Is"} {
		if obj, _, _ := types.LookupFieldOrMethod(t, true, nil, name); obj != nil {
			return true
		}
	}
	return false
}

// unwraps reports whether a function gives the error that is in another one: that of
// package errors, and functions of packages that stand in for it.
func unwraps(fn *types.Func) bool {
	if fn == nil || fn.Signature().Params().Len() > 1 {
		return false
	}
	switch fn.Name() {
	case "Unwrap", "Cause", "UnwrapAll", "UnwrapOnce", "RootCause", "Root":
		return true
	}
	return false
}

// returnsBare reports whether a function is documented to return the error of its
// context as it is.
func returnsBare(fn *types.Func) bool {
	return ctxlib.IsMethod(fn, "net/http", "Server", "Shutdown") ||
		ctxlib.IsMethod(fn, "golang.org/x/sync/semaphore", "Weighted", "Acquire") ||
		ctxlib.IsMethod(fn, "golang.org/x/time/rate", "Limiter", "Wait", "WaitN")
}

// returnsChain reports whether a function returns the error of its context in another
// one, where errors.Is sees it.
func returnsChain(fn *types.Func) bool {
	return ctxlib.IsMethod(fn, "net/http", "Client", "Do", "Get", "Head", "Post", "PostForm") ||
		ctxlib.IsMethod(fn, "net", "Dialer", "DialContext")
}

// isRemote reports whether a call is one of a gRPC client, whose error is a status.
func isRemote(call *ssa.CallCommon) bool {
	if ctxlib.TakesCallOptions(call.Signature()) {
		return !call.IsInvoke() || web.IsClient(call.Method)
	}
	if !call.IsInvoke() {
		return false
	}
	switch call.Method.Name() {
	case "Recv", "Send", "RecvMsg", "SendMsg", "CloseAndRecv":
		return web.IsStream(call.Value.Type())
	}
	return false
}
