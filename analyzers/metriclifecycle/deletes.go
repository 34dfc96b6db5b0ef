package metriclifecycle

import (
	"fmt"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/engine/vectors"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
)

// A series is a use of a vector that is held in a field or package variable,
// with the values that are given to its labels by name.
type series struct {
	call   ssa.CallInstruction
	place  *types.Var
	vector vectors.Vector
	values map[string]ssa.Value
	del    bool
}

// checkDeletes reports a vector whose series are never deleted although those of
// a sibling are, which the same function fills for the same entity.
//
// A function that deletes and fills one vector moves a series from one state to
// another; that says nothing about siblings.
func (c *checker) checkDeletes(funcs []*ssa.Function) {
	var fills, deletes []series
	cleared := make(map[*types.Var]bool) // by Delete, Reset or Unregister
	for _, fn := range funcs {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				call, ok := instr.(ssa.CallInstruction)
				if !ok || ssax.InstrInTest(call) {
					continue
				}
				s, isUse, known := c.seriesOf(call)
				switch {
				case isUse && s.del && s.place == nil:
					return // which vector is not known
				case isUse && s.del:
					cleared[s.place] = true
					if known {
						deletes = append(deletes, s)
					}
				case isUse && known && s.place != nil:
					fills = append(fills, s)
				default:
					if clearsAll(call.Common()) {
						_, v, ok := unregistrationOf(call.Common())
						if !ok {
							v, _ = ssax.Receiver(call.Common())
						}
						place := vectorPlace(v)
						if place == nil {
							return
						}
						cleared[place] = true
					}
				}
			}
		}
	}
	reported := make(map[*types.Var]bool)
	for _, d := range deletes {
		if moves(fills, d) {
			c.silent(missedDelete, d.call, movesSeries)
			continue
		}
		for _, f := range fills {
			if f.place == d.place {
				c.checkSiblings(d, f, fills, cleared, reported)
			}
		}
	}
}

// moves reports whether the function that deletes a series fills the vector, too.
func moves(fills []series, d series) bool {
	return slices.ContainsFunc(fills, func(f series) bool { return f.place == d.place && f.call.Parent() == d.call.Parent() })
}

// checkSiblings reports the vectors that are filled together with f, with the
// same values for the labels by which d deletes, and that nothing clears.
func (c *checker) checkSiblings(d, f series, fills []series, cleared, reported map[*types.Var]bool) {
	keys := d.keys()
	if len(keys) == 0 {
		c.silent(missedDelete, d.call, constantOnly)
		return
	}
	for _, s := range fills {
		if s.place == d.place || reported[s.place] || s.call.Parent() != f.call.Parent() || !c.siblings(s.place, d.place) {
			continue
		}
		same := func(key string) bool {
			return s.values[key] != nil && f.values[key] != nil && same(s.values[key], f.values[key]) && !isBounded(s.values[key])
		}
		if slices.ContainsFunc(keys, func(key string) bool { return !same(key) }) {
			continue
		}
		switch {
		case cleared[s.place]:
			c.silent(missedDelete, d.call, siblingsToo)
		case c.places.escapes[s.place] || s.place.Exported() && !s.place.IsField():
			c.silent(missedDelete, d.call, helperHas)
		default:
			reported[s.place] = true
			pos, end := c.span(d.call)
			confidence := catalog.Grade(!vectors.IsTotal(s.place.Type()) || vectors.IsTotal(d.place.Type()))
			c.report.ReportFinding(diag.Finding{Confidence: confidence, Metric: metricOfSeries(s.vector.Name, keys), Diagnostic: analysis.Diagnostic{
				Pos:      pos,
				End:      end,
				Category: missedDelete,
				Message: fmt.Sprintf("%s deletes the series of %s for a %s but not those of %s, so they are kept for every %s there ever was; delete them here, too",
					ssax.ShortName(d.call.Parent()), d.place.Name(), strings.Join(keys, " and "), s.place.Name(), strings.Join(keys, " and ")),
				Related: []analysis.RelatedInformation{
					{Pos: f.call.Pos(), Message: d.place.Name() + " is filled here"},
					{Pos: s.call.Pos(), Message: s.place.Name() + " is filled here for the same " + strings.Join(keys, " and ")},
				},
			}})
		}
	}
}

