package web_test

import (
	"go/types"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ctxlint/ctxlint/internal/model/web"
)

// TestStarts looks for what starts commands among the methods of the libraries.
func TestStarts(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles the libraries")
	}
	libraries := load(t)
	for path, want := range map[string][]string{
		"github.com/spf13/cobra":   {"Command.Execute", "Command.ExecuteC", "Command.ExecuteContext", "Command.ExecuteContextC", "Command.SetContext"},
		"github.com/urfave/cli":    nil, // its commands have no context
		"github.com/urfave/cli/v2": {"App.Run", "App.RunAndExitOnError", "App.RunContext"},
		"github.com/urfave/cli/v3": {"Command.Run"},
	} {
		var got []string
		scope := libraries[path].Scope()
		for _, name := range scope.Names() {
			typ, ok := scope.Lookup(name).(*types.TypeName)
			if !ok {
				continue
			}
			methods := types.NewMethodSet(types.NewPointer(typ.Type()))
			for m := range methods.Methods() {
				if library, ok := web.Starts(m.Obj().(*types.Func)); ok && library == path {
					got = append(got, name+"."+m.Obj().Name())
				}
			}
		}
		slices.Sort(got)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", path, diff)
		}
	}
}
