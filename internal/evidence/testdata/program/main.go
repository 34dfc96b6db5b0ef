// Command program leaks goroutines, prints where they are, and ends.
package main

import (
	"os"
	"runtime"
	"runtime/pprof"
	"strconv"

	"example.com/program/lib"
)

func main() {
	for range 20 {
		lib.Send[int]()
		new(lib.Worker).Start()
		lib.Wait()
		lib.Clean()
	}
	for range 1000 {
		runtime.Gosched()
	}
	debug, _ := strconv.Atoi(os.Args[1])
	pprof.Lookup("goroutine").WriteTo(os.Stdout, debug)
}
