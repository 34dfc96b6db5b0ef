// Package typename answers what a type is called.
package typename

import "go/types"

// Of returns the named type that t is, or that it points to, also through aliases. It is
// nil if that has no name.
func Of(t types.Type) *types.Named {
	t = types.Unalias(t)
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	named, _ := t.(*types.Named)
	return named
}
