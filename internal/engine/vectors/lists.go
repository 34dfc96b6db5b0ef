package vectors

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
)

// asList returns the template of v, a slice of strings.
func (r *Resolver) asList(v ssa.Value) template {
	list, ok := r.list(v)
	if !ok {
		return unknown
	}
	return template{kind: listKind, labels: list}
}

// list returns the elements of v: a slice of strings, a slice of constrained
// labels, or either as prometheus.ConstrainableLabels.
func (r *Resolver) list(v ssa.Value) ([]Part, bool) {
	if r.steps++; r.steps > maxSteps {
		return nil, false
	}
	switch v := v.(type) {
	case *ssa.Const:
		return nil, v.IsNil()
	case *ssa.Parameter:
		if isStrings(v.Type()) {
			return []Part{{Param: slices.Index(v.Parent().Params, v) + 1, Spread: true}}, true
		}
	case *ssa.ChangeType:
		return r.list(v.X)
	case *ssa.MakeInterface:
		return r.list(v.X)
	case *ssa.Slice:
		return r.sliced(v)
	case *ssa.Phi:
		return r.listOf(r.values.Get(listPhi{v}))
	case *ssa.Call:
		return r.listCall(v, 0)
	case *ssa.Extract:
		if call, ok := v.Tuple.(*ssa.Call); ok {
			return r.listCall(call, v.Index)
		}
	case *ssa.UnOp:
		if v.Op == token.MUL && isStrings(v.Type()) {
			switch v.X.(type) {
			case *ssa.Global, *ssa.Alloc, *ssa.FreeVar:
				return r.listOf(r.load(v.X))
			}
		}
	}
	return nil, false
}

// listOf returns the elements of a list. A list that is computed from itself
// starts with a neutral template. It may grow, so its elements are unknown.
func (r *Resolver) listOf(t template) ([]Part, bool) { return t.labels, t.kind == listKind }

// maxElements bounds the arrays whose elements are looked at; no metric has as many
// labels.
const maxElements = 1000

// sliced returns the elements of a slice of an array, which is how SSA
// represents a composite literal or make with a constant size.
func (r *Resolver) sliced(s *ssa.Slice) ([]Part, bool) {
	alloc, ok := s.X.(*ssa.Alloc)
	if !ok {
		return nil, false
	}
	array, ok := types.Unalias(alloc.Type().(*types.Pointer).Elem()).Underlying().(*types.Array)
	if !ok {
		return nil, false
	}
	low, high := int64(0), array.Len()
	if s.Low != nil {
		if low, ok = intConst(s.Low); !ok {
			return nil, false
		}
	}
	if s.High != nil {
		if high, ok = intConst(s.High); !ok {
			return nil, false
		}
	}
	if low < 0 || high < low || high > array.Len() || high > maxElements {
		return nil, false
	}
	parts := make([]Part, high)
	stored := make([]int, high)
	for _, ref := range *alloc.Referrers() {
		elem, ok := ref.(*ssa.IndexAddr)
		if !ok {
			continue
		}
		i, ok := intConst(elem.Index)
		for _, v := range storedText(elem) {
			if !ok {
				return slices.Repeat([]Part{{Any: true}}, int(high-low)), true
			}
			if i < high {
				parts[i] = r.text(v)
				stored[i]++
			}
		}
	}
	for i := range parts {
		if stored[i] != 1 {
			parts[i] = Part{Any: true}
		}
	}
	return parts[low:], true
}

// storedText returns what is stored in an element, or in its field Name.
func storedText(addr ssa.Value) []ssa.Value {
	var out []ssa.Value
	for _, ref := range *addr.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Store:
			if ref.Addr != addr {
				continue
			}
			if isString(ref.Val.Type()) {
				out = append(out, ref.Val)
			} else if v, state := option(ref.Val, "Name"); state == stored {
				out = append(out, v)
			}
		case *ssa.FieldAddr:
			if f := ssax.FieldOf(ref); f != nil && f.Name() == "Name" {
				out = append(out, storedText(ref)...)
			}
		}
	}
	return out
}

func intConst(v ssa.Value) (int64, bool) {
	c, ok := v.(*ssa.Const)
	if !ok || c.Value == nil || c.Value.Kind() != constant.Int {
		return 0, false
	}
	return constant.Int64Val(c.Value)
}

// listCall returns the elements of result i of a call.
func (r *Resolver) listCall(call *ssa.Call, i int) ([]Part, bool) {
	if b, ok := call.Call.Value.(*ssa.Builtin); ok && b.Name() == "append" {
		return r.concat(call.Call.Args)
	}
	if fn := ssax.Callee(&call.Call); fn != nil && fn.Pkg() != nil && fn.Pkg().Path() == "slices" {
		switch fn.Name() {
		case "Clone", "Clip", "Grow":
			return r.list(call.Call.Args[0])
		}
	}
	if !isStrings(resultType(call, i)) {
		return nil, false
	}
	return r.listOf(r.call(call, i))
}

func resultType(call *ssa.Call, i int) types.Type {
	return call.Call.Signature().Results().At(i).Type()
}

func (r *Resolver) concat(args []ssa.Value) ([]Part, bool) {
	var out []Part
	for _, arg := range args {
		list, ok := r.list(arg)
		if !ok {
			return nil, false
		}
		out = append(out, list...)
	}
	return out, true
}

