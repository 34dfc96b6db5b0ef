package metriclib

import "go/types"

// Atomic is what a function or method of sync/atomic does with an integer, whose address is
// its first argument or its receiver.
type Atomic uint8

// What they do.
const (
	NoAtomic Atomic = iota // something else, as any other function
	Adds                   // it adds its last argument, and returns the sum
	Loads
)

var atomicRows = []struct {
	pkg, recvs, names string
	does              Atomic
}{
	{"sync/atomic", "", "AddInt32 AddInt64 AddUint32 AddUint64", Adds},
	{"sync/atomic", "Int32 Int64 Uint32 Uint64", "Add", Adds},
	{"sync/atomic", "", "LoadInt32 LoadInt64 LoadUint32 LoadUint64", Loads},
	{"sync/atomic", "Int32 Int64 Uint32 Uint64", "Load", Loads},
}

// AtomicOf returns what fn does, if it is of sync/atomic.
func AtomicOf(fn *types.Func) Atomic {
	s, ok := SymbolOf(fn)
	if !ok {
		return NoAtomic
	}
	return tables().atomics[s]
}
