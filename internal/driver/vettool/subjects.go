package vettool

import (
	"bytes"
	"go/types"
	"strings"
)

// The subjects of a part are the names of the objects that its facts are about,
// separated by spaces. A dependency that mentions none of them has no use for
// the facts, and so need not be analysed because of them.

// anySubject stands for objects that can matter even where their names do not
// occur.
const anySubject = "*"

// subject returns the name that another package must write after a dot to make
// use of a fact about obj: that of a function, a method or a package-level
// variable or constant. It returns "" if no other package can use the fact, and
// anySubject if one can without the name: types and fields of values need not
// be mentioned, and there is no telling what a fact about a whole package (obj
// is nil) says.
func subject(obj types.Object) string {
	switch obj := obj.(type) {
	case *types.Func:
	case *types.Var, *types.Const:
		if obj.Parent() != obj.Pkg().Scope() {
			return anySubject
		}
	default:
		return anySubject
	}
	if !obj.Exported() {
		return ""
	}
	return obj.Name()
}

// usedBy reports whether one of the Go files can make use of the part's facts.
// It searches bytes, so it may be true when it should be false.
func (p part) usedBy(files [][]byte) bool {
	for name := range strings.FieldsSeq(p.subjects) {
		for _, src := range files {
			if name == anySubject || bytes.Contains(src, []byte("."+name)) || bytes.Contains(src, dotImport) {
				return true
			}
		}
	}
	return false
}

// dotImport is the beginning of an import that makes dots unnecessary.
var dotImport = []byte(`. "`)