// keys returns the keys of the map v, sorted, if exactly these are certain to
// be there at an instruction.
func (r *Resolver) keys(v ssa.Value, at ssa.Instruction) ([]string, bool) {
	if c, ok := v.(*ssa.Const); ok {
		return nil, c.IsNil()
	}
	if r.maps[v] || v.Parent() != at.Parent() {
		return nil, false // a map that is made from itself may have any keys
	}
	r.maps[v] = true
	defer delete(r.maps, v)

	var keys []string
	switch v := v.(type) {
	case *ssa.MakeMap:
	case *ssa.ChangeType:
		return r.keys(v.X, at)
	case *ssa.Call:
		fn := ssax.Body(v.Call.StaticCallee())
		if fn == nil {
			return nil, false
		}
		var ok bool
		if keys, ok = r.returnedKeys(fn); !ok {
			return nil, false
		}
	default:
		return nil, false
	}
	added, ok := r.updates(v, at)
	if !ok {
		return nil, false
	}
	keys = append(keys, added...)
	slices.Sort(keys)
	return slices.Compact(keys), true
}

// returnedKeys returns the keys of the map that fn returns as its only result.
func (r *Resolver) returnedKeys(fn *ssa.Function) ([]string, bool) {
	var keys []string
	found := false
	for _, ret := range ssax.Returns(fn) {
		if len(ret.Results) != 1 {
			return nil, false
		}
		got, ok := r.keys(ret.Results[0], ret)
		if !ok || found && !slices.Equal(got, keys) {
			return nil, false
		}
		keys, found = got, true
	}
	return slices.Clone(keys), found
}

// updates returns the constant keys that are put into the map before at. It
// fails if there may be others, or if code out of view may change the map.
func (r *Resolver) updates(m ssa.Value, at ssa.Instruction) ([]string, bool) {
	var keys []string
	for _, ref := range *m.Referrers() {
		switch ref := ref.(type) {
		case *ssa.MapUpdate:
			key := r.text(ref.Key)
			if ref.Map != m || !key.known() || !ssax.Dominates(ref, at) {
				return nil, false
			}
			keys = append(keys, key.Text)
		case *ssa.ChangeType:
			more, ok := r.updates(ref, at)
			if !ok {
				return nil, false
			}
			keys = append(keys, more...)
		case *ssa.Lookup, *ssa.Range, *ssa.Return, *ssa.DebugRef:
		case ssa.CallInstruction:
			if !readsOnly(ref.Common()) {
				return nil, false
			}
		default:
			if s, ok := ref.(*ssa.Store); ok && isOption(s) {
				continue
			}
			return nil, false
		}
	}
	return keys, true
}

// isOption reports whether a map is stored in a field of a metric's options.
func isOption(s *ssa.Store) bool {
	f, ok := s.Addr.(*ssa.FieldAddr)
	if !ok {
		return false
	}
	v := ssax.FieldOf(f)
	return v != nil && v.Name() == "ConstLabels"
}

// readsOnly reports whether a call is known not to change a map that it is
// given.
func readsOnly(call *ssa.CallCommon) bool {
	if b, ok := call.Value.(*ssa.Builtin); ok {
		return b.Name() == "len"
	}
	fn := ssax.Callee(call)
	return fn != nil && fn.Pkg() != nil && slices.Contains(Libraries, fn.Pkg().Path())
}

// text returns the string that v is.
func (r *Resolver) text(v ssa.Value) Part {
	switch v := v.(type) {
	case *ssa.Const:
		if v.Value != nil && v.Value.Kind() == constant.String {
			return Part{Text: constant.StringVal(v.Value)}
		}
	case *ssa.Parameter:
		if isString(v.Type()) {
			return Part{Param: slices.Index(v.Parent().Params, v) + 1}
		}
	case *ssa.ChangeType:
		return r.text(v.X)
	case *ssa.BinOp:
		x, y := r.text(v.X), r.text(v.Y)
		if v.Op == token.ADD && x.known() && y.known() {
			return Part{Text: x.Text + y.Text}
		}
	case *ssa.Call:
		if isBuildFQName(v) {
			parts := withoutEmpty(r.nameParts(v))
			if !slices.ContainsFunc(parts, func(p Part) bool { return !p.known() }) {
				return Part{Text: nameOf(parts)}
			}
		}
	case *ssa.UnOp:
		if g, ok := v.X.(*ssa.Global); ok && v.Op == token.MUL {
			if uses := r.inGlobal(g); uses != nil && g.Pkg.Pkg == r.pass.Pkg && !uses.Escapes && len(uses.Stores) == 1 {
				if c, ok := uses.Stores[0].Val.(*ssa.Const); ok {
					return r.text(c)
				}
			}
		}
	}
	return Part{Any: true}
}

// nameParts returns the parts of the name of a metric.
func (r *Resolver) nameParts(v ssa.Value) []Part {
	call, ok := v.(*ssa.Call)
	if !ok || !isBuildFQName(call) {
		return []Part{r.text(v)}
	}
	var parts []Part
	for _, arg := range call.Call.Args {
		parts = append(parts, r.text(arg))
	}
	return parts
}

func isBuildFQName(call *ssa.Call) bool {
	fn := ssax.Callee(&call.Call)
	return fn != nil && fn.Name() == "BuildFQName" && fn.Pkg() != nil && slices.Contains(Libraries, fn.Pkg().Path())
}
