package waits

import (
	"go/importer"
	"go/token"
	"go/types"
	"strings"
	"testing"
)

// TestKnownExists checks that every name in the table for the standard library
// exists.
func TestKnownExists(t *testing.T) {
	imp := importer.ForCompiler(token.NewFileSet(), "source", nil)
	for path, kinds := range known {
		if first, _, _ := strings.Cut(path, "/"); strings.Contains(first, ".") {
			continue
		}
		pkg, err := imp.Import(path)
		if err != nil {
			t.Fatal(err)
		}
		for key := range kinds {
			recv, name, _ := strings.Cut(key, ".")
			obj := pkg.Scope().Lookup(name)
			if recv != "" {
				typ := pkg.Scope().Lookup(recv)
				if typ == nil {
					t.Errorf("%s has no type %s", path, recv)
					continue
				}
				if name == "*" {
					continue
				}
				obj, _, _ = types.LookupFieldOrMethod(types.NewPointer(typ.Type()), true, pkg, name)
				if obj == nil {
					obj, _, _ = types.LookupFieldOrMethod(typ.Type(), true, pkg, name)
				}
			}
			if _, ok := obj.(*types.Func); !ok {
				t.Errorf("%s has no function %s", path, key)
			}
		}
	}
}
