package sources

import (
	"bufio"
	"context"
	"io"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// Numbers that are only counted up are as many as there are iterations, or calls.

func endless() {
	for i := 0; ; i++ {
		count(strconv.Itoa(i)) // want `id: each i is a time series`
		time.Sleep(time.Second)
	}
}

func numbered(r io.Reader) error {
	lines := bufio.NewScanner(r)
	n := 0
	for lines.Scan() {
		n++
		count(strconv.Itoa(n)) // want `medium id: each n is a time series`
	}
	return lines.Err()
}

func attempts(ctx context.Context, try func(context.Context) error) {
	for attempt := 1; try(ctx) != nil; attempt++ {
		count(strconv.Itoa(attempt)) // want `medium id: each attempt`
	}
}

// There are as many as there are elements, or as a limit allows.

func elements(names []string) {
	for i := range names {
		count(strconv.Itoa(i))
	}
	n := 0
	for range names {
		n++
		count(strconv.Itoa(n))
	}
	for i := 0; i < len(names); i++ {
		count(strconv.Itoa(i))
	}
}

func limited(ctx context.Context, limit int, try func(context.Context) error) {
	for attempt := 1; try(ctx) != nil; attempt++ {
		if attempt > limit {
			return
		}
		count(strconv.Itoa(attempt))
	}
}

func inTurn(work <-chan int) {
	i := 0
	for range work {
		count(strconv.Itoa(i))
		i = (i + 1) % 8
	}
}

func bucketed(work <-chan int) {
	i := 0
	for range work {
		i++
		count(strconv.Itoa(i % 8))
	}
}

// Counters of a process, and of an object.

var (
	lastConn   uint64
	lastStream atomic.Int64
	open       atomic.Int64
	shards     atomic.Int32
)

func connected() {
	count(strconv.FormatUint(atomic.AddUint64(&lastConn, 1), 10)) // want `medium id: each atomic.AddUint64\(&lastConn, 1\)`
}

func streamed() {
	id := lastStream.Add(1)
	count(formatted(id)) // want `medium id: each lastStream.Add\(1\)`
}

// How many are open goes down again.
func opened() {
	count(formatted(open.Add(1)))
	defer open.Add(-1)
}

func sharded() {
	shard := shards.Add(1)
	if shard >= 16 {
		shards.Store(0)
	}
	count(strconv.Itoa(int(shard)))
}

type queue struct {
	mu       sync.Mutex
	next     int
	turn     int
	attempts int
	Exported int
}

func newQueue() *queue { return &queue{next: 1, turn: 1, attempts: 1} }

func (q *queue) push() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.next++
	count(strconv.Itoa(q.next)) // want `medium id: each q.next`
	q.turn++
	count(strconv.Itoa(q.turn))
	q.attempts++
	count(strconv.Itoa(q.attempts))
	q.Exported++
	count(strconv.Itoa(q.Exported))
}

func (q *queue) done() bool { return q.attempts > 3 }

func (q *queue) reset() { q.turn = 0 }
