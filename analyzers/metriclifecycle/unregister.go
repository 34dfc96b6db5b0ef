package metriclifecycle

import (
	"fmt"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/engine/vectors"
	"github.com/ctxlint/ctxlint/internal/model/typename"
	"github.com/ctxlint/ctxlint/internal/model/words"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/decision"
	"github.com/ctxlint/ctxlint/internal/pass/diag"
)

// A membership is a call that puts a collector into a registry, or takes it out.
type membership struct {
	call     ssa.CallInstruction
	place    *types.Var // the field or package variable that holds the collector
	registry ssa.Value
	made     ssa.Value // the collector, if it is made right here
}

// memberships holds those of a package.
type memberships struct {
	in, out []membership
	unseen  bool // a collector whose place is not known is taken out
}

func (c *checker) memberships(funcs []*ssa.Function) *memberships {
	m := new(memberships)
	for _, fn := range funcs {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				if call, ok := instr.(ssa.CallInstruction); ok {
					c.addMembership(m, call)
				}
			}
		}
	}
	return m
}

func (c *checker) addMembership(m *memberships, call ssa.CallInstruction) {
	if reg, v, ok := unregistrationOf(call.Common()); ok {
		out := membership{call: call, place: placeOf(v), registry: reg}
		if out.place == nil {
			m.unseen = true
		} else {
			m.out = append(m.out, out)
		}
		return
	}
	r, ok := c.registrationOf(call)
	if !ok || ssax.InstrInTest(call) {
		return
	}
	for _, v := range r.collectors {
		if place := placeOf(v); place != nil {
			m.in = append(m.in, membership{call: call, place: place, registry: r.registry, made: v})
		}
	}
}

// checkMemberships reports collectors that are taken out of another registry than
// the one they were put into, or not taken out although their siblings are.
func (c *checker) checkMemberships(funcs []*ssa.Function) {
	m := c.memberships(funcs)
	if len(m.out) == 0 && !m.unseen {
		c.checkNever(m)
	} else {
		c.checkMismatches(m)
		if !m.unseen {
			c.checkForgotten(m)
		}
	}
}

// checkMismatches reports an Unregister that finds nothing, because a wrapper has
// changed the descriptor under which the collector is registered.
func (c *checker) checkMismatches(m *memberships) {
	for _, out := range m.out {
		outRoot, outWrapped, ok := c.root(out.registry, make(map[ssa.Value]bool))
		if !ok || ssax.InstrInTest(out.call) {
			c.silent(unregisterMismatch, out.call, registryDim)
			continue
		}
		var in *membership
		mismatch := true
		for i := range m.in {
			if m.in[i].place != out.place {
				continue
			}
			root, wrapped, ok := c.root(m.in[i].registry, make(map[ssa.Value]bool))
			mismatch = mismatch && ok && root == outRoot && wrapped != outWrapped
			in = &m.in[i]
		}
		switch {
		case in == nil:
			c.silent(unregisterMismatch, out.call, registryDim)
			continue
		case !mismatch:
			c.silent(unregisterMismatch, out.call, sameRegistry)
			continue
		}
		how := "through a wrapper that changes its labels or prefix"
		if outWrapped {
			how = "in the registry itself and not through this wrapper of it"
		}
		pos, end := c.span(out.call)
		c.report.ReportFinding(diag.Finding{Metric: c.metricOfAll(*in), Diagnostic: analysis.Diagnostic{
			Pos:      pos,
			End:      end,
			Category: unregisterMismatch,
			Message:  fmt.Sprintf("this Unregister finds nothing, because %s is registered %s; call it on the same Registerer", out.place.Name(), how),
			Related:  []analysis.RelatedInformation{{Pos: in.call.Pos(), Message: out.place.Name() + " is registered here"}},
		}})
	}
}

// root returns what identifies the registry that is below all wrappers, and
// whether there is one. The values in seen are stored in each other's fields.
func (c *checker) root(v ssa.Value, seen map[ssa.Value]bool) (root any, wrapped, ok bool) {
	r := registryOf(v)
	switch r.kind {
	case defaultRegistry:
		return "default", r.wrapped, true
	case paramRegistry:
		return r.param, r.wrapped, true
	case globalRegistry:
		return r.place, r.wrapped, r.place != nil
	case fieldRegistry:
		stored := c.places.stores[r.place]
		if len(stored) != 1 || seen[v] {
			return nil, false, false
		}
		seen[v] = true
		root, wrapped, ok = c.root(stored[0], seen)
		return root, wrapped || r.wrapped, ok
	}
	return nil, false, false
}

