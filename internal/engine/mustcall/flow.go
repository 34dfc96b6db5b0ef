package mustcall

import (
	"go/token"

	"golang.org/x/tools/go/ssa"
)

// A Flow is the part of a function that an obligation can reach: its holders
// are the SSA values and the variables in memory (cells: Allocs, because
// closures capture variables by reference) that may hold it, and effects are
// what single instructions do to what a holder holds. A struct made in the
// function, in one of whose fields the obligation is stored, is also a holder:
// until it gets out of sight, nobody else can meet the obligation.
type Flow struct {
	Uses Uses

	p       *Protocol
	o       *Obligation
	index   map[ssa.Value]int // number of each holder
	holders []ssa.Value
	effects map[ssa.Instruction][]effect
	work    []ssa.Value
	fields  map[int]bool // of structs made here: which fields hold the obligation

	everywhere bool // a search takes every step, for a test of [part]
}

// effect is what an instruction does to the contents of a holder.
type effect struct {
	holder int // anyHolder means whatever holds it
	kind   effectKind
}

const anyHolder = -1

type effectKind uint8

const (
	discharge effectKind = iota // released or escaped when the instruction is executed
	atExit                      // a deferred closure will meet what the cell holds when the function returns
	cover                       // from now on, other code can meet whatever the cell holds or will hold
)

// Follow computes the flow of o, whose Value must not be nil.
func Follow(p *Protocol, o *Obligation) *Flow {
	f := &Flow{
		p: p, o: o,
		index:   make(map[ssa.Value]int),
		effects: make(map[ssa.Instruction][]effect),
		fields:  make(map[int]bool),
	}
	f.hold(o.Value)
	for len(f.work) > 0 {
		v := f.work[0]
		f.work = f.work[1:]
		cell, ok := v.(*ssa.Alloc)
		switch {
		case ok && isStruct(cell):
			f.followStruct(cell)
		case ok && isArray(cell):
			f.followValue(cell)
		case ok:
			f.followCell(cell)
		default:
			f.followValue(v)
		}
	}
	f.enterLoops()
	return f
}

func (f *Flow) hold(v ssa.Value) int {
	i, ok := f.index[v]
	if !ok {
		i = len(f.holders)
		f.index[v] = i
		f.holders = append(f.holders, v)
		f.work = append(f.work, v)
	}
	return i
}

func (f *Flow) add(instr ssa.Instruction, holder ssa.Value, kind effectKind) {
	f.effects[instr] = append(f.effects[instr], effect{f.index[holder], kind})
}

func (f *Flow) escape(instr ssa.Instruction, holder ssa.Value, kind effectKind) {
	f.Uses.Escaped = append(f.Uses.Escaped, instr)
	f.add(instr, holder, kind)
}

func (f *Flow) release(instr ssa.Instruction, holder ssa.Value, kind effectKind) {
	f.Uses.Released = append(f.Uses.Released, instr)
	f.add(instr, holder, kind)
}

// followValue looks at every use of a value that may be the obligation.
func (f *Flow) followValue(v ssa.Value) {
	for _, ref := range *v.Referrers() {
		switch ref := ref.(type) {
		case *ssa.DebugRef:
		case *ssa.BinOp: // a comparison with nil
		case ssa.CallInstruction:
			if f.followBuiltin(ref, v) {
				continue
			}
			switch f.p.Effect(ref.Common(), v) {
			case Ignores:
				f.Uses.Ignored = append(f.Uses.Ignored, ref.Common())
			case Releases:
				f.release(ref, v, discharge)
			case Escapes:
				f.escape(ref, v, discharge)
			}
		case *ssa.Store:
			f.followStore(ref, v)
		case *ssa.FieldAddr:
			f.followField(ref)
		default:
			if f.followList(ref, v) {
				continue
			}
			if alias, ok := aliasOf(ref); ok {
				f.hold(alias)
			} else {
				f.escape(ref, v, discharge)
			}
		}
	}
}

