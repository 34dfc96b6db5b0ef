// Package ctxlib says what a context is, what carries one, what derives one,
// and what makes a cancel function. It holds the tables for the standard library
// and for well-known libraries, so that no driver needs facts about them.
package ctxlib

import (
	"go/types"
	"strings"

	"github.com/ctxlint/ctxlint/internal/model/typename"
	"github.com/ctxlint/ctxlint/internal/model/web"
)

// IsContext reports whether t is context.Context itself, or an alias of it.
func IsContext(t types.Type) bool { return isNamed(t, "context", "Context") }

// IsContextual reports whether a value of type t can stand in for a context: t
// is context.Context, or an interface or a named type whose method set includes
// it (an interface that extends it, a struct that embeds it).
func IsContextual(t types.Type) bool {
	if IsContext(t) {
		return true
	}
	// Most types fail at the first name. Building their method sets would take
	// so much longer that somebody typing in an editor would notice.
	if method(t, "Deadline") == nil || method(t, "Err") == nil {
		return false
	}
	if f, ok := web.Of(t); ok && f.Context != web.Itself {
		return false // *gin.Context has the methods, but its Done is nil unless the engine opts in
	}
	done := method(t, "Done")
	if done == nil || done.Params().Len() != 0 || done.Results().Len() != 1 {
		return false
	}
	if _, ok := done.Results().At(0).Type().Underlying().(*types.Chan); !ok {
		return false
	}
	// cli.Context of urfave/cli embeds a context, and hides its Value behind one
	// that looks up flags.
	value := method(t, "Value")
	return value != nil && value.Params().Len() == 1 && isAny(value.Params().At(0).Type())
}

// TakesCallOptions reports whether a signature is that of a method of a gRPC client.
func TakesCallOptions(sig *types.Signature) bool {
	if !sig.Variadic() {
		return false
	}
	options, ok := sig.Params().At(sig.Params().Len() - 1).Type().(*types.Slice)
	return ok && IsNamedOrPointer(options.Elem(), "google.golang.org/grpc", "CallOption")
}

// Takes reports whether a parameter is a context.
func Takes(sig *types.Signature) bool {
	for p := range sig.Params().Variables() {
		if IsContextual(p.Type()) {
			return true
		}
	}
	return false
}

// FirstParam returns the type of the first parameter, an invalid one if there is none.
func FirstParam(sig *types.Signature) types.Type {
	if sig.Params().Len() == 0 {
		return types.Typ[types.Invalid]
	}
	return sig.Params().At(0).Type()
}

// method returns the signature of the exported method of that name in t's
// method set, or nil.
func method(t types.Type, name string) *types.Signature {
	obj, _, _ := types.LookupFieldOrMethod(t, false, nil, name)
	if fn, ok := obj.(*types.Func); ok {
		return fn.Signature()
	}
	return nil
}

func isAny(t types.Type) bool {
	i, ok := t.Underlying().(*types.Interface)
	return ok && i.Empty()
}

// IsCancelFunc reports whether t is context.CancelFunc or
// context.CancelCauseFunc: the types that say "whoever gets me must call me".
func IsCancelFunc(t types.Type) bool {
	return isNamed(t, "context", "CancelFunc") || isNamed(t, "context", "CancelCauseFunc")
}

// CanHoldCancel reports whether t is a function type to which a cancel function
// can be assigned without changing its signature: func() or func(error).
func CanHoldCancel(t types.Type) bool {
	sig, ok := t.Underlying().(*types.Signature)
	if !ok || sig.Results().Len() != 0 || sig.Variadic() {
		return false
	}
	switch sig.Params().Len() {
	case 0:
		return true
	case 1:
		return IsError(sig.Params().At(0).Type())
	}
	return false
}

// IsError reports whether t is the type error.
func IsError(t types.Type) bool {
	return types.Identical(t, types.Universe.Lookup("error").Type())
}

// CanFail reports whether the last result of a function with that signature is an error.
func CanFail(sig *types.Signature) bool {
	n := sig.Results().Len()
	return n > 0 && IsError(sig.Results().At(n-1).Type())
}

// MakesError reports whether a function makes an error, so that its result is never nil.
func MakesError(fn *types.Func) bool {
	return IsFunc(fn, "errors", "New") || IsFunc(fn, "fmt", "Errorf") ||
		IsFunc(fn, "github.com/pkg/errors", "New") || IsFunc(fn, "github.com/pkg/errors", "Errorf")
}

// IsRoot reports whether fn is context.Background or context.TODO.
func IsRoot(fn *types.Func) bool {
	return IsFunc(fn, "context", "Background") || IsFunc(fn, "context", "TODO")
}

// IsDeadline reports whether fn derives a context with a deadline.
func IsDeadline(fn *types.Func) bool {
	return IsFunc(fn, "context", "WithTimeout") || IsFunc(fn, "context", "WithDeadline") ||
		IsFunc(fn, "context", "WithTimeoutCause") || IsFunc(fn, "context", "WithDeadlineCause")
}

// HasEnd reports whether fn derives a context that can end without its parent.
func HasEnd(fn *types.Func) bool {
	return IsDeadline(fn) || IsFunc(fn, "context", "WithCancel") || IsFunc(fn, "context", "WithCancelCause") || IsErrGroup(fn) || IsNotifyContext(fn)
}