// checkForgotten reports a field whose collector is registered together with
// those of other fields that are unregistered again.
func (c *checker) checkForgotten(m *memberships) {
	reported := make(map[*types.Var]bool)
	for _, in := range m.in {
		owner := c.places.owner[in.place]
		if owner == nil || reported[in.place] {
			continue
		}
		if why := c.staysRightly(in, m); why != "" {
			c.silent(notUnregistered, in.call, why)
			continue
		}
		i := slices.IndexFunc(m.out, func(out membership) bool {
			return c.places.owner[out.place] == owner && ends(out.call.Parent(), owner) && c.registeredTogether(m, in, out.place) && !ssax.InstrInTest(out.call)
		})
		switch {
		case i < 0:
			c.silent(notUnregistered, in.call, siblingsStay)
			continue
		case c.places.escapes[in.place]:
			c.silent(notUnregistered, in.call, helperHas)
			continue
		}
		reported[in.place] = true
		out := m.out[i]
		pos, end := c.span(in.call)
		c.report.ReportFinding(diag.Finding{Metric: c.metricOfInstances(in), Diagnostic: analysis.Diagnostic{
			Pos:      pos,
			End:      end,
			Category: notUnregistered,
			Message: fmt.Sprintf("%s is registered here, but %s unregisters only its siblings, so it stays and the next %s collides with it; unregister it there, too",
				in.place.Name(), ssax.ShortName(out.call.Parent()), owner.Name()),
			Related: []analysis.RelatedInformation{{Pos: out.call.Pos(), Message: out.place.Name() + " is unregistered here"}},
		}})
	}
}

// staysRightly returns why a collector may stay in its registry, or does not.
func (c *checker) staysRightly(in membership, m *memberships) decision.Reason {
	switch {
	case registryOf(in.registry).kind == freshRegistry:
		return otherRegistry
	case c.once(in.call.Parent()):
		return runsOnce
	case slices.ContainsFunc(m.out, func(out membership) bool { return out.place == in.place }):
		return isTakenOut
	}
	return ""
}

// checkNever reports a collector with labels for one instance of a type that can
// be closed, if nothing in the package unregisters anything. Only the registry of
// the process counts: any other may end with the instance.
func (c *checker) checkNever(m *memberships) {
	reported := make(map[*types.TypeName]bool)
	for _, in := range m.in {
		owner := c.places.owner[in.place]
		if owner == nil || reported[owner] {
			continue
		}
		closer, why := c.endsOwner(in, owner)
		if closer == nil {
			c.silent(notUnregistered, in.call, why)
			continue
		}
		reported[owner] = true
		pos, end := c.span(in.call)
		c.report.ReportFinding(diag.Finding{Confidence: catalog.Grade(c.repeated(in.call.Parent())), Metric: c.metricOfAll(in), Diagnostic: analysis.Diagnostic{
			Pos:      pos,
			End:      end,
			Category: notUnregistered,
			Message: fmt.Sprintf("%s is registered here for each %s, but %s does not unregister it, so the registry keeps one for every %s there ever was; unregister it there",
				in.place.Name(), owner.Name(), closer.Name(), owner.Name()),
			Related: []analysis.RelatedInformation{{Pos: closer.Pos(), Message: closer.Name() + " ends the " + owner.Name() + " here"}},
		}})
	}
}

// endsOwner returns the method that ends the owner of a collector which the registry of the
// process keeps for each instance; or why there is none.
func (c *checker) endsOwner(in membership, owner *types.TypeName) (closer *types.Func, why decision.Reason) {
	kind := registryOf(in.registry).kind
	switch {
	case c.once(in.call.Parent()):
		return nil, runsOnce
	case c.places.escapes[in.place]:
		return nil, helperHas
	case kind != defaultRegistry && kind != globalRegistry:
		return nil, otherRegistry
	case !c.perInstance(in):
		return nil, oneForAll
	}
	if _, closer = c.closable(owner.Type()); closer == nil {
		return nil, ownerStays
	}
	return closer, ""
}

// perInstance reports whether there is one collector for each instance: a constant
// label, or the labels or the prefix of a wrapper, are not constant.
func (c *checker) perInstance(in membership) bool {
	return registryOf(in.registry).varying || c.collector(in).PerInstance
}

// collector returns what is known about the collector that is put into a registry.
func (c *checker) collector(in membership) vectors.Collector {
	v := in.made
	if load, ok := v.(*ssa.UnOp); ok {
		stored := c.places.stores[ssax.Place(load.X)]
		if len(stored) != 1 {
			return vectors.Collector{}
		}
		v = ssax.Strip(stored[0])
	}
	call, ok := v.(*ssa.Call)
	if !ok {
		return vectors.Collector{}
	}
	made, _ := c.vectors.Made(&call.Call)
	return made
}

// ends reports whether fn is a method that ends an instance of a type. Others
// unregister a collector for reasons of their own, to replace it for example.
func ends(fn *ssa.Function, owner *types.TypeName) bool {
	recv := fn.Signature.Recv()
	if recv == nil || !(words.Ends | words.Frees).In(fn.Name()) {
		return false
	}
	named := typename.Of(recv.Type())
	return named != nil && named.Origin().Obj() == owner
}

// registeredTogether reports whether the function that registers the collector of
// in also registers that of place, in the same registry.
func (c *checker) registeredTogether(m *memberships, in membership, place *types.Var) bool {
	return slices.ContainsFunc(m.in, func(other membership) bool {
		return other.place == place && other.call.Parent() == in.call.Parent() && registryOf(other.registry) == registryOf(in.registry)
	})
}
