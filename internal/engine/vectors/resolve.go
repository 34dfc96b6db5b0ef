package vectors

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/model/metriclib"
)

// resolve returns the template of the vector or description v.
func (r *Resolver) resolve(v ssa.Value) (template, bool) {
	t := r.follow(v)
	return t, t.kind == vectorKind || t.kind == argumentKind
}

func (r *Resolver) follow(v ssa.Value) template {
	if r.steps++; r.steps > maxSteps {
		return unknown
	}
	switch v := v.(type) {
	case *ssa.Const:
		if v.IsNil() {
			return neutral
		}
	case *ssa.Parameter:
		return template{kind: argumentKind, param: slices.Index(v.Parent().Params, v) + 1}
	case *ssa.Phi:
		return r.values.Get(v)
	case *ssa.ChangeType:
		return r.follow(v.X)
	case *ssa.ChangeInterface:
		return r.follow(v.X)
	case *ssa.MakeInterface:
		return r.follow(v.X)
	case *ssa.TypeAssert:
		return r.follow(v.X)
	case *ssa.Extract:
		switch tuple := v.Tuple.(type) {
		case *ssa.Call:
			return r.call(tuple, v.Index)
		case *ssa.TypeAssert:
			if v.Index == 0 {
				return r.follow(tuple.X)
			}
		}
	case *ssa.Call:
		return r.call(v, 0)
	case *ssa.UnOp:
		if v.Op == token.MUL {
			return r.load(v.X)
		}
	case *ssa.Field:
		return r.fieldOf(v.X, ssax.FieldOf(v))
	}
	return unknown
}

// result is a key of [Resolver.values]: result i of a function of the package.
type result struct {
	fn *ssa.Function
	i  int
}

// listPhi is a key of [Resolver.values]: a phi of lists.
type listPhi struct{ phi *ssa.Phi }

// cell is a key of [Resolver.values]: a variable that function literals share.
type cell struct{ addr *ssa.Alloc }

// find is the Step of values: it finds what a phi, a package variable, a field,
// a shared variable or a result may hold.
func (r *Resolver) find(key any) template {
	steps := r.steps
	defer func() { r.steps = steps }()
	r.steps = 0
	switch key := key.(type) {
	case *ssa.Phi:
		t := neutral
		for _, e := range key.Edges {
			t = join(t, r.follow(e))
		}
		return t
	case listPhi:
		t := r.asList(key.phi.Edges[0])
		for _, e := range key.phi.Edges[1:] {
			t = join(t, r.asList(e))
		}
		return t
	case *ssa.Global:
		return r.stored(key.Object(), r.inGlobal(key))
	case *types.Var:
		return r.stored(key, r.inField(key))
	case cell:
		return r.joinStores(neutral, ssax.UsesOf(key.addr))
	case result:
		return r.joinResults(key)
	}
	return unknown
}

// stored returns what a package variable or a field holds: what this package
// stores there or, if another package declares it, what that package's fact
// says.
func (r *Resolver) stored(obj types.Object, uses *ssax.Uses) template {
	t := neutral
	if obj != nil && obj.Pkg() != r.pass.Pkg {
		t = r.fromFact(obj, 0)
	}
	return r.joinStores(t, uses)
}

func (r *Resolver) joinResults(of result) template {
	t := neutral
	for _, ret := range ssax.Returns(of.fn) {
		if of.i < len(ret.Results) {
			t = join(t, r.value(ret.Results[of.i]))
		}
	}
	return t
}

// load returns what is stored at addr.
func (r *Resolver) load(addr ssa.Value) template {
	switch addr := addr.(type) {
	case *ssa.Global:
		return r.values.Get(addr)
	case *ssa.FieldAddr:
		return r.fieldOf(addr.X, ssax.FieldOf(addr))
	case *ssa.Alloc, *ssa.FreeVar:
		return r.cell(addr)
	}
	return unknown
}

