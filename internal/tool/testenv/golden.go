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
	Golden(t, "signatures.txt", got, update, "see that the tables are still right, then run go test -update")
}

// Golden compares what a test got with a file in testdata of its package, which it writes
// if update is set. A difference is told with what to do about it.
func Golden(t testing.TB, name, got string, update bool, advice string) {
	t.Helper()
	name = filepath.Join("testdata", name)
	if update {
		if err := os.MkdirAll("testdata", 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("it is not what %s has (-want +got); %s:\n%s", name, advice, diff)
	}
}
