package ctxforms

import (
	"go/types"
	"strings"

	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
	"github.com/ctxlint/ctxlint/internal/model/typename"
)

// A Binder is how a value is bound to a context that its methods then wait under.
type Binder struct {
	With string          // the method of the value that does it
	Runs map[string]bool // the methods that wait
	Sure bool            // that those wait is known, not inferred
}

// binders have the types, by package path and name.
var binders = map[string]map[string]Binder{
	"gorm.io/gorm": {"DB": {With: "WithContext", Runs: set(
		"Count", "Create", "CreateInBatches", "Delete", "Exec", "Find", "FindInBatches", "First", "FirstOrCreate", "FirstOrInit",
		"Last", "Pluck", "Row", "Rows", "Save", "Scan", "Take", "Transaction", "Update", "UpdateColumn", "UpdateColumns", "Updates")}},
	"github.com/go-resty/resty/v2": {"Request": {With: "SetContext", Runs: set("Delete", "Execute", "Get", "Head", "Options", "Patch", "Post", "Put", "Send")}},
	"github.com/gocql/gocql":       {"Query": {With: "WithContext", Runs: set("Exec", "Iter", "MapScan", "MapScanCAS", "Scan", "ScanCAS")}},
}

// options have the types of a last argument by which a call is bound to a context, with
// the method that binds one: by package path and name.
var options = map[string]map[string]string{
	"github.com/hashicorp/consul/api": {"QueryOptions": "WithContext", "WriteOptions": "WithContext"},
}

func set(names ...string) map[string]bool {
	out := make(map[string]bool)
	for _, name := range names {
		out[name] = true
	}
	return out
}

// BinderOf returns how a value of type t, or of what t points to, is bound.
func BinderOf(t types.Type) (Binder, bool) {
	named := named(t)
	if named == nil {
		return Binder{}, false
	}
	b, ok := binders[named.Obj().Pkg().Path()][named.Obj().Name()]
	b.Sure = ok
	return b, ok
}

// OptionOf returns the method that binds the options of type t, or of what t points to,
// to a context.
func OptionOf(t types.Type) (with string, ok bool) {
	named := named(t)
	if named == nil {
		return "", false
	}
	with, ok = options[named.Obj().Pkg().Path()][named.Obj().Name()]
	return with, ok
}

func named(t types.Type) *types.Named {
	named := typename.Of(t)
	if named == nil || named.Obj().Pkg() == nil {
		return nil
	}
	return named
}

// Binds reports whether fn is a method of a value that can be bound, or takes options
// that can.
func Binds(fn *types.Func) bool {
	sig := fn.Signature()
	if recv := sig.Recv(); recv != nil {
		if b, ok := BinderOf(recv.Type()); ok {
			return b.Runs[fn.Name()]
		}
		if _, ok := InferBinder(recv.Type(), fn); ok {
			return true
		}
	}
	if sig.Params().Len() == 0 {
		return false
	}
	_, ok := OptionOf(sig.Params().At(sig.Params().Len() - 1).Type())
	return ok
}

// InferBinder returns how a value of a library that is in no table is bound, if fn may be
// one of its methods that wait: it can fail, and has no context of its own. The value has
// a method WithContext, SetContext or Context that takes a context and gives another of
// its kind.
func InferBinder(t types.Type, fn *types.Func) (Binder, bool) {
	named := named(t)
	if named == nil || ctxlib.Takes(fn.Signature()) || !fn.Exported() || !ctxlib.CanFail(fn.Signature()) {
		return Binder{}, false
	}
	for _, with := range [...]string{"WithContext", "SetContext", "Context"} {
		if bindsSelf(t, named.Obj().Pkg(), with) {
			return Binder{With: with, Runs: set(fn.Name()), Sure: isGoogleCall(named.Obj().Pkg(), fn)}, true
		}
	}
	return Binder{}, false
}

// bindsSelf reports whether the method of a value of type t takes a context and gives
// another value of its kind.
func bindsSelf(t types.Type, pkg *types.Package, method string) bool {
	obj, _, _ := types.LookupFieldOrMethod(t, true, pkg, method)
	bind, ok := obj.(*types.Func)
	if !ok || !ctxlib.IsContext(ctxlib.FirstParam(bind.Signature())) || bind.Signature().Params().Len() != 1 || bind.Signature().Results().Len() != 1 {
		return false
	}
	return types.Identical(bind.Signature().Results().At(0).Type(), t)
}

// isGoogleCall reports whether fn sends one of the calls of Google's generated clients,
// which all have the same form: svc.Instances.List(project).Context(ctx).Do().
func isGoogleCall(pkg *types.Package, fn *types.Func) bool {
	return strings.HasPrefix(pkg.Path(), "google.golang.org/api/") && (fn.Name() == "Do" || fn.Name() == "Download")
}