// fieldOf returns what field f of x holds.
func (r *Resolver) fieldOf(x ssa.Value, f *types.Var) template {
	switch {
	case f == nil:
		return unknown
	case f.Embedded() && IsVector(x.Type()) && IsVector(f.Type()):
		return r.follow(x) // (*CounterVec).MetricVec
	case f.Name() == "ExistingCollector" && f.Pkg() != nil && f.Pkg().Path() == promPath:
		// The collector that was registered first has the same descriptor;
		// otherwise, Register fails with another error.
		return neutral
	}
	return r.values.Get(f)
}

func (r *Resolver) joinStores(t template, uses *ssax.Uses) template {
	if uses == nil {
		return t
	}
	if uses.Escapes {
		return unknown
	}
	for _, st := range uses.Stores {
		t = join(t, r.value(st.Val))
	}
	return t
}

// value returns the template of v, a vector or a list of strings.
func (r *Resolver) value(v ssa.Value) template {
	if isStrings(v.Type()) {
		return r.asList(v)
	}
	return r.follow(v)
}

// cell returns what a variable that function literals share holds.
func (r *Resolver) cell(addr ssa.Value) template {
	root, ok := ssax.Variable(addr)
	if !ok {
		return unknown
	}
	return r.values.Get(cell{root})
}

// call returns what result i of a call is.
func (r *Resolver) call(call *ssa.Call, i int) template {
	fn := ssax.Callee(&call.Call)
	if c, ok := constructorOf(fn); ok {
		return r.construct(c, call)
	}
	recv, args := ssax.Receiver(&call.Call)
	switch {
	case curries(fn) && i == 0 && recv != nil && len(args) == 1:
		return r.curry(recv, args[0], call)
	case keepsVector(fn) && recv != nil:
		return r.follow(recv)
	}
	if static := ssax.Body(call.Call.StaticCallee()); static != nil {
		return r.apply(r.returned(static, i), &call.Call)
	}
	if fn == nil || call.Call.IsInvoke() {
		return unknown
	}
	return r.apply(r.fromFact(fn, i), &call.Call)
}

// returned returns what result i of fn is.
func (r *Resolver) returned(fn *ssa.Function, i int) template { return r.values.Get(result{fn, i}) }

// construct returns the vector that a call of a constructor makes.
func (r *Resolver) construct(c constructor, call *ssa.Call) template {
	_, args := ssax.Receiver(&call.Call)
	if len(args) <= max(c.opts, c.name, c.labels, c.consts, c.fromArg) {
		return unknown
	}
	if c.fromArg >= 0 {
		t := r.follow(args[c.fromArg])
		t.pos = call.Pos()
		return t
	}
	t := template{kind: vectorKind, pos: call.Pos()}
	var ok bool
	if c.labels >= 0 {
		t.labels, ok = r.list(args[c.labels])
	} else if v, state := option(args[c.opts], c.inOpts); state == stored {
		t.labels, ok = r.list(v)
	} else {
		ok = state == absent
	}
	if !ok {
		return unknown
	}
	if c.name >= 0 {
		t.name = r.nameParts(args[c.name])
	} else {
		for _, field := range metriclib.NameOptions {
			t.name = append(t.name, r.optionText(args[c.opts], field))
		}
	}
	t.name = withoutEmpty(t.name)
	consts := ssa.Value(nil)
	if c.consts >= 0 {
		consts = args[c.consts]
	} else if v, state := option(args[c.opts], "ConstLabels"); state == stored {
		consts = v
	}
	if consts != nil {
		t.consts, _ = r.keys(consts, call)
	}
	return t
}

// curry returns the vector that remains of recv after the labels in the keys of
// a map are bound.
func (r *Resolver) curry(recv, labels ssa.Value, call *ssa.Call) template {
	t := r.follow(recv)
	keys, ok := r.keys(labels, call)
	if !ok || t.kind != vectorKind {
		return unknown
	}
	left := slices.Clone(t.labels)
	for _, key := range keys {
		i := slices.IndexFunc(left, func(p Part) bool { return p.known() && p.Text == key })
		if i < 0 {
			return unknown // an error, or a label whose name is not known
		}
		left = slices.Delete(left, i, i+1)
	}
	t.labels = left
	t.curried = append(slices.Clone(t.curried), keys...)
	slices.Sort(t.curried)
	return t
}