// isBounded reports whether the values of a label are of a type with constants of its
// own, so that there are only as many as those, or tell whether something is true.
func isBounded(v ssa.Value) bool {
	v = ssax.Strip(v)
	if conv, ok := v.(*ssa.Convert); ok {
		v = ssax.Strip(conv.X)
	}
	if call, ok := v.(*ssa.Call); ok {
		recv, args := ssax.Receiver(&call.Call)
		if ctxlib.IsFunc(ssax.Callee(&call.Call), "strconv", "FormatBool") {
			return true
		}
		if recv != nil && len(args) == 0 {
			v = ssax.Strip(recv) // of its String
		}
	}
	return ofConstants(v.Type())
}

// ofConstants reports whether t is a named basic type of which its package declares
// more than one constant.
func ofConstants(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return false
	}
	if _, basic := named.Underlying().(*types.Basic); !basic {
		return false
	}
	scope := named.Obj().Pkg().Scope()
	n := 0
	for _, name := range scope.Names() {
		if k, ok := scope.Lookup(name).(*types.Const); ok && types.Identical(k.Type(), named) {
			n++
		}
	}
	return n > 1
}

// siblings reports whether two vectors are fields of one type or variables of
// this package.
func (c *checker) siblings(a, b *types.Var) bool {
	if a.IsField() != b.IsField() {
		return false
	}
	return a.IsField() && c.places.owner[a] != nil && c.places.owner[a] == c.places.owner[b] || !a.IsField() && a.Pkg() == b.Pkg() && a.Pkg() == c.pass.Pkg
}

// keys returns the labels, sorted, whose values are not constant.
func (s series) keys() []string {
	var keys []string
	for name, v := range s.values {
		if _, ok := v.(*ssa.Const); !ok {
			keys = append(keys, name)
		}
	}
	slices.Sort(keys)
	return keys
}

// seriesOf returns the use that a call makes of a vector; known says whether all
// labels and values are known.
func (c *checker) seriesOf(call ssa.CallInstruction) (s series, isUse, known bool) {
	use, ok := vectors.UseOf(call.Common())
	if !ok {
		return s, false, false
	}
	s = series{call: call, place: vectorPlace(use.Vector), del: use.Deletes}
	v, ok := c.vectors.Vector(use.Vector)
	if !ok || !v.Named() || s.place == nil {
		return s, true, false
	}
	s.vector = v
	s.values = make(map[string]ssa.Value)
	if use.ByName {
		m, ok := ssax.Strip(use.Labels).(*ssa.MakeMap)
		if _, all := c.vectors.Keys(use.Labels, call); !ok || !all {
			return s, true, false
		}
		for _, ref := range *m.Referrers() {
			if u, ok := ref.(*ssa.MapUpdate); ok {
				key, _ := c.vectors.Text(u.Key)
				s.values[key] = u.Value
			}
		}
		return s, true, true
	}
	stores, ok := ssax.Elements(use.Labels)
	if !ok || len(stores) != len(v.Labels) {
		return s, true, false
	}
	for i, name := range v.Labels {
		s.values[name] = stores[i].Val
	}
	return s, true, true
}

// vectorPlace returns the field or package variable that holds a vector, looking
// through currying and what a vector embeds.
func vectorPlace(v ssa.Value) *types.Var {
	if v == nil {
		return nil
	}
	switch v := ssax.Strip(v).(type) {
	case *ssa.UnOp:
		if addr, ok := v.X.(*ssa.FieldAddr); ok && vectors.IsVector(addr.X.Type()) {
			return vectorPlace(addr.X)
		}
		return ssax.Place(v.X)
	case *ssa.Call:
		if fn := ssax.Callee(&v.Call); fn != nil && (fn.Name() == "MustCurryWith" || fn.Name() == "WithContext") {
			recv, _ := ssax.Receiver(&v.Call)
			return vectorPlace(recv)
		}
	}
	return nil
}

// clearsAll reports whether a call ends all series of a vector.
func clearsAll(call *ssa.CallCommon) bool {
	if _, _, ok := unregistrationOf(call); ok {
		return true
	}
	fn := ssax.Callee(call)
	if fn == nil || fn.Name() != "Reset" {
		return false
	}
	recv, _ := ssax.Receiver(call)
	return recv != nil && vectors.IsVector(recv.Type())
}
