package goroutineleak

import (
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
)

// agree reports whether a sender and a receiver look at the same variable before they
// decide to send and to receive: then perhaps one does so only when the other does.
func (c *checker) agree(d *delivery) bool {
	asked := make(map[any]bool)
	add := func(v any) bool { asked[v] = true; return false }
	for site, s := range d.bare {
		c.conditions(s.op.Instr, nil, add)
		if call, ok := site.(ssa.CallInstruction); ok && s.op.Fn() == s.in {
			args := call.Common().Args
			for i, p := range s.in.Params {
				if asked[p] && len(args) == len(s.in.Params) {
					c.sources(args[i], add)
				}
			}
		}
	}
	if len(asked) == 0 {
		return false
	}
	known := func(v any) bool { return asked[v] }
	made := d.made.Block() // what was decided before is decided for both
	for instr := range d.receives {
		if c.conditions(instr, made, known) {
			return true
		}
	}
	for e := range d.cases {
		if c.conditions(e.From.Instrs[0], made, known) {
			return true
		}
	}
	return false
}

// conditions reports whether visit accepts a variable on which it depends whether
// control gets to the instruction, from the block since if that dominates it.
func (c *checker) conditions(instr ssa.Instruction, since *ssa.BasicBlock, visit func(any) bool) bool {
	for branch := range ssax.Guards(instr.Block(), since) {
		if !ssax.IsDispatch(branch) && c.sources(branch.Cond, visit) {
			return true
		}
	}
	return false
}

// sources reports whether visit accepts a variable that a value is computed from: a
// local one by its cell or its only value, a field by its declaration.
func (c *checker) sources(v ssa.Value, visit func(any) bool) bool {
	work := ssax.NewWork(v)
	for v := range work.All() {
		if v == nil {
			continue
		}
		if free, ok := v.(*ssa.FreeVar); ok {
			work.Add(ssax.Binding(free))
			continue
		}
		if f := ssax.FieldOf(v); f != nil {
			if visit(f) {
				return true
			}
			continue
		}
		switch v := v.(type) {
		case *ssa.Const, *ssa.Function, *ssa.Builtin:
			continue
		case *ssa.Call, *ssa.BinOp, *ssa.Convert, *ssa.ChangeType, *ssa.MakeInterface, *ssa.Extract:
		case *ssa.UnOp:
			if v.Op == token.ARROW {
				continue
			}
		default:
			if visit(v) {
				return true
			}
			continue
		}
		for _, op := range v.(ssa.Instruction).Operands(nil) {
			work.Add(*op)
		}
	}
	return false
}
