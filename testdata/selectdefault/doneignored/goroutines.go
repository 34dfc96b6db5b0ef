package doneignored

import (
	"context"
	"fmt"
)

// A goroutine that something should end is goroutineleak's, and not reported
// here, whichever of the two is asked: see goroutineleak/unstoppable.

func inGoroutine(ctx context.Context, jobs chan int) {
	go func() {
		for {
			select {
			case <-ctx.Done(): // silent "the loop keeps a goroutine from ending,"
				continue
			case j := <-jobs:
				fmt.Println(j)
			}
		}
	}()
}

// Nothing says here that these goroutines should end, or their loops have another
// way out, so that only the case is wrong.

func (w *worker) startAgain() { go w.again() }

func (w *worker) again() {
	for {
		select {
		case <-w.quit: // want "done-ignored: the loop goes on after this case"
		case j := <-w.jobs:
			fmt.Println(j)
		}
	}
}

func untilClosed(ctx context.Context, jobs chan int) {
	go func() {
		for {
			select {
			case <-ctx.Done(): // want "done-ignored: the loop goes on after this case"
			case j, ok := <-jobs:
				if !ok {
					return
				}
				fmt.Println(j)
			}
		}
	}()
}
