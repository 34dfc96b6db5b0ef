package ssax

import (
	"cmp"
	"go/types"
	"maps"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// An Index says where the functions of a package call and use functions, fields
// and package variables. It knows nothing of what other packages do. It does
// not change once made, and may be asked concurrently. Callers must not modify
// the slices that it returns.
type Index struct {
	calls   map[*ssa.Function][]ssa.CallInstruction
	invokes map[string][]ssa.CallInstruction
	refs    map[*ssa.Function][]ssa.Instruction
	fields  map[*types.Var][]*ssa.FieldAddr
	globals map[*ssa.Global][]ssa.Instruction
	methods map[*types.Func]bool // those used as values or in method expressions
}

// NewIndex returns the index of funcs, which are all functions of a package and
// their literals. Its answers are in the order of funcs and of their blocks.
func NewIndex(funcs []*ssa.Function) *Index {
	x := &Index{
		calls:   make(map[*ssa.Function][]ssa.CallInstruction),
		invokes: make(map[string][]ssa.CallInstruction),
		refs:    make(map[*ssa.Function][]ssa.Instruction),
		fields:  make(map[*types.Var][]*ssa.FieldAddr),
		globals: make(map[*ssa.Global][]ssa.Instruction),
		methods: make(map[*types.Func]bool),
	}
	for _, fn := range funcs {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				x.add(instr)
			}
		}
	}
	return x
}

func (x *Index) add(instr ssa.Instruction) {
	switch instr := instr.(type) {
	case *ssa.FieldAddr:
		if f := FieldOf(instr); f != nil {
			x.fields[f] = append(x.fields[f], instr)
		}
	case *ssa.DebugRef:
		return
	case ssa.CallInstruction:
		call := instr.Common()
		if call.IsInvoke() {
			x.invokes[call.Method.Name()] = append(x.invokes[call.Method.Name()], instr)
		} else if fn := Static(call); fn != nil {
			x.calls[fn] = append(x.calls[fn], instr)
		}
	}
	var buf [8]*ssa.Value
	for _, op := range instr.Operands(buf[:0]) {
		switch v := (*op).(type) {
		case *ssa.Function:
			fn := Origin(v)
			x.refs[fn] = appendNew(x.refs[fn], instr)
			if obj := FuncOf(fn); obj != nil && fn.Synthetic != "" {
				x.methods[obj.Origin()] = true
			}
		case *ssa.Global:
			x.globals[v] = appendNew(x.globals[v], instr)
		}
	}
}

// appendNew appends an instruction, unless it was just appended for another of
// its operands.
func appendNew(list []ssa.Instruction, instr ssa.Instruction) []ssa.Instruction {
	if len(list) > 0 && list[len(list)-1] == instr {
		return list
	}
	return append(list, instr)
}

// Calls returns the calls, go and defer statements that are certain to run fn,
// or an instance of it if fn is generic.
func (x *Index) Calls(fn *ssa.Function) []ssa.CallInstruction { return x.calls[fn] }

// Callers returns the calls that name fn and may run it: [Index.Calls], and
// calls through interfaces that the receiver of fn implements. It does not
// include calls of function values; see [Index.UsedAsValue].
func (x *Index) Callers(fn *ssa.Function) []ssa.CallInstruction {
	calls := x.calls[fn]
	recv := fn.Signature.Recv()
	if recv == nil {
		return calls
	}
	for _, call := range x.invokes[fn.Name()] {
		if iface, ok := call.Common().Value.Type().Underlying().(*types.Interface); ok && types.Implements(recv.Type(), iface) {
			calls = append(calls[:len(calls):len(calls)], call)
		}
	}
	return calls
}

// References returns the instructions that have fn, or an instance of it, as an
// operand: calls, the making of closures, uses as a value. Wrappers of method
// values and expressions count as separate functions.
func (x *Index) References(fn *ssa.Function) []ssa.Instruction { return x.refs[fn] }

// Makers returns the instructions that make closures of fn: one for a literal
// that captures something or for the wrapper of a method value, none for other
// functions.
func (x *Index) Makers(fn *ssa.Function) []*ssa.MakeClosure {
	var makers []*ssa.MakeClosure
	for _, ref := range x.refs[fn] {
		if mc, ok := ref.(*ssa.MakeClosure); ok {
			makers = append(makers, mc)
		}
	}
	return makers
}

