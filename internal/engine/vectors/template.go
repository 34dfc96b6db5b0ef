package vectors

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// A template describes a value in terms of the parameters of the function that
// computes it.
type template struct {
	kind    kind
	param   int // of an argument, counted from 1
	name    []Part
	labels  []Part // of a vector, or the elements of a list
	curried []string
	consts  []string
	pos     token.Pos
}

type kind uint8

const (
	unknownKind  kind = iota
	neutralKind       // nil, and whatever else agrees with any vector
	vectorKind        // a vector or description
	listKind          // a []string
	argumentKind      // what the caller passes
)

// unknown is the template of a value that nothing is known about.
var unknown template

// neutral is the template of nil, and of a value that is computed from itself:
// whatever else the variable may hold decides.
var neutral = template{kind: neutralKind}

// join returns what holds for a value that is a or b.
func join(a, b template) template {
	switch {
	case a.kind == neutralKind:
		return b
	case b.kind == neutralKind:
		return a
	case a.kind != b.kind || a.param != b.param || !slices.Equal(a.labels, b.labels) || !slices.Equal(a.curried, b.curried):
		return unknown
	}
	if !slices.Equal(a.name, b.name) {
		a.name = nil
	}
	if !slices.Equal(a.consts, b.consts) {
		a.consts = nil
	}
	return a
}

// equal reports whether two templates say the same.
func (t template) equal(o template) bool {
	return t.kind == o.kind && t.param == o.param && t.pos == o.pos && slices.Equal(t.name, o.name) && slices.Equal(t.labels, o.labels) &&
		slices.Equal(t.curried, o.curried) && slices.Equal(t.consts, o.consts)
}

// symbolic reports whether the template depends on a parameter.
func (t template) symbolic() bool {
	isParam := func(p Part) bool { return p.Param > 0 }
	return t.kind == argumentKind || slices.ContainsFunc(t.labels, isParam) || slices.ContainsFunc(t.name, isParam)
}

// vector returns the vector that a template describes inside the function that
// computes it, where parameters may be anything.
func (t template) vector() (Vector, bool) {
	labels, ok := texts(t.labels)
	if !ok {
		return Vector{}, false
	}
	return Vector{Name: nameOf(t.name), Labels: labels, Curried: t.curried, Const: t.consts, Pos: t.pos}, true
}

// texts returns the strings that parts stand for, with "" for those that are
// unknown. It fails if their number is unknown.
func texts(parts []Part) ([]string, bool) {
	out := make([]string, 0, len(parts))
	for _, p := range parts {
		switch {
		case p.Spread:
			return nil, false
		case p.known():
			out = append(out, p.Text)
		default:
			out = append(out, "")
		}
	}
	return out, true
}

// withoutEmpty returns the parts that contribute to a name: none if the last,
// the name proper, is empty.
func withoutEmpty(parts []Part) []Part {
	isEmpty := func(p Part) bool { return p.known() && p.Text == "" }
	if len(parts) == 0 || isEmpty(parts[len(parts)-1]) {
		return nil
	}
	return slices.DeleteFunc(parts, isEmpty)
}

// nameOf joins the parts of a metric's name as prometheus.BuildFQName does, with one
// "*" for parts beside each other that are unknown. Without the name proper, which
// comes last, the others mean nothing.
func nameOf(parts []Part) string {
	if len(parts) == 0 || !parts[len(parts)-1].known() {
		return ""
	}
	var out []string
	for _, p := range parts {
		switch {
		case !p.known() && (len(out) == 0 || out[len(out)-1] != "*"):
			out = append(out, "*")
		case p.known() && p.Text != "":
			out = append(out, p.Text)
		}
	}
	return strings.Join(out, "_")
}

// result returns the template in the form of a fact.
func (t template) result(i int) (Result, bool) {
	r := Result{Index: i, Param: t.param, Labels: t.labels}
	switch t.kind {
	case argumentKind:
	case listKind:
		r.List = true
	case vectorKind:
		r.Name, r.Curried, r.Const = t.name, t.curried, t.consts
	default:
		return Result{}, false
	}
	return r, true
}

// fromFact returns the template of what obj, declared in another package,
// holds, or of result i that it returns.
func (r *Resolver) fromFact(obj types.Object, i int) template {
	var fact Fact
	if obj == nil || obj.Pkg() == r.pass.Pkg || !r.pass.ImportObjectFact(obj, &fact) {
		return unknown
	}
	for _, res := range fact.Results {
		if res.Index == i {
			return res.template(obj.Pos())
		}
	}
	return unknown
}

// template returns the template of a result of what is declared at pos.
func (r Result) template(pos token.Pos) template {
	t := template{kind: vectorKind, name: r.Name, labels: r.Labels, curried: r.Curried, consts: r.Const, pos: pos}
	switch {
	case r.Param > 0:
		return template{kind: argumentKind, param: r.Param}
	case r.List:
		t.kind = listKind
	}
	return t
}

// apply returns t, a template of the function that call runs, with the
// arguments of the call in place of the parameters.
func (r *Resolver) apply(t template, call *ssa.CallCommon) template {
	args := call.Args
	at := func(param int) ssa.Value {
		if call.IsInvoke() {
			param-- // the receiver is not among the arguments
		}
		if param < 1 || param > len(args) {
			return nil
		}
		return args[param-1]
	}
	if t.kind == argumentKind {
		v := at(t.param)
		if v == nil {
			return unknown
		}
		if isStrings(v.Type()) {
			return r.asList(v)
		}
		got, _ := r.resolve(v)
		return got
	}
	if t.symbolic() {
		t.pos = call.Pos()
	}
	name := make([]Part, 0, len(t.name))
	for _, p := range t.name {
		if p.Param > 0 {
			name = append(name, r.substitute(p, at(p.Param)))
		} else {
			name = append(name, p)
		}
	}
	labels := make([]Part, 0, len(t.labels))
	for _, p := range t.labels {
		switch {
		case p.Spread:
			v := at(p.Param)
			if v == nil {
				return unknown
			}
			list, ok := r.list(v)
			if !ok {
				return unknown
			}
			labels = append(labels, list...)
		case p.Param > 0:
			labels = append(labels, r.substitute(p, at(p.Param)))
		default:
			labels = append(labels, p)
		}
	}
	t.name, t.labels = withoutEmpty(name), labels
	return t
}

// substitute returns the string that p stands for if its parameter is v.
func (r *Resolver) substitute(p Part, v ssa.Value) Part {
	switch {
	case v == nil:
		return Part{Any: true}
	case p.Field != "":
		return r.optionText(v, p.Field)
	}
	return r.text(v)
}
