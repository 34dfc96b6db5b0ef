package ctxflow

import (
	"go/token"

	"golang.org/x/tools/go/ssa"
)

// store follows a context into a variable, or ends the flow where it is kept.
func (f *follower) store(st *ssa.Store, steps []ssa.Instruction) {
	cell, ok := variable(st.Addr)
	if !ok {
		f.use(Stored, st, 0, steps)
		return
	}
	acc := accessesOf(cell)
	if acc.escapes {
		f.use(Stored, st, 0, steps)
		return
	}
	f.flow.Captured = append(f.flow.Captured, acc.closures...)
	for _, load := range acc.loads {
		if len(acc.stores) == 1 || Reaches(st, load, acc.stores) {
			f.value(load, steps)
		}
	}
}

// variable returns the variable of the function, or of the function around a
// literal, to which addr belongs.
func variable(addr ssa.Value) (*ssa.Alloc, bool) {
	for {
		switch a := addr.(type) {
		case *ssa.Alloc:
			return a, true
		case *ssa.FreeVar:
			bound := Binding(a)
			if bound == nil {
				return nil, false
			}
			addr = bound
		default:
			return nil, false
		}
	}
}

// Binding returns the value to which the free variable of a literal is bound, nil
// if the literal is made at more than one place.
func Binding(v *ssa.FreeVar) ssa.Value {
	fn := v.Parent()
	closure := MakerOf(fn)
	if closure == nil {
		return nil
	}
	for i, fv := range fn.FreeVars {
		if fv == v {
			return closure.Bindings[i]
		}
	}
	return nil
}

// MakerOf returns the one instruction that makes the closure fn, nil if fn
// captures nothing.
func MakerOf(fn *ssa.Function) *ssa.MakeClosure {
	if fn.Parent() == nil {
		return nil
	}
	for _, ref := range referrersIn(fn.Parent(), fn) {
		if mc, ok := ref.(*ssa.MakeClosure); ok && mc.Fn == fn {
			return mc
		}
	}
	return nil
}

// referrersIn returns the instructions of parent that refer to the function fn;
// go/ssa keeps no referrers of functions.
func referrersIn(parent, fn *ssa.Function) []ssa.Instruction {
	var refs []ssa.Instruction
	var buf [8]*ssa.Value
	for _, b := range parent.Blocks {
		for _, instr := range b.Instrs {
			for _, op := range instr.Operands(buf[:0]) {
				if *op == ssa.Value(fn) {
					refs = append(refs, instr)
					break
				}
			}
		}
	}
	return refs
}

// References returns the instructions of the enclosing function that refer to
// the literal fn, or to the closure made of it.
func References(fn *ssa.Function) []ssa.Instruction {
	if fn.Parent() == nil {
		return nil
	}
	var refs []ssa.Instruction
	for _, ref := range referrersIn(fn.Parent(), fn) {
		if mc, ok := ref.(*ssa.MakeClosure); ok {
			refs = append(refs, *mc.Referrers()...)
		} else {
			refs = append(refs, ref)
		}
	}
	return refs
}

// accesses are the uses of a variable in its function and all literals.
type accesses struct {
	stores   []*ssa.Store
	loads    []*ssa.UnOp
	closures []*ssa.MakeClosure
	escapes  bool // its address goes elsewhere
}

func accessesOf(cell ssa.Value) *accesses {
	acc := new(accesses)
	acc.add(cell)
	return acc
}

func (a *accesses) add(addr ssa.Value) {
	for _, ref := range *addr.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Store:
			if ref.Addr == addr {
				a.stores = append(a.stores, ref)
			} else {
				a.escapes = true
			}
		case *ssa.UnOp:
			if ref.Op == token.MUL {
				a.loads = append(a.loads, ref)
			}
		case *ssa.MakeClosure:
			a.closures = append(a.closures, ref)
			for i, b := range ref.Bindings {
				if b == addr {
					a.add(ref.Fn.(*ssa.Function).FreeVars[i])
				}
			}
		case *ssa.DebugRef:
		default:
			a.escapes = true
		}
	}
}

// Reaches reports whether control can pass from the store st to load, both of
// one function, without passing another of the stores.
func Reaches(st *ssa.Store, load ssa.Instruction, stores []*ssa.Store) bool {
	if st.Parent() != load.Parent() {
		return false
	}
	kills := make(map[ssa.Instruction]bool, len(stores))
	for _, s := range stores {
		kills[s] = true
	}
	seen := make(map[*ssa.BasicBlock]bool)
	var walk func(instrs []ssa.Instruction, b *ssa.BasicBlock) bool
	walk = func(instrs []ssa.Instruction, b *ssa.BasicBlock) bool {
		for _, instr := range instrs {
			if instr == load {
				return true
			}
			if kills[instr] {
				return false
			}
		}
		for _, succ := range b.Succs {
			if !seen[succ] {
				seen[succ] = true
				if walk(succ.Instrs, succ) {
					return true
				}
			}
		}
		return false
	}
	b := st.Block()
	for i, instr := range b.Instrs {
		if instr == st {
			return walk(b.Instrs[i+1:], b)
		}
	}
	return false
}
