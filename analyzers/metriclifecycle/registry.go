package metriclifecycle

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
	"github.com/ctxlint/ctxlint/internal/engine/vectors"
	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

const (
	promPath   = "github.com/prometheus/client_golang/prometheus"
	autoPath   = promPath + "/promauto"
	kubePath   = "k8s.io/component-base/metrics"
	legacyPath = kubePath + "/legacyregistry"
)

// A registration is a call that registers collectors.
type registration struct {
	call       ssa.CallInstruction
	method     string
	must       bool        // it panics where a collector is registered already
	registry   ssa.Value   // nil for the default one
	collectors []ssa.Value // for a constructor of promauto, its result
	unseen     bool        // collectors does not hold all of them
}

// registrationOf returns how a call registers collectors, and whether it does.
func (c *checker) registrationOf(call ssa.CallInstruction) (registration, bool) {
	common := call.Common()
	r := registration{call: call}
	if g := calledVariable(common); g != nil && g.Pkg.Pkg.Path() == legacyPath {
		// The functions of legacyregistry are variables.
		r.method, r.must = g.Name(), g.Name() == "MustRegister"
		r.addArgs(common.Args)
		return r, g.Name() == "MustRegister" || g.Name() == "Register"
	}
	fn := ssax.Callee(common)
	if fn == nil || fn.Pkg() == nil {
		return r, false
	}
	recv, args := ssax.Receiver(common)
	r.method = fn.Name()
	switch path := fn.Pkg().Path(); {
	case path == autoPath:
		made, ok := c.vectors.Made(common)
		v, isValue := call.(ssa.Value)
		if !ok || !made.Auto || !isValue {
			return r, false
		}
		r.must, r.collectors = true, []ssa.Value{v}
		if recv != nil {
			reg, ok := factoryOf(recv)
			if !ok {
				return r, false
			}
			r.registry = reg
		}
		r.method = "promauto." + fn.Name()
		return r, true
	case path == promPath && (recv == nil || isRegistry(recv.Type())), path == kubePath && recv != nil, path == legacyPath:
		r.registry = recv
		switch fn.Name() {
		case "MustRegister", "RawMustRegister", "CustomMustRegister":
			r.must = true
		case "Register", "CustomRegister":
		default:
			return r, false
		}
		r.addArgs(args)
		return r, true
	}
	return r, false
}

// addArgs adds the collectors that are passed, one by one or as a variadic slice.
func (r *registration) addArgs(args []ssa.Value) {
	for _, arg := range args {
		if _, ok := arg.Type().Underlying().(*types.Slice); !ok {
			r.collectors = append(r.collectors, ssax.Strip(arg))
			continue
		}
		stores, ok := ssax.Elements(arg)
		r.unseen = r.unseen || !ok
		for _, st := range stores {
			r.collectors = append(r.collectors, ssax.Strip(st.Val))
		}
	}
}

// madeBy returns the call that makes the collector v in the same function, nil if
// there is none. If v is loaded from a field of a struct that the function makes, and
// nothing else is stored there, kept is the load.
func (c *checker) madeBy(v ssa.Value) (made *ssa.Call, kept *ssa.UnOp) {
	load, ok := v.(*ssa.UnOp)
	if !ok {
		made, _ = v.(*ssa.Call)
		return made, nil
	}
	addr, ok := load.X.(*ssa.FieldAddr)
	if !ok {
		return nil, nil
	}
	var stores []*ssa.Store
	for _, st := range c.index.FieldStores(ssax.FieldOf(addr)) {
		to, ok := st.Addr.(*ssa.FieldAddr)
		if !ok || !isMade(to.X) {
			return nil, nil // it may be the same struct
		}
		if to.X == addr.X {
			stores = append(stores, st)
		}
	}
	if !isMade(addr.X) || len(stores) != 1 || !ssax.Dominates(stores[0], load) {
		return nil, nil
	}
	made, _ = ssax.Strip(stores[0].Val).(*ssa.Call)
	return made, load
}

func isMade(structure ssa.Value) bool {
	_, ok := structure.(*ssa.Alloc)
	return ok
}

// factoryOf returns the registry of a factory that promauto.With made.
func factoryOf(v ssa.Value) (ssa.Value, bool) {
	switch v := v.(type) {
	case *ssa.Call:
		if ctxlib.IsFunc(ssax.Callee(&v.Call), autoPath, "With") {
			return v.Call.Args[0], true
		}
	case *ssa.UnOp:
		if alloc, ok := v.X.(*ssa.Alloc); ok && v.Op == token.MUL {
			if stored := ssax.StoresTo(alloc); len(stored) == 1 {
				return factoryOf(stored[0].Val)
			}
		}
	}
	return nil, false
}

// unregistrationOf returns the registry, nil for the default one, and the
// collector of a call of Unregister.
func unregistrationOf(call *ssa.CallCommon) (registry, collector ssa.Value, ok bool) {
	fn := ssax.Callee(call)
	if fn == nil || fn.Pkg() == nil || fn.Pkg().Path() != promPath && fn.Pkg().Path() != kubePath || fn.Name() != "Unregister" {
		return nil, nil, false
	}
	recv, args := ssax.Receiver(call)
	if len(args) != 1 {
		return nil, nil, false
	}
	return recv, ssax.Strip(args[0]), true
}

