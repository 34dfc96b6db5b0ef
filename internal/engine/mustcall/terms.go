package mustcall

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/types/typeutil"
)

// A term stands for how a value is computed: on one path, values with the same
// term are equal as long as memory does not change and predicates are pure. The
// zero term stands for no value.
type term int32

// operator says what a term does with its operands.
type operator uint8

const (
	opValue     operator = iota // nothing: a value that is equal only to itself
	opConst                     // a constant of a type
	opBuiltin                   // a builtin function
	opLoad                      // what is stored at an address
	opUnary                     // negation, complement
	opBinary                    // arithmetic, comparison
	opFieldAddr                 // the address of a field
	opField                     // a field of a struct
	opIndexAddr                 // the address of an element
	opConvert                   // a conversion to a type
	opAssert                    // a type assertion
	opExtract                   // a component of a tuple
	opCall                      // a call of a function with arguments
	opInvoke                    // a call of a method of an interface with arguments
	opArguments                 // arguments, the last of which is y
)

// termKey is what makes terms equal.
type termKey struct {
	op   operator
	tok  token.Token // of a unary or binary operation
	x, y term        // operands
	n    int         // a field, a component, or a type
	leaf any         // the value, constant, builtin or method
}

// maxTerm bounds the operations in an expression that is compared with others.
// One with more counts as equal only to itself. If two branches of a function
// have such conditions, they might test the same, so an obligation for which
// one of them matters is given up: no leak is reported.
const maxTerm = 250

// termInfo is what is known about a term.
type termInfo struct {
	termKey
	size  int
	spent bool // a part of it was larger than maxTerm
}

// terms has the terms of a function.
type terms struct {
	infos   []termInfo // by term
	byKey   map[termKey]term
	byValue map[ssa.Value]term
	types   typeutil.Map // numbers of types
	support map[term]*support
}

func newTerms() *terms {
	return &terms{
		infos:   make([]termInfo, 1), // the zero term stands for no value
		byKey:   make(map[termKey]term),
		byValue: make(map[ssa.Value]term),
		support: make(map[term]*support),
	}
}

// intern returns the term with the given key, which is part of v or all of it.
func (t *terms) intern(k termKey, v ssa.Value) term {
	if id, ok := t.byKey[k]; ok {
		return id
	}
	size := 1 + t.infos[k.x].size + t.infos[k.y].size
	if size > maxTerm {
		id := t.intern(termKey{op: opValue, leaf: v}, v)
		t.infos[id].spent = true
		return id
	}
	id := term(len(t.infos))
	t.infos = append(t.infos, termInfo{k, size, t.infos[k.x].spent || t.infos[k.y].spent})
	t.byKey[k] = id
	return id
}

// typ returns the number of a type.
func (t *terms) typ(typ types.Type) int {
	if n, ok := t.types.At(typ).(int); ok {
		return n
	}
	n := t.types.Len()
	t.types.Set(typ, n)
	return n
}

// of returns the term of a value.
func (t *terms) of(v ssa.Value) term {
	id, ok := t.byValue[v]
	if !ok {
		id = t.make(v)
		t.byValue[v] = id
	}
	return id
}

func (t *terms) make(v ssa.Value) term {
	switch x := v.(type) {
	case *ssa.UnOp:
		switch x.Op {
		case token.MUL:
			return t.intern(termKey{op: opLoad, x: t.of(x.X)}, v)
		case token.ARROW:
			return t.self(v)
		}
		return t.intern(termKey{op: opUnary, tok: x.Op, x: t.of(x.X)}, v)
	case *ssa.BinOp:
		return t.intern(termKey{op: opBinary, tok: x.Op, x: t.of(x.X), y: t.of(x.Y)}, v)
	case *ssa.FieldAddr:
		return t.intern(termKey{op: opFieldAddr, x: t.of(x.X), n: x.Field}, v)
	case *ssa.Field:
		return t.intern(termKey{op: opField, x: t.of(x.X), n: x.Field}, v)
	case *ssa.IndexAddr:
		return t.intern(termKey{op: opIndexAddr, x: t.of(x.X), y: t.of(x.Index)}, v)
	case *ssa.ChangeType:
		return t.of(x.X)
	case *ssa.ChangeInterface:
		return t.of(x.X)
	case *ssa.MakeInterface:
		return t.of(x.X)
	case *ssa.Convert:
		return t.intern(termKey{op: opConvert, x: t.of(x.X), n: t.typ(x.Type())}, v)
	case *ssa.TypeAssert:
		return t.intern(termKey{op: opAssert, x: t.of(x.X), n: t.typ(x.AssertedType)}, v)
	case *ssa.Extract:
		return t.intern(termKey{op: opExtract, x: t.of(x.Tuple), n: x.Index}, v)
	case *ssa.Call:
		if isPredicate(x) {
			return t.call(x)
		}
	}
	return t.self(v)
}

// self returns the term of v itself, however it was computed. Equal constants
// are one value.
func (t *terms) self(v ssa.Value) term {
	switch x := v.(type) {
	case *ssa.Const:
		k := termKey{op: opConst, n: t.typ(x.Type())}
		if x.Value != nil {
			k.leaf = x.Value.ExactString()
		}
		return t.intern(k, v)
	case *ssa.Builtin:
		return t.intern(termKey{op: opBuiltin, leaf: x.Name()}, v)
	}
	return t.intern(termKey{op: opValue, leaf: v}, v)
}

// isPredicate reports whether a call looks like a question that has the same
// answer when asked again: it has one basic result (a bool, a length, a
// duration).
func isPredicate(call *ssa.Call) bool {
	_, basic := call.Type().Underlying().(*types.Basic)
	return basic
}

func (t *terms) call(call *ssa.Call) term {
	var args term
	for _, arg := range call.Call.Args {
		args = t.intern(termKey{op: opArguments, x: args, y: t.of(arg)}, call)
	}
	if call.Call.IsInvoke() {
		return t.intern(termKey{op: opInvoke, x: t.of(call.Call.Value), y: args, leaf: call.Call.Method.Origin()}, call)
	}
	return t.intern(termKey{op: opCall, x: t.of(call.Call.Value), y: args}, call)
}

// support is what the value of a term depends on.
type support struct {
	blocks []*ssa.BasicBlock // in which the values in it are computed
	loads  []term            // the addresses from which it loads
	memory bool              // it loads from memory, or calls a predicate, which may
}

// supportOf returns the support of a term.
func (t *terms) supportOf(id term) *support {
	s, ok := t.support[id]
	if !ok {
		s = new(support)
		t.collect(id, s, make(map[term]bool))
		t.support[id] = s
	}
	return s
}

func (t *terms) collect(id term, s *support, seen map[term]bool) {
	if id == 0 || seen[id] {
		return
	}
	seen[id] = true
	info := &t.infos[id]
	switch info.op {
	case opValue:
		if instr, ok := info.leaf.(ssa.Instruction); ok && !slices.Contains(s.blocks, instr.Block()) {
			s.blocks = append(s.blocks, instr.Block())
		}
	case opLoad:
		s.loads = append(s.loads, info.x)
		s.memory = true
	case opCall, opInvoke:
		s.memory = true
	}
	t.collect(info.x, s, seen)
	t.collect(info.y, s, seen)
}
