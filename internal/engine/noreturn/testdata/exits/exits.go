// Package exits has functions that end, or do not end, the program.
package exits

import (
	"fmt"
	"log"
	"os"
	"runtime"
)

func Fail(err error) { // want Fail:"noreturn"
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

func Check(err error) {
	if err != nil {
		Fail(err)
	}
}

func Must(v int, err error) int {
	if err != nil {
		log.Fatal(err)
	}
	return v
}

func Either(ok bool) { // want Either:"noreturn"
	if ok {
		panic("yes")
	} else {
		log.Fatalln("no")
	}
}

func Unwritten() (int, error) { // want Unwritten:"noreturn"
	panic("not written yet")
}

func Serve() { // want Serve:"noreturn"
	for {
		runtime.Gosched()
	}
}

func Block() { // want Block:"noreturn"
	select {}
}

func Leave() { // want Leave:"noreturn"
	runtime.Goexit()
}

// What is deferred might recover, for all that is known.
func LeaveLater() {
	defer fmt.Println("bye")
	runtime.Goexit()
}

func Loop(n int) {
	for n > 0 {
		n--
	}
}

func Break() {
	for {
		break
	}
}

// Recursion without a way out is taken to return.
func Ping() { Pong() }
func Pong() { Ping() }

// Each calls the other, and one of them has an end of its own, which is the end
// of both whichever is asked about first.
func GiveUp(n int) { // want GiveUp:"noreturn"
	if n > 0 {
		Retry(n - 1)
	}
	os.Exit(4)
}
func Retry(n int) { GiveUp(n) } // want Retry:"noreturn"

type Logger struct{}

func (*Logger) Die() { os.Exit(2) } // want Die:"noreturn"

// Nobody outside can call it, so nobody outside is told.
func die() { os.Exit(3) }
