package testenv

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Signatures compares the signatures of what tables of libraries name with those in
// testdata/signatures.txt of the test's package, which it writes if update is set: they
// tell when a library has changed.
func Signatures(t testing.TB, got string, update bool) {
	t.Helper()
	golden := filepath.Join("testdata", "signatures.txt")
	if update {
		if err := os.MkdirAll("testdata", 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(golden, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("the signatures are not those of %s (-want +got); see that the tables are still right, then run go test -update:\n%s", golden, diff)
	}
}
