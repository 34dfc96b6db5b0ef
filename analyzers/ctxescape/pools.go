package ctxescape

import (
	"fmt"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
)

// checkPools reports what fn takes from a sync.Pool, fills and puts back although
// nothing has cleared it.
func (c *checker) checkPools(fn *ssa.Function) {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			put, ok := instr.(ssa.CallInstruction)
			if !ok || !ctxlib.IsMethod(ssax.Callee(put.Common()), "sync", "Pool", "Put") {
				continue
			}
			if _, args := ssax.Receiver(put.Common()); len(args) == 1 {
				c.checkPut(put, args[0])
			}
		}
	}
}

// checkPut reports a value that is put back with what one use has left in it. The value
// must come from the pool in the same function, which uses it in no way that is out of
// sight, so that all that is done to it can be seen.
func (c *checker) checkPut(put ssa.CallInstruction, v ssa.Value) {
	got, isCall := ssax.Only(v).(*ssa.Call)
	if !isCall || !ctxlib.IsMethod(ssax.Callee(&got.Call), "sync", "Pool", "Get") {
		return
	}
	p := &pooled{got: got, put: put, filled: make(map[*types.Var]ssa.Instruction)}
	p.follow(got)
	switch {
	case p.unknown:
		c.silent(categoryPool, put, mayBeClear)
		return
	case p.whole == nil && len(p.fields) == 0:
		c.silent(categoryPool, put, notFilled)
		return
	}
	what, fill := "the map", p.whole
	for _, f := range p.fields {
		if !slices.Contains(p.cleared, f) && p.filled[f] != nil {
			what, fill = "its field "+f.Name(), p.filled[f]
			break
		}
	}
	if fill == nil || p.wholeCleared {
		c.silent(categoryPool, put, clearedHere)
		return
	}
	pos, end := c.span(put)
	if call := put.Value(); call == nil {
		pos, end = put.Pos(), put.Pos()
	}
	c.report.ReportFinding(diag.Finding{Diagnostic: analysis.Diagnostic{
		Pos: pos, End: end,
		Category: categoryPool,
		Message:  fmt.Sprintf("the value goes back to the pool with what this use has put into %s, so it grows and the next one sees it; clear it before Put", what),
		Related:  []analysis.RelatedInformation{{Pos: fill.Pos(), Message: "filled here"}, {Pos: got.Pos(), Message: "the value comes from the pool"}},
	}})
}

// pooled is what a function does with a value between Get and Put.
type pooled struct {
	got          *ssa.Call
	put          ssa.CallInstruction
	fields       []*types.Var // that are filled
	filled       map[*types.Var]ssa.Instruction
	cleared      []*types.Var
	whole        ssa.Instruction // fills the value itself, a map
	wholeCleared bool
	unknown      bool // something out of sight gets the value
}

// follow looks at all uses of a value that is the pooled one.
func (p *pooled) follow(v ssa.Value) {
	for _, ref := range *v.Referrers() {
		switch ref := ref.(type) {
		case *ssa.DebugRef, *ssa.BinOp, *ssa.If:
		case *ssa.TypeAssert:
			if ref.CommaOk {
				p.unknown = true
				return
			}
			p.follow(ref)
		case *ssa.MakeInterface:
			p.follow(ref)
		case *ssa.ChangeType:
			p.follow(ref)
		case *ssa.Store:
			cell, ok := ssax.Variable(ref.Addr)
			uses := (*ssax.Uses)(nil)
			if ok && ref.Val == v {
				uses = ssax.UsesOf(cell)
			}
			if uses == nil || len(uses.Stores) != 1 || uses.Escapes {
				p.unknown = true
				return
			}
			for _, load := range uses.Loads {
				p.follow(load)
			}
		case *ssa.FieldAddr:
			p.field(ref)
		case *ssa.MapUpdate:
			if ref.Map != v {
				p.unknown = true
				return
			}
			p.whole = ref
		case *ssa.Lookup:
			p.wholeCleared = true // it may be a cache, which is to keep what it has
		case *ssa.Range, *ssa.UnOp:
		case ssa.CallInstruction:
			p.call(ref, v)
		default:
			p.unknown = true
		}
	}
}

// call looks at a call that gets the value itself. Whatever is not known may clear it.
func (p *pooled) call(call ssa.CallInstruction, v ssa.Value) {
	if call == p.put {
		return
	}
	if b, ok := call.Common().Value.(*ssa.Builtin); ok {
		switch b.Name() {
		case "clear", "delete":
			p.wholeCleared = true
		}
		return
	}
	p.unknown = true
}

// field looks at the uses of a field of the value.
func (p *pooled) field(addr *ssa.FieldAddr) {
	f := ssax.FieldOf(addr)
	for _, ref := range *addr.Referrers() {
		switch ref := ref.(type) {
		case *ssa.DebugRef:
		case *ssa.Store:
			if ref.Addr == ssa.Value(addr) {
				p.store(f, ref)
			} else {
				p.unknown = true
			}
		case *ssa.UnOp:
			p.loaded(f, ref)
		case ssa.CallInstruction, *ssa.FieldAddr, *ssa.IndexAddr:
			p.cleared = append(p.cleared, f) // it may be cleared by way of its address
		default:
			p.cleared = append(p.cleared, f)
		}
	}
}

// store looks at what is stored in a field: more of the same, or something new.
func (p *pooled) store(f *types.Var, st *ssa.Store) {
	call, ok := ssax.Strip(st.Val).(*ssa.Call)
	if ok {
		if b, isBuiltin := call.Call.Value.(*ssa.Builtin); isBuiltin && b.Name() == "append" && loadsField(call.Call.Args[0], f) && refersToMore(f.Type()) {
			p.fill(f, st)
			return
		}
	}
	p.cleared = append(p.cleared, f)
}

func loadsField(v ssa.Value, f *types.Var) bool {
	load, ok := v.(*ssa.UnOp)
	if !ok {
		return false
	}
	addr, ok := load.X.(*ssa.FieldAddr)
	return ok && ssax.FieldOf(addr) == f
}

// refersToMore reports whether t is a slice or map: something that grows.
func refersToMore(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Slice, *types.Map:
		return true
	}
	return false
}

func (p *pooled) fill(f *types.Var, instr ssa.Instruction) {
	if p.filled[f] == nil {
		p.fields = append(p.fields, f)
		p.filled[f] = instr
	}
}

// loaded looks at the uses of what a field holds.
func (p *pooled) loaded(f *types.Var, load *ssa.UnOp) {
	for _, ref := range *load.Referrers() {
		switch ref := ref.(type) {
		case *ssa.MapUpdate:
			if ref.Map == ssa.Value(load) {
				p.fill(f, ref)
			}
		case *ssa.Slice:
			p.cleared = append(p.cleared, f) // s.list[:0]
		case *ssa.Lookup:
			p.cleared = append(p.cleared, f) // it may be a cache, which is to keep what it has
		case ssa.CallInstruction:
			b, ok := ref.Common().Value.(*ssa.Builtin)
			if !ok || b.Name() == "clear" || b.Name() == "delete" {
				p.cleared = append(p.cleared, f)
			}
		}
	}
}
