package blocking_test

import (
	"go/importer"
	"go/token"
	"go/types"
	"testing"

	"github.com/ctxlint/ctxlint/internal/blocking"
)

// TestKnown holds the standard library's rows against the library itself.
func TestKnown(t *testing.T) {
	imp := importer.ForCompiler(token.NewFileSet(), "source", nil)
	for _, test := range []struct {
		pkg, recv, name string
		want            blocking.Kind
	}{
		{"time", "", "Sleep", blocking.Sleep},
		{"time", "", "Now", blocking.None},
		{"sync", "WaitGroup", "Wait", blocking.Wait},
		{"sync", "WaitGroup", "Done", blocking.None},
		{"sync", "RWMutex", "RLock", blocking.Lock},
		{"net", "Conn", "Read", blocking.Network},
		{"net", "Resolver", "LookupMX", blocking.Network},
		{"net", "TCPConn", "Read", blocking.Network}, // promoted from conn
		{"os", "", "ReadFile", blocking.Disk},
		{"os", "", "Getenv", blocking.None},
		{"os/exec", "Cmd", "Run", blocking.Process},
		{"database/sql", "DB", "QueryContext", blocking.Database},
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
		if got := blocking.Known(fn); got != test.want {
			t.Errorf("%s.%s.%s can %v, want %v", test.pkg, test.recv, test.name, got, test.want)
		}
	}
}