// TypeName returns "pkg.Type" for a named type or a pointer to one, "" for any other.
func TypeName(t types.Type) string {
	if n := typename.Of(t); n != nil && n.Obj().Pkg() != nil {
		return n.Obj().Pkg().Path() + "." + n.Obj().Name()
	}
	return ""
}

// DerivesFrom returns the index of the parameter from which fn derives the
// context that it returns, so that cancelling the one cancels the other, or -1
// if fn is not known to derive one. context.WithoutCancel is not listed: its
// result outlives the parent.
func DerivesFrom(fn *types.Func) int {
	if fn == nil || fn.Pkg() == nil || ReceiverName(fn) != "" {
		return -1
	}
	switch pathOf(fn.Pkg()) {
	case "context":
		if strings.HasPrefix(fn.Name(), "With") && fn.Name() != "WithoutCancel" {
			return 0
		}
	case "os/signal":
		if fn.Name() == "NotifyContext" {
			return 0
		}
	case "golang.org/x/sync/errgroup":
		if fn.Name() == "WithContext" {
			return 0
		}
	}
	// Libraries put values into a context with functions of this shape:
	// metadata.NewOutgoingContext(ctx, md), trace.ContextWithSpan(ctx, span).
	sig := fn.Signature()
	if sig.Params().Len() > 0 && sig.Results().Len() == 1 && IsContext(sig.Params().At(0).Type()) && IsContext(sig.Results().At(0).Type()) && derivers[fn.Pkg().Path()] {
		return 0
	}
	return -1
}

// derivers are packages in which every function from a context to a context
// returns a child of its argument.
var derivers = map[string]bool{
	"google.golang.org/grpc/metadata":  true,
	"google.golang.org/grpc/peer":      true,
	"go.opentelemetry.io/otel/trace":   true,
	"go.opentelemetry.io/otel/baggage": true,
	"runtime/pprof":                    true,
	"net/http/httptrace":               true,
	"log/slog":                         true,
	"github.com/go-logr/logr":          true,
	"k8s.io/klog/v2":                   true,
}

// IsTracing reports whether the functions and methods of a package that return a
// context give a child of the one that they get: those that start spans.
func IsTracing(pkgPath string) bool {
	return derivers[pkgPath] || pkgPath == "go.opencensus.io/trace" || pkgPath == "github.com/opentracing/opentracing-go"
}

// IsErrGroup reports whether fn is golang.org/x/sync/errgroup.WithContext,
// whose context lives until the group's Wait returns.
func IsErrGroup(fn *types.Func) bool {
	return IsFunc(fn, "golang.org/x/sync/errgroup", "WithContext")
}

// IsNotifyContext reports whether fn is os/signal.NotifyContext.
func IsNotifyContext(fn *types.Func) bool { return IsFunc(fn, "os/signal", "NotifyContext") }

// formerPath is where package context was before it came into the standard library: the
// types there are aliases, and the functions call those of the same names.
const formerPath = "golang.org/x/net/context"

// pathOf returns the import path of a package, that of package context also for what it was.
func pathOf(pkg *types.Package) string {
	if path := pkg.Path(); path != formerPath {
		return path
	}
	return "context"
}

// IsFunc reports whether fn is the package-level function pkgPath.name. Generic
// instances count as their origin, and the former package context as that of today.
func IsFunc(fn *types.Func, pkgPath, name string) bool {
	return fn != nil && fn.Name() == name && fn.Pkg() != nil && pathOf(fn.Pkg()) == pkgPath && ReceiverName(fn) == ""
}

// IsMethod reports whether fn is a method of pkgPath.typeName (or of a pointer to
// it, or an interface method declared there) with one of the given names.
func IsMethod(fn *types.Func, pkgPath, typeName string, names ...string) bool {
	if fn == nil || fn.Pkg() == nil || fn.Pkg().Path() != pkgPath || ReceiverName(fn) != typeName {
		return false
	}
	for _, name := range names {
		if fn.Name() == name {
			return true
		}
	}
	return false
}

// IsMutex reports whether fn is a method of sync.Mutex or sync.RWMutex with one of the
// given names.
func IsMutex(fn *types.Func, names ...string) bool {
	return IsMethod(fn, "sync", "Mutex", names...) || IsMethod(fn, "sync", "RWMutex", names...)
}

// ReceiverName returns the name of the type that declares the method fn, "" for a
// function, "?" for a method of an interface without a name.
func ReceiverName(fn *types.Func) string {
	r := fn.Signature().Recv()
	if r == nil {
		return ""
	}
	if named := typename.Of(r.Type()); named != nil {
		return named.Obj().Name()
	}
	return "?"
}

// IsTesting reports whether t is *testing.T or another of the types by which a
// function belongs to tests: B, F, TB, M.
func IsTesting(t types.Type) bool {
	for _, name := range [...]string{"T", "B", "F", "TB", "M"} {
		if IsNamedOrPointer(t, "testing", name) {
			return true
		}
	}
	return false
}

// IsNamedOrPointer reports whether t is the type pkgPath.name or a pointer to it.
func IsNamedOrPointer(t types.Type, pkgPath, name string) bool {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	return isNamed(t, pkgPath, name)
}

func isNamed(t types.Type, pkgPath, name string) bool {
	named, ok := types.Unalias(t).(*types.Named)
	if !ok {
		return false
	}
	obj := named.Obj()
	return obj.Name() == name && obj.Pkg() != nil && obj.Pkg().Path() == pkgPath
}
