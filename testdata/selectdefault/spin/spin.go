// Package spin has loops that burn a CPU.
package spin

import (
	"context"
	"fmt"
	"runtime"
	"time"
)

func empty(done chan struct{}) {
	for {
		select { // want "spin: the loop polls without a pause and burns a CPU"
		case <-done:
			return
		default:
		}
	}
}

func cheap(ctx context.Context, results chan int) int {
	n := 0
	for {
		select { // want "spin: the loop polls without a pause"
		case r := <-results:
			return r + n
		default:
			n++
		}
	}
}

func prints(done chan struct{}) {
	for {
		select { // want "spin: the loop polls without a pause"
		case <-done:
			return
		default:
			fmt.Println("waiting")
		}
	}
}

func continues(ctx context.Context, jobs chan int) {
	for {
		select { // want "spin: the loop polls without a pause"
		case <-ctx.Done():
			return
		case j := <-jobs:
			fmt.Println(j)
		default:
			continue
		}
	}
}

// Silent.

func sleeps(done chan struct{}) {
	for {
		select {
		case <-done:
			return
		default:
			time.Sleep(time.Millisecond)
		}
	}
}

func sleepsBelow(done chan struct{}) {
	for {
		select {
		case <-done:
			return
		default:
		}
		time.Sleep(time.Millisecond)
	}
}

func yields(done chan struct{}) {
	for {
		select {
		case <-done:
			return
		default:
			runtime.Gosched()
		}
	}
}

func works(ctx context.Context, step func()) {
	for {
		select {
		case <-ctx.Done():
			return
		default:
			step()
		}
	}
}

func ticks(done chan struct{}, t *time.Ticker) {
	for {
		select {
		case <-done:
			return
		default:
			<-t.C
		}
	}
}

func givesUp(done chan struct{}) {
	for n := 0; n < 100; n++ {
		select {
		case <-done:
			return
		default:
		}
	}
}

func leaves(jobs chan int) {
	for {
		select { // silent "the default does not lead straight back"
		case j := <-jobs:
			fmt.Println(j)
		default:
			return
		}
	}
}

func drains(jobs chan int) {
loop:
	for {
		select {
		case <-jobs:
		default:
			break loop
		}
	}
}

func deadline(done chan struct{}, end time.Time) {
	for {
		select {
		case <-done:
			return
		default:
		}
		if time.Now().After(end) {
			return
		}
	}
}

// Nothing but a default is no poll of anything: what the loop waits for is in its
// condition, or elsewhere.

func onlyDefault(busy func() bool) {
	for busy() {
		select {
		default:
		}
	}
}

func onlyDefaultForever(step func()) {
	for {
		select {
		default:
			step()
		}
	}
}

func noCase() {
	for {
		select {}
	}
}

// What the loop does itself makes the channel ready: it replaces the latest value.

type latest struct{ values chan int }

func (l *latest) set(v int) {
	for {
		select { // silent "the loop also ends by a condition that it changes itself"
		case l.values <- v:
			return
		default:
			select {
			case <-l.values:
			default:
			}
		}
	}
}

func newest(values chan int, v int) {
	for {
		select {
		case values <- v:
			return
		default:
		}
		select {
		case <-values:
		default:
		}
	}
}

// Room in one channel is no room in the other.
func moves(from, to chan int, v int) {
	for {
		select { // want "spin: the loop polls without a pause"
		case to <- v:
			return
		default:
		}
		select { // want "spin: the loop polls without a pause"
		case <-from:
		default:
		}
	}
}
