package web

import (
	"go/types"
	"slices"
	"strings"

	"github.com/ctxlint/ctxlint/internal/model/typename"
)

// Message returns the request of a method of a gRPC service that is called with one: the
// package of the request has an interface with that method, which generated code calls with
// what has arrived. It is nil for other methods.
func Message(fn *types.Func) *types.Var {
	sig := fn.Signature()
	if sig.Params().Len() != 2 || sig.Results().Len() != 2 || types.TypeString(types.Unalias(sig.Params().At(0).Type()), nil) != "context.Context" {
		return nil
	}
	request := sig.Params().At(1)
	named := typename.Of(request.Type())
	if _, ok := request.Type().(*types.Pointer); !ok || named == nil || named.Obj().Pkg() == nil {
		return nil
	}
	scope := named.Obj().Pkg().Scope()
	served := slices.ContainsFunc(scope.Names(), func(name string) bool {
		iface, ok := scope.Lookup(name).(*types.TypeName)
		if !ok || !strings.HasSuffix(name, "Server") || strings.HasPrefix(name, "Unsafe") || !types.IsInterface(iface.Type()) {
			return false
		}
		obj, _, _ := types.LookupFieldOrMethod(iface.Type(), true, named.Obj().Pkg(), fn.Name())
		method, ok := obj.(*types.Func)
		return ok && types.Identical(method.Signature().Params(), sig.Params()) && types.Identical(method.Signature().Results(), sig.Results())
	})
	if !served {
		return nil
	}
	return request
}

// Argument returns what a client has sent to a method that net/rpc can call: the first of
// two parameters, the second of which is a pointer, where the result is an error. It is nil
// for other methods.
func Argument(fn *types.Func) *types.Var {
	sig := fn.Signature()
	if sig.Params().Len() != 2 || sig.Results().Len() != 1 || !returnsError(sig) {
		return nil
	}
	if _, ok := sig.Params().At(1).Type().Underlying().(*types.Pointer); !ok {
		return nil
	}
	return sig.Params().At(0)
}

// IsClient reports whether a method is one of an interface that is generated for clients of
// gRPC, beside the function that makes one. Another interface with such methods may have
// implementations that return the error of their context as it is.
func IsClient(method *types.Func) bool {
	named := typename.Of(method.Signature().Recv().Type())
	if named == nil || named.Obj().Pkg() == nil {
		return false
	}
	maker, ok := named.Obj().Pkg().Scope().Lookup("New" + named.Obj().Name()).(*types.Func)
	if !ok || maker.Signature().Params().Len() != 1 {
		return false
	}
	conn := typename.Of(maker.Signature().Params().At(0).Type())
	return conn != nil && conn.Obj().Name() == "ClientConnInterface" && conn.Obj().Pkg() != nil && conn.Obj().Pkg().Path() == "google.golang.org/grpc"
}
