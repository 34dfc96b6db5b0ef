package cancelleak

import (
	"go/constant"
	"go/token"
	"go/types"
	"net/http"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/web"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
)

// follow adds what is made from a node.
func (t *boundTree) follow(i int) {
	x := t.nodes[i]
	refs := x.value.Referrers()
	if refs == nil {
		return
	}
	if _, captured := x.value.(*ssa.FreeVar); captured {
		t.loads(x.value, i, t.same)
		return
	}
	for _, ref := range *refs {
		switch ref := ref.(type) {
		case *ssa.MakeInterface, *ssa.ChangeInterface, *ssa.ChangeType:
			t.same(ref.(ssa.Value), i)
		case *ssa.TypeAssert:
			if !ref.CommaOk {
				t.same(ref, i)
			}
		case *ssa.Phi:
			t.perhaps(ref, i)
		case *ssa.Store:
			t.stored(ref, i)
		case *ssa.Call:
			t.called(ref, i)
		case *ssa.FieldAddr:
			if isResponse(x.value.Type()) && ssax.FieldOf(ref).Name() == "Body" {
				t.body(ref, i)
			}
		}
	}
}

// loads follows the contents of a variable, given its address: how says what becomes
// of a load. Closures over it are bound if they do something with it.
func (t *boundTree) loads(cell ssa.Value, i int, how func(ssa.Value, int)) {
	for _, ref := range *cell.Referrers() {
		switch ref := ref.(type) {
		case *ssa.UnOp:
			how(ref, i)
		case *ssa.MakeClosure:
			if t.nodes[i].plain && worksWith(ref, cell) {
				t.part(ref, i, "a closure over %s")
				t.nodes[t.index[ref]].closure = ref
			}
		}
	}
}

// stored follows a value into a variable, or into a struct made here. A context in a
// field that nothing reads holds nothing back.
func (t *boundTree) stored(s *ssa.Store, i int) {
	x := t.nodes[i]
	if s.Val != x.value {
		return
	}
	switch addr := s.Addr.(type) {
	case *ssa.Alloc:
		switch stores := ssax.StoresTo(addr); {
		case len(stores) == 1:
			t.loads(addr, i, t.same)
		case onlyStored(addr) != nil: // besides the parameter
			t.perhaps(addr, i)
			t.loads(addr, t.index[addr], t.perhaps)
		default:
			t.perhaps(addr, i)
			for _, ref := range *addr.Referrers() {
				if load, ok := ref.(*ssa.UnOp); ok {
					t.perhaps(load, t.index[addr])
				}
			}
		}
	case *ssa.FieldAddr:
		made := madeHere(addr)
		if field := ssax.FieldOf(addr); made == nil || x.plain && field.Pkg() == t.c.pass.Pkg && !field.Exported() && !t.c.reads.has(field) {
			return
		}
		t.part(made, i, "a value that holds %s")
		for _, ref := range *made.Referrers() {
			if load, ok := ref.(*ssa.UnOp); ok && load.Op == token.MUL {
				t.part(load, i, "a value that holds %s")
			}
		}
	}
}

// madeHere returns the struct that has a field, or a field of a field, at addr, if the
// function makes it.
func madeHere(addr *ssa.FieldAddr) *ssa.Alloc {
	for {
		switch x := addr.X.(type) {
		case *ssa.Alloc:
			return x
		case *ssa.FieldAddr:
			addr = x
		default:
			return nil
		}
	}
}

// called follows a value through a call that gives something bound to it.
func (t *boundTree) called(call *ssa.Call, i int) {
	x := t.nodes[i]
	if x.plain && web.IsClientStream(call.Call.Signature()) && minds(&call.Call, x.value) {
		t.made(ssax.Result(call, 0), i, "the stream", false, catalog.High)
		return
	}
	fn := ssax.Callee(&call.Call)
	if fn != nil && x.plain {
		if arg := ctxlib.DerivesFrom(fn); arg >= 0 && arg < len(call.Call.Args) && call.Call.Args[arg] == x.value {
			t.made(ssax.Result(call, 0), i, "a derived context", true, catalog.High)
			return
		}
	}
	if k, ok := ctxlib.Keeps(fn); ok && x.plain == k.TakesContext && !asksForHead(fn, &call.Call) {
		t.made(ssax.Result(call, 0), i, k.What, false, catalog.High)
		return
	}
	if wraps(fn) && !x.plain {
		t.part(ssax.Result(call, 0), i, "the reader")
		return
	}
	t.lives(call, i)
}

// asksForHead reports whether a call makes a request whose response has no body: all
// of it is there when the function that sends the request returns.
func asksForHead(fn *types.Func, call *ssa.CallCommon) bool {
	if !ctxlib.IsFunc(fn, "net/http", "NewRequestWithContext") {
		return false
	}
	k, ok := call.Args[1].(*ssa.Const)
	return ok && k.Value != nil && k.Value.Kind() == constant.String && constant.StringVal(k.Value) == http.MethodHead
}

// body follows the address of resp.Body: what is loaded from it is bound, too.
func (t *boundTree) body(addr *ssa.FieldAddr, i int) {
	for _, ref := range *addr.Referrers() {
		if load, ok := ref.(*ssa.UnOp); ok && load.Op == token.MUL {
			t.part(load, i, "the response body")
		}
	}
}

// worksWith reports whether a closure over a variable that holds a context hands the
// context to a call, itself or in a literal within it; one that only waits for its end
// is not harmed. The address is that of the variable, or the variable that the
// function around the closure has captured.
func worksWith(mc *ssa.MakeClosure, addr ssa.Value) bool {
	for i, b := range mc.Bindings {
		if b != addr {
			continue
		}
		captured := mc.Fn.(*ssa.Function).FreeVars[i]
		for _, ref := range *captured.Referrers() {
			switch ref := ref.(type) {
			case *ssa.UnOp:
				if isArgument(ref) {
					return true
				}
			case *ssa.MakeClosure:
				if worksWith(ref, captured) {
					return true
				}
			}
		}
	}
	return false
}

// worksWithValue is like worksWith for the variable that holds v and nothing else.
func worksWithValue(mc *ssa.MakeClosure, v ssa.Value) bool {
	return slices.ContainsFunc(mc.Bindings, func(b ssa.Value) bool {
		cell, ok := b.(*ssa.Alloc)
		return ok && same(onlyStored(cell), v) && worksWith(mc, cell)
	})
}

// isArgument reports whether v, a context, is an argument of some call to
// which it matters when it ends.
func isArgument(v ssa.Value) bool {
	for _, ref := range *v.Referrers() {
		call, ok := ref.(ssa.CallInstruction)
		if ok && slices.Contains(call.Common().Args, v) && !ctxlib.IsFunc(ssax.Callee(call.Common()), "context", "WithoutCancel") && minds(call.Common(), v) {
			return true
		}
	}
	return false
}