// Bindings returns the values that a free variable is bound to where closures
// of its function are made.
func (x *Index) Bindings(v *ssa.FreeVar) []ssa.Value {
	i := slices.Index(v.Parent().FreeVars, v)
	var values []ssa.Value
	for _, mc := range x.Makers(v.Parent()) {
		values = append(values, mc.Bindings[i])
	}
	return values
}

// UsedAsValue reports whether fn, or a closure of it, is used in a way other
// than being called (may): whoever gets it may call it, now or later, any
// number of times. Uses of a method value are not seen.
func (x *Index) UsedAsValue(fn *ssa.Function) bool {
	return slices.ContainsFunc(x.refs[fn], func(ref ssa.Instruction) bool {
		mc, ok := ref.(*ssa.MakeClosure)
		if !ok {
			return !isCallOf(ref, func(v ssa.Value) bool { f, ok := v.(*ssa.Function); return ok && Origin(f) == fn })
		}
		return slices.ContainsFunc(*mc.Referrers(), func(ref ssa.Instruction) bool {
			return !isCallOf(ref, func(v ssa.Value) bool { return v == mc })
		})
	})
}

// AllCalls is [Index.Calls], and reports whether nothing else can run fn: no
// other package, nobody who has it as a value, and no call through an interface.
func (x *Index) AllCalls(fn *ssa.Function) (calls []ssa.CallInstruction, all bool) {
	return x.calls[fn], !x.hidden(fn)
}

func (x *Index) hidden(fn *ssa.Function) bool {
	if x.UsedAsValue(fn) {
		return true
	}
	obj := FuncOf(fn)
	if fn.Parent() != nil || obj == nil {
		return false
	}
	recv := fn.Signature.Recv()
	return obj.Exported() && (recv != nil || fn.Pkg == nil || fn.Pkg.Pkg.Name() != "main") ||
		recv != nil && (x.methods[obj.Origin()] || len(x.invokes[obj.Name()]) > 0)
}

// isCallOf reports whether ref does nothing with a function but call it.
func isCallOf(ref ssa.Instruction, isFn func(ssa.Value) bool) bool {
	if _, ok := ref.(*ssa.DebugRef); ok {
		return true
	}
	call, ok := ref.(ssa.CallInstruction)
	return ok && isFn(call.Common().Value) && !slices.ContainsFunc(call.Common().Args, isFn)
}

// FieldAddrs returns the instructions that take the address of field f, to load,
// to store, or to pass it on.
func (x *Index) FieldAddrs(f *types.Var) []*ssa.FieldAddr { return x.fields[f] }

// Field returns the uses of field f, of any struct, through its address. If a
// struct is stored or copied as a whole, the use of its field is not seen.
func (x *Index) Field(f *types.Var) *Uses {
	u := new(Uses)
	for _, addr := range x.fields[f] {
		u.follow(addr)
	}
	return u
}

// FieldStores returns the stores into field f, of any struct.
func (x *Index) FieldStores(f *types.Var) []*ssa.Store {
	var stores []*ssa.Store
	for _, addr := range x.fields[f] {
		stores = append(stores, StoresTo(addr)...)
	}
	return stores
}

// Global returns the uses of a package variable in the package.
func (x *Index) Global(g *ssa.Global) *Uses {
	u := new(Uses)
	for _, ref := range x.globals[g] {
		u.add(g, ref)
	}
	return u
}

// GlobalReferences returns the instructions of the package that use a package variable.
func (x *Index) GlobalReferences(g *ssa.Global) []ssa.Instruction { return x.globals[g] }

// GlobalStores returns the stores into a package variable.
func (x *Index) GlobalStores(g *ssa.Global) []*ssa.Store {
	var stores []*ssa.Store
	for _, ref := range x.globals[g] {
		if s, ok := ref.(*ssa.Store); ok && s.Addr == ssa.Value(g) {
			stores = append(stores, s)
		}
	}
	return stores
}

// Fields returns the fields whose address is taken, in the order of positions.
func (x *Index) Fields() []*types.Var {
	return slices.SortedFunc(maps.Keys(x.fields), func(a, b *types.Var) int { return cmp.Compare(a.Pos(), b.Pos()) })
}

// Globals returns the package variables that are used, in the order of positions.
func (x *Index) Globals() []*ssa.Global {
	return slices.SortedFunc(maps.Keys(x.globals), func(a, b *ssa.Global) int { return cmp.Compare(a.Pos(), b.Pos()) })
}
