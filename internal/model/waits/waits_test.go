package waits_test

import (
	"go/importer"
	"go/token"
	"go/types"
	"testing"

	"github.com/ctxlint/ctxlint/internal/model/waits"
)

// TestKnown checks the standard library's rows against the library itself.
func TestKnown(t *testing.T) {
	imp := importer.ForCompiler(token.NewFileSet(), "source", nil)
	for _, test := range []struct {
		pkg, recv, name string
		want            waits.Kind
	}{
		{"time", "", "Sleep", waits.Sleep},
		{"time", "", "Now", waits.None},
		{"sync", "WaitGroup", "Wait", waits.Wait},
		{"sync", "WaitGroup", "Done", waits.None},
		{"sync", "RWMutex", "RLock", waits.Lock},
		{"net", "Conn", "Read", waits.Network},
		{"net", "Resolver", "LookupMX", waits.Network},
		{"net", "TCPConn", "Read", waits.Network}, // promoted from conn
		{"os", "", "ReadFile", waits.Disk},
		{"os", "", "Getenv", waits.None},
		{"os/exec", "Cmd", "Run", waits.Process},
		{"database/sql", "DB", "QueryContext", waits.Database},
	} {
		pkg, err := imp.Import(test.pkg)
		if err != nil {
			t.Fatal(err)
		}
		obj := pkg.Scope().Lookup(test.name)
		if test.recv != "" {
			obj, _, _ = types.LookupFieldOrMethod(types.NewPointer(pkg.Scope().Lookup(test.recv).Type()), true, pkg, test.name)
			if obj == nil { // an interface has no methods through a pointer
				obj, _, _ = types.LookupFieldOrMethod(pkg.Scope().Lookup(test.recv).Type(), true, pkg, test.name)
			}
		}
		fn, ok := obj.(*types.Func)
		if !ok {
			t.Fatalf("%s.%s.%s is no function", test.pkg, test.recv, test.name)
		}
		if got := waits.Known(fn); got != test.want {
			t.Errorf("%s.%s.%s can %v, want %v", test.pkg, test.recv, test.name, got, test.want)
		}
	}
}
