// Command program leaks goroutines, prints where they are, and ends.
package main

import (
	"os"
	"runtime"
	"runtime/pprof"
	"strconv"
	"strings"
	"time"

	"example.com/program/lib"
)

func init() { runtime.MemProfileRate = 1 }

func main() {
	if os.Args[1] == "heap" {
		for range 20 {
			lib.Hold()
		}
		runtime.GC() // twice, for the profile is of the last but one
		runtime.GC()
		pprof.Lookup("heap").WriteTo(os.Stdout, 0)
		return
	}
	for range 20 {
		lib.Send[int]()
		new(lib.Worker).Start()
		lib.Wait()
		lib.Clean()
		lib.Deferred()
	}
	for !waiting() {
		time.Sleep(time.Millisecond)
	}
	debug, _ := strconv.Atoi(os.Args[1])
	pprof.Lookup("goroutine").WriteTo(os.Stdout, debug)
}

// waiting reports whether all goroutines but this one wait.
func waiting() bool {
	buf := make([]byte, 1<<20)
	stacks := string(buf[:runtime.Stack(buf, true)])
	return strings.Count(stacks, " [running") == 1 && !strings.Contains(stacks, " [runnable")
}
