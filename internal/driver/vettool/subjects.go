package vettool

import (
	"bytes"
	"go/types"
	"strings"
)

// The subjects of a part are the names of the objects that its facts are about,
// separated by blanks. A dependency that mentions none of them has no use for
// the facts, and so need not be analysed for their sake.

// anySubject stands for objects that can matter where their names do not occur.
const anySubject = "*"

// subject returns the name that another package must write after a dot to make
// use of a fact about obj: that of a function, a method or a package-level
// variable or constant. It returns "" if no other package can, and anySubject if
// one can without a name: values have types and fields without mention, and
// there is no telling what a fact about a whole package says (obj is nil).
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
// The search is of bytes, so the answer may be yes when it should be no.
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

// dotImport is how an import begins that makes dots unnecessary.
var dotImport = []byte(`. "`)
