// Package leakprofile writes down which goroutines tests have left behind, for
// "ctxlint -evidence", which says what leaks them. It depends on nothing but the standard
// library.
package leakprofile

import (
	"bytes"
	"fmt"
	"os"
	"runtime"
	"runtime/pprof"
	"time"
)

// patience is how long goroutines that are about to end are waited for at most, in steps.
const (
	patience = 50
	step     = 20 * time.Millisecond
)

// Main runs the tests of m, which is a *testing.M, and then writes the goroutines that are
// left to the file, as a dump. It returns the exit code for [os.Exit]: that of the tests,
// or 1 if they have passed and the file cannot be written.
//
//	func TestMain(m *testing.M) { os.Exit(leakprofile.Main(m, "goroutines.txt")) }
func Main(m interface{ Run() int }, file string) int {
	code := m.Run()
	settle()
	var dump bytes.Buffer
	err := pprof.Lookup("goroutine").WriteTo(&dump, 2)
	if err == nil {
		err = os.WriteFile(file, dump.Bytes(), 0o666)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "leakprofile:", err)
		return max(code, 1)
	}
	return code
}

// settle returns when the number of goroutines does not fall any more.
func settle() {
	for range patience {
		before := runtime.NumGoroutine()
		time.Sleep(step)
		if runtime.NumGoroutine() >= before {
			return
		}
	}
}
