package web

import (
	"go/types"
	"slices"

	"github.com/ctxlint/ctxlint/internal/model/importpath"
)

// Ending returns the parameter of a handler that is, or carries, the context of its
// request, and the row that says so, if that context ends when the handler returns.
// The side of a stream that a server has counts only beside the value of the service:
// other functions that get one can be a part of the handler. See [Services] for the
// methods of services.
func Ending(sig *types.Signature) (param int, f Framework, ok bool) {
	params := sig.Params()
	for i := range params.Len() {
		f, ok := Of(params.At(i).Type())
		if !ok || !f.Ends || !f.fits(sig, i) {
			continue
		}
		if f.Context != "" {
			return i, f, true
		}
		if at := contextParam(params); at >= 0 {
			return at, f, true
		}
	}
	return 0, Framework{}, false
}

// fits reports whether a function that gets the value of the row as parameter i is a
// handler.
func (f *Framework) fits(sig *types.Signature, i int) bool {
	params := sig.Params()
	switch f.Kind {
	case Handler:
		return IsRequest(params.At(i), params)
	case RPC:
		return IsRPC(sig)
	case Stream:
		return i > 0 && types.IsInterface(params.At(0).Type()) && returnsError(sig)
	}
	return true
}

func returnsError(sig *types.Signature) bool {
	n := sig.Results().Len()
	return n > 0 && types.Identical(sig.Results().At(n-1).Type(), types.Universe.Lookup("error").Type())
}

// contextParam returns the index of the first parameter that is a context, or -1.
func contextParam(params *types.Tuple) int {
	return slices.IndexFunc(slices.Collect(params.Variables()), func(v *types.Var) bool { return types.TypeString(v.Type(), nil) == "context.Context" })
}

// Reused returns the row of a type whose values are reused, or invalid, when the
// handler that gets them has returned.
func Reused(t types.Type) (Framework, bool) {
	f, ok := Of(t)
	return f, ok && f.Reuse != ""
}

// Runs reports whether fn, of a library, runs its first argument as a handler whose
// context ends when it returns: a function, or all methods that it has.
func Runs(fn *types.Func) bool {
	if fn == nil || fn.Pkg() == nil {
		return false
	}
	return slices.ContainsFunc(frameworks, func(f Framework) bool {
		return f.Runs != "" && f.Path == fn.Pkg().Path() && f.Type == receiver(fn) && lists(f.Runs, fn.Name())
	})
}

// Services knows the interfaces of services that a package may implement: those
// that generated packages among its imports hand to a server.
type Services struct {
	pkg        *types.Package
	interfaces []*types.Interface // nil until somebody asks
	asked      bool
}

// NewServices returns the services that pkg may implement.
func NewServices(pkg *types.Package) *Services { return &Services{pkg: pkg} }

// Ending is the function [Ending] for fn, a method, if it implements a service.
func (s *Services) Ending(fn *types.Func) (param int, ok bool) {
	recv := fn.Signature().Recv()
	if recv == nil || types.IsInterface(recv.Type()) || !s.implements(fn, recv.Type()) {
		return 0, false
	}
	params := fn.Signature().Params()
	if at := contextParam(params); at >= 0 {
		return at, true
	}
	for i := range params.Len() {
		if IsStream(params.At(i).Type()) {
			return i, true
		}
	}
	return 0, false
}

func (s *Services) implements(fn *types.Func, recv types.Type) bool {
	if !s.asked {
		s.asked = true
		for _, p := range s.pkg.Imports() {
			s.interfaces = append(s.interfaces, servedBy(p)...)
		}
	}
	if _, isPointer := recv.(*types.Pointer); !isPointer {
		recv = types.NewPointer(recv)
	}
	return slices.ContainsFunc(s.interfaces, func(i *types.Interface) bool {
		obj, _, _ := types.LookupFieldOrMethod(i, false, fn.Pkg(), fn.Name())
		return obj != nil && types.Implements(recv, i)
	})
}

// servedBy returns the interfaces of which functions of a generated package give
// implementations to a server.
func servedBy(p *types.Package) (found []*types.Interface) {
	for _, row := range frameworks {
		if row.Serves == "" || !importpath.Imports(p.Imports(), row.Path) {
			continue
		}
		for _, name := range p.Scope().Names() {
			fn, ok := p.Scope().Lookup(name).(*types.Func)
			if !ok || !row.serves(fn) {
				continue
			}
			for v := range fn.Signature().Params().Variables() {
				if named, ok := types.Unalias(v.Type()).(*types.Named); ok && named.Obj().Pkg() == p && types.IsInterface(named) {
					found = append(found, named.Underlying().(*types.Interface))
				}
			}
		}
	}
	return found
}

// serves reports whether a function of a generated package sets up a server: it takes
// what the row says, or returns it.
func (f *Framework) serves(fn *types.Func) bool {
	side := fn.Signature().Params()
	if f.Serves == "returns" {
		side = fn.Signature().Results()
	}
	for v := range side.Variables() {
		t := v.Type()
		if list, ok := t.(*types.Slice); ok {
			t = list.Elem()
		}
		if named, ok := types.Unalias(t).(*types.Named); ok && named.Obj().Name() == f.Type && (f.Serves == "returns" || named.Obj().Pkg().Path() == f.Path) {
			return true
		}
	}
	return false
}

// Reads reports whether a member of the row's type, a method or the field of its
// request, only reads, and does the same for a copy of a value.
func Reads(f Framework, member string) bool {
	return lists(f.Data, member) || lists(f.Values, member) || f.Request == Itself+"."+member
}
