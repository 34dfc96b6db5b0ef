// Package snapshot reads what a running program tells about itself: profiles and
// dumps of its goroutines, profiles of its heap, and its metrics.
//
// Inputs are files from elsewhere, so that none of them is trusted: each reader says
// what is wrong with an input, and needs a bounded amount of memory for any. Stacks and
// series are counted while they are read, and what goes beyond a limit is dropped and
// counted.
package snapshot

import "time"

// Kind says what an input is.
type Kind string

// The kinds of inputs.
const (
	Goroutines Kind = "goroutines"
	Leaks      Kind = "leaks" // the goroutines that the runtime proves to be leaked, and no others
	Heap       Kind = "heap"
	Metrics    Kind = "metrics"
)

// A Snapshot is what one input tells.
type Snapshot struct {
	Name   string // of the input
	Kind   Kind
	Format string // of the input, in words

	Stacks []*Stack // of goroutines or allocations, those with most first
	Total  int64    // goroutines, live objects or series

	Metrics []*Metric // sorted by name

	Partial bool   // only the metrics that were asked for
	Problem string // why the input is not whole, "" if it is
	Dropped int64  // goroutines, objects or series beyond a limit
}

// A Stack is where goroutines are, or where objects were allocated.
type Stack struct {
	Frames  []Frame // innermost first
	Created Frame   // the go statement; zero if the input does not tell
	Wait    Wait
	Count   int64         // goroutines or live objects
	Bytes   int64         // of the objects
	Longest time.Duration // that one of the goroutines has waited, 0 if that is not known
	Leaked  bool          // the runtime proves that nothing can wake them
}

// Size returns that of one of the objects.
func (s *Stack) Size() int64 {
	if s.Count <= 0 {
		return 0
	}
	return s.Bytes / s.Count
}

// A Frame is a call in a stack.
type Frame struct {
	Package string // import path; "main" for a command
	Func    string // F, T.M, (*T).M, with the suffixes of closures and without type arguments
	File    string // as the build has it, with slashes
	Line    int
}

// Wait says what a goroutine waits for.
type Wait string

// What goroutines wait for.
const (
	Unknown Wait = ""
	Send    Wait = "chan send"
	Receive Wait = "chan receive"
	Select  Wait = "select"
	IO      Wait = "I/O"
	Lock    Wait = "lock"
	Group   Wait = "wait" // for a WaitGroup or a Cond
	Sleep   Wait = "sleep"
	Running Wait = "running" // or about to run
	Other   Wait = "runtime"
)

// A Metric is what an exposition has of one metric.
type Metric struct {
	Name    string
	Series  int64
	AtLeast bool // there are more series or values than were counted
	Labels  []*Label
}

// A Label is a label of a metric.
type Label struct {
	Name     string
	Values   int64    // that are distinct
	Examples []string // the first of them
}
