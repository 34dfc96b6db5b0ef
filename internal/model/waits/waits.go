// Package waits says what a call can wait for. It holds the tables for the
// standard library and for well-known clients, so that no driver needs facts
// about them.
package waits

import (
	"go/types"

	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// A Kind is what a call can wait for.
type Kind uint8

// The kinds. [None] means that nothing is known, not that the call returns at
// once.
const (
	None     Kind = iota
	Sleep         // time passes
	Wait          // other goroutines: WaitGroup.Wait, Cond.Wait, errgroup
	Lock          // a mutex or semaphore
	Network       // a peer: dial, request, accept, lookup
	Disk          // a file
	Process       // a child process
	Database      // a database/sql driver or a client of a data store
)

var kindNames = [...]string{
	None:     "nothing known",
	Sleep:    "sleep",
	Wait:     "wait for goroutines",
	Lock:     "lock",
	Network:  "network I/O",
	Disk:     "file I/O",
	Process:  "wait for a process",
	Database: "query a database",
}

// String returns the kind in words that fit after "can".
func (k Kind) String() string { return kindNames[k] }

// IsIO reports whether the wait is for something outside the process, which
// nothing in the program bounds except a context or a deadline.
func (k Kind) IsIO() bool { return k >= Network }

// Known returns what a call of fn, a function, a method or an interface method of
// the standard library or of a well-known client, can wait for.
func Known(fn *types.Func) Kind {
	if fn == nil || fn.Pkg() == nil {
		return None
	}
	kinds, ok := known[fn.Pkg().Path()]
	if !ok {
		return None
	}
	recv := ctxlib.ReceiverName(fn)
	if k, ok := kinds[recv+"."+fn.Name()]; ok {
		return k
	}
	return kinds[recv+".*"]
}