// isRegistry reports whether t is a registry of client_golang.
func isRegistry(t types.Type) bool {
	return ctxlib.IsNamedOrPointer(t, promPath, "Registerer") || ctxlib.IsNamedOrPointer(t, promPath, "Registry")
}

// calledVariable returns the package variable whose function a call runs.
func calledVariable(call *ssa.CallCommon) *ssa.Global {
	if load, ok := call.Value.(*ssa.UnOp); ok && load.Op == token.MUL && !call.IsInvoke() {
		g, _ := load.X.(*ssa.Global)
		return g
	}
	return nil
}

// A registry says where a registry comes from.
type registry struct {
	kind     registryKind
	wrapped  bool // by WrapRegistererWith or WrapRegistererWithPrefix
	prefixed bool // by the latter
	varying  bool // the wrapper's labels or prefix are not constant
	param    *ssa.Parameter
	place    *types.Var // the field or package variable
	global   *ssa.Global
	own      bool // a field of the receiver
}

type registryKind uint8

const (
	unknownRegistry registryKind = iota
	noRegistry                   // nil: promauto.With(nil) registers nothing
	defaultRegistry
	freshRegistry // made in the function itself
	paramRegistry
	fieldRegistry
	globalRegistry
)

// registryOf returns where a registry, nil for the default one, comes from.
func registryOf(v ssa.Value) registry {
	if v == nil {
		return registry{kind: defaultRegistry}
	}
	switch v := ssax.Strip(v).(type) {
	case *ssa.Const:
		return registry{kind: noRegistry}
	case *ssa.Parameter:
		return registry{kind: paramRegistry, param: v}
	case *ssa.Call:
		fn := ssax.Callee(&v.Call)
		switch {
		case ctxlib.IsFunc(fn, promPath, "NewRegistry"), ctxlib.IsFunc(fn, promPath, "NewPedanticRegistry"), ctxlib.IsFunc(fn, kubePath, "NewKubeRegistry"):
			return registry{kind: freshRegistry}
		case ctxlib.IsFunc(fn, promPath, "WrapRegistererWith"), ctxlib.IsFunc(fn, promPath, "WrapRegistererWithPrefix"):
			r := registryOf(v.Call.Args[1])
			r.wrapped, r.varying = true, r.varying || varies(v.Call.Args[0])
			r.prefixed = r.prefixed || fn.Name() == "WrapRegistererWithPrefix"
			return r
		}
	case *ssa.UnOp:
		switch addr := v.X.(type) {
		case *ssa.Global:
			place, _ := addr.Object().(*types.Var)
			if place != nil && place.Pkg().Path() == promPath && place.Name() == "DefaultRegisterer" {
				return registry{kind: defaultRegistry}
			}
			return registry{kind: globalRegistry, place: place, global: addr}
		case *ssa.FieldAddr:
			return registry{kind: fieldRegistry, place: ssax.FieldOf(addr), own: ofReceiver(addr)}
		case *ssa.Alloc, *ssa.FreeVar:
			if cell, ok := ssax.Variable(addr); ok {
				if held, ok := ssax.UsesOf(cell).Only(); ok {
					return registryOf(held)
				}
			}
		}
	}
	return registry{}
}

// ofReceiver reports whether an address is that of a field of the receiver, or of what
// a field of it holds.
func ofReceiver(addr *ssa.FieldAddr) bool {
	for {
		switch x := addr.X.(type) {
		case *ssa.Parameter:
			return ssax.IsReceiver(x)
		case *ssa.Alloc:
			stored := ssax.StoresTo(x) // the copy that a method with a value receiver has
			if len(stored) != 1 {
				return false
			}
			p, ok := stored[0].Val.(*ssa.Parameter)
			return ok && ssax.IsReceiver(p)
		case *ssa.FieldAddr:
			addr = x
		case *ssa.UnOp:
			inner, ok := x.X.(*ssa.FieldAddr)
			if !ok {
				return false
			}
			addr = inner
		default:
			return false
		}
	}
}

// varies reports whether the prefix or the labels of a wrapper may differ from
// call to call.
func varies(v ssa.Value) bool {
	switch v := ssax.Strip(v).(type) {
	case *ssa.Const:
		return false
	case *ssa.MakeMap:
		return !vectors.ConstantMap(v)
	}
	return true
}

// placeOf returns the field or package variable that v was loaded from, or into
// which it is put right after it was made.
func placeOf(v ssa.Value) *types.Var {
	v = ssax.Strip(v)
	if load, ok := v.(*ssa.UnOp); ok && load.Op == token.MUL {
		return ssax.Place(load.X)
	}
	if v.Referrers() == nil {
		return nil
	}
	var places []*types.Var
	for _, ref := range *v.Referrers() {
		if s, ok := ref.(*ssa.Store); ok && s.Val == v {
			if p := ssax.Place(s.Addr); p != nil && !slices.Contains(places, p) {
				places = append(places, p)
			}
		}
	}
	if len(places) == 1 {
		return places[0]
	}
	return nil
}