// followStore looks at where v, a value that may be the obligation, is stored.
func (f *Flow) followStore(s *ssa.Store, v ssa.Value) {
	if s.Addr == v {
		return // a store through a pointer that is a holder: the struct is overwritten
	}
	if cell, ok := s.Addr.(*ssa.Alloc); ok {
		f.hold(cell)
		return
	}
	if f.p.DeadStore != nil && f.p.DeadStore(s.Addr) {
		f.Uses.Dead = append(f.Uses.Dead, s)
		return
	}
	if addr, ok := s.Addr.(*ssa.IndexAddr); ok && madeHere(addr.X) {
		f.hold(addr.X)
		return
	}
	addr, ok := s.Addr.(*ssa.FieldAddr)
	if !ok {
		f.escape(s, v, discharge)
		return
	}
	made, ok := addr.X.(*ssa.Alloc)
	switch {
	case !ok || !isStruct(made):
		f.escape(s, v, discharge)
	case neverRead(made):
		// A local variable that nothing reads is as good as the blank
		// identifier.
	default:
		f.fields[addr.Field] = true
		f.hold(made)
	}
}

// aliasOf returns an instruction as a value if its result is the same as one of
// its operands.
func aliasOf(instr ssa.Instruction) (ssa.Value, bool) {
	switch instr := instr.(type) {
	case *ssa.Phi, *ssa.ChangeType, *ssa.ChangeInterface, *ssa.MakeInterface, *ssa.TypeAssert, *ssa.Convert:
		return instr.(ssa.Value), true
	case *ssa.Extract:
		if _, ok := instr.Tuple.(*ssa.TypeAssert); ok {
			return instr, true
		}
	}
	return nil, false
}

// followCell looks at every use of the address of a variable that may hold the
// obligation.
func (f *Flow) followCell(cell *ssa.Alloc) {
	for _, ref := range *cell.Referrers() {
		switch ref := ref.(type) {
		case *ssa.DebugRef:
		case *ssa.UnOp:
			if ref.Op == token.MUL {
				f.hold(ref)
			}
		case *ssa.Store:
			if ref.Val == ssa.Value(cell) {
				f.escape(ref, cell, cover)
			}
		case *ssa.MakeClosure:
			f.followCapture(cell, ref)
		default:
			f.escape(ref, cell, cover) // its address gets out of sight
		}
	}
}

// followCapture looks at how a closure that captures cell is used.
func (f *Flow) followCapture(cell *ssa.Alloc, closure *ssa.MakeClosure) {
	var eff captureEffect
	for i, b := range closure.Bindings {
		if b == ssa.Value(cell) {
			eff |= f.p.captured(closure.Fn.(*ssa.Function), i, nil)
		}
	}
	if eff == 0 {
		return // the closure at most compares it
	}
	if !f.followClosure(cell, closure) {
		f.Uses.Idle = append(f.Uses.Idle, closure)
	}
}

// mayRun reports whether anything may run a closure.
func (p *Protocol) mayRun(closure *ssa.MakeClosure) bool {
	return (&Flow{p: p, effects: make(map[ssa.Instruction][]effect)}).followClosure(nil, closure)
}

// followClosure follows the closure value, and reports whether anything may run it.
func (f *Flow) followClosure(cell *ssa.Alloc, closure ssa.Value) (used bool) {
	seen := map[ssa.Value]bool{closure: true}
	work := []ssa.Value{closure}
	push := func(v ssa.Value) {
		if !seen[v] {
			seen[v] = true
			work = append(work, v)
		}
	}
	for len(work) > 0 {
		w := work[0]
		work = work[1:]
		for _, ref := range *w.Referrers() {
			switch ref := ref.(type) {
			case *ssa.DebugRef, *ssa.BinOp:
				continue
			case *ssa.UnOp: // w is a variable that holds the closure
				push(ref)
				continue
			case *ssa.MakeClosure: // w is such a variable, captured
				if seen[ref] {
					continue // by the closure itself
				}
				f.escape(ref, cell, cover)
			case ssa.CallInstruction:
				if !f.closureCall(cell, ref, w) {
					continue
				}
			case *ssa.Store:
				if v, ok := ref.Addr.(*ssa.Alloc); ok {
					push(v)
					continue
				}
				if ref.Addr == w {
					continue // something else is put into the variable
				}
				if f.p.DeadStore != nil && f.p.DeadStore(ref.Addr) || neverReadField(ref.Addr) {
					continue
				}
				f.escape(ref, cell, cover)
			default:
				if alias, ok := aliasOf(ref); ok {
					push(alias)
					continue
				}
				f.escape(ref, cell, cover)
			}
			used = true
		}
	}
	return used
}

