package vettool

import (
	"go/types"

	"github.com/ctxlint/ctxlint/internal/driver/vettool/unit"
)

// subject returns the name that another package must write after a dot to make
// use of a fact about obj: that of a function, a method or a package-level
// variable or constant. It returns "" if no other package can use the fact, and
// [unit.AnySubject] if one can without the name: types and fields of values need not
// be mentioned, and there is no telling what a fact about a whole package (obj
// is nil) says.
func subject(obj types.Object) string {
	switch obj := obj.(type) {
	case *types.Func:
	case *types.Var, *types.Const:
		if obj.Parent() != obj.Pkg().Scope() {
			return unit.AnySubject
		}
	default:
		return unit.AnySubject
	}
	if !obj.Exported() {
		return ""
	}
	return obj.Name()
}
