package spin

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

// The condition of the loop is one more poll.

func asks(done chan struct{}, stopped *atomic.Bool) {
	for !stopped.Load() {
		select { // want "spin: the loop polls without a pause and burns a CPU until somebody ends it; wait in the default"
		case <-done:
			return
		default:
		}
	}
}

func untilCancelled(ctx context.Context, jobs chan int) {
	for ctx.Err() == nil {
		select { // want "spin: until somebody ends it"
		case j := <-jobs:
			fmt.Println(j)
		default:
			continue
		}
	}
}

type session struct {
	mu     sync.Mutex
	active bool
	queue  []int
	in     chan int
	wake   *sync.Cond
}

func (s *session) isActive() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.active
}

func (s *session) whileActive() {
	for s.isActive() {
		select { // want "spin: until somebody ends it"
		case n := <-s.in:
			fmt.Println(n)
		default:
		}
	}
}

func (s *session) testsBelow() {
	for {
		select { // want "spin: until somebody ends it"
		case n := <-s.in:
			fmt.Println(n)
		default:
		}
		if !s.isActive() {
			return
		}
	}
}

// A case that does nothing, like the default.

func bothEmpty(in chan int) {
	for {
		select { // want "spin: until a channel is ready"
		case <-in:
		default:
		}
	}
}

func bothEmptyBesideAnother(done chan struct{}, in chan int) {
	for {
		select { // want "spin: until a channel is ready"
		case <-done:
			return
		case <-in:
		default:
		}
	}
}

func bothContinue(done chan struct{}, in chan int) int {
	n := 0
	for {
		select { // want "spin: until a channel is ready"
		case <-done:
			return n
		case <-in:
			continue
		default:
			continue
		}
	}
}

func neverMade() {
	var in chan int
	for {
		select { // want "spin: until a channel is ready"
		case <-in:
		default:
		}
	}
}

// Silent.

func bothEmptyAndSleeps(in chan int) {
	for {
		select {
		case <-in:
		default:
		}
		time.Sleep(time.Second)
	}
}

func bothEmptyUntilFalse(in chan int, more func() bool) {
	for more() {
		select {
		case <-in:
		default:
		}
	}
}

func bothEmptyCounted(in chan int) {
	for n := 0; n < 10; n++ {
		select {
		case <-in:
		default:
		}
	}
}

// The condition waits, or does some of the work.

func (s *session) sleeps() bool {
	time.Sleep(time.Millisecond)
	return s.active
}

func (s *session) whileSleeping() {
	for s.sleeps() {
		select {
		case n := <-s.in:
			fmt.Println(n)
		default:
		}
	}
}

func (s *session) waits() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.wake.Wait()
	return s.active
}

func (s *session) whileWaiting() {
	for s.waits() {
		select {
		case n := <-s.in:
			fmt.Println(n)
		default:
		}
	}
}

func (s *session) pop() bool {
	if len(s.queue) == 0 {
		return false
	}
	s.queue = s.queue[1:]
	return true
}

func (s *session) whilePopping() {
	for s.pop() {
		select {
		case n := <-s.in:
			fmt.Println(n)
		default:
		}
	}
}

func (s *session) worksWhileActive(step func()) {
	for s.isActive() {
		select {
		case n := <-s.in:
			fmt.Println(n)
		default:
			step()
		}
	}
}

type peer interface{ Active() bool }

func whilePeer(p peer, in chan int) {
	for p.Active() {
		select {
		case n := <-in:
			fmt.Println(n)
		default:
		}
	}
}