// closureCall adds the effect of a call, defer or go that has the closure w as
// an operand, and reports whether it can run the closure.
func (f *Flow) closureCall(cell *ssa.Alloc, instr ssa.CallInstruction, w ssa.Value) bool {
	if instr.Common().Value != w {
		if f.p.Effect(instr.Common(), w) == Ignores {
			f.Uses.Ignored = append(f.Uses.Ignored, instr.Common())
			return false
		}
		if mc, ok := w.(*ssa.MakeClosure); ok && f.mayRunInVain(instr, mc) {
			f.Uses.Released = append(f.Uses.Released, instr)
			return true
		}
		f.escape(instr, cell, cover)
		return true
	}
	switch instr.(type) {
	case *ssa.Call:
		f.release(instr, cell, discharge)
	case *ssa.Defer:
		f.release(instr, cell, atExit)
	case *ssa.Go:
		f.release(instr, cell, cover)
	}
	return true
}

// captureEffect is what a function literal may do to a variable that it
// captures.
type captureEffect uint8

const (
	mayMeet   captureEffect = 1 << iota // meets the obligation, or lets it escape
	mayAssign                           // puts something else into the variable
)

// captured returns what fn may do to the variable that its i'th free variable
// refers to. Assignments count as an effect because the contents are unknown
// afterwards. Busy are the literals about which the question is being asked:
// one that captures itself does no more than what the rest of it does. Nothing
// is kept, because Effect may give an answer that is yet to change.
func (p *Protocol) captured(fn *ssa.Function, i int, busy []*ssa.Function) captureEffect {
	for _, b := range busy {
		if b == fn {
			return 0
		}
	}
	busy = append(busy, fn)
	var eff captureEffect
	if i >= len(fn.FreeVars) {
		return mayMeet
	}
	for _, ref := range *fn.FreeVars[i].Referrers() {
		switch ref := ref.(type) {
		case *ssa.DebugRef:
		case *ssa.UnOp:
			if ref.Op == token.MUL && p.meets(ref) {
				eff |= mayMeet
			}
		case *ssa.Store:
			if ref.Addr == ssa.Value(fn.FreeVars[i]) {
				eff |= mayAssign
			} else {
				eff |= mayMeet
			}
		case *ssa.MakeClosure:
			for j, b := range ref.Bindings {
				if b == ssa.Value(fn.FreeVars[i]) && p.mayRun(ref) {
					eff |= p.captured(ref.Fn.(*ssa.Function), j, busy)
				}
			}
		default:
			eff |= mayMeet
		}
	}
	return eff
}

// meets reports whether some use of v may meet the obligation that it holds.
func (p *Protocol) meets(v ssa.Value) bool {
	f := Follow(p, &Obligation{Value: v})
	return !f.Uses.Lost()
}

// CapturedMeets reports whether fn, a function literal, may meet the obligation
// held by the variable that is its i'th free variable.
func (p *Protocol) CapturedMeets(fn *ssa.Function, i int) bool {
	return p.captured(fn, i, nil)&mayMeet != 0
}

// Holds reports whether v, a value or the address of a variable, may hold the
// obligation at some point.
func (f *Flow) Holds(v ssa.Value) bool {
	_, ok := f.index[v]
	return ok
}
