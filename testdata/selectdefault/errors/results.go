package errors

import (
	"context"
	"log"
	"time"
)

// A result, or an event, that somebody waits for.

func compute() int { return 42 }

func result() int {
	ch := make(chan int)
	go func() {
		n := compute()
		select {
		case ch <- n: // want "error-send: the value is dropped unless its receiver is waiting already, because the channel has no buffer"
		default:
		}
	}()
	log.Print("at work")
	return <-ch
}

func resultInTime(ctx context.Context) int {
	ch := make(chan int)
	go func() {
		select {
		case ch <- compute(): // want "medium error-send: the value is dropped unless its receiver is waiting already"
		default:
		}
	}()
	select {
	case n := <-ch:
		return n
	case <-ctx.Done():
		return 0
	}
}

type call struct{ reply chan string }

func newCall() *call { return &call{reply: make(chan string)} }

func (c *call) answer(s string) {
	select {
	case c.reply <- s: // want "medium error-send: the value is dropped unless its receiver is waiting already"
	default:
	}
}

func (c *call) wait() string { return <-c.reply }

// Silent.

func roomForOne() int {
	ch := make(chan int, 1)
	go func() {
		select { // silent "the channel has room for what is sent"
		case ch <- compute():
		default:
		}
	}()
	return <-ch
}

func latest(use func(int)) {
	ch := make(chan int)
	go func() {
		for {
			select {
			case ch <- compute(): // silent "the send is in a loop, and another value"
			default:
			}
			time.Sleep(time.Second)
		}
	}()
	use(<-ch)
}

func listens(use func(int)) {
	ch := make(chan int)
	go func() {
		select { // silent "who receives comes back for the next"
		case ch <- compute():
		default:
		}
	}()
	for n := range ch {
		use(n)
	}
}

func sentAgain() int {
	ch := make(chan int)
	go func() {
		select {
		case ch <- compute():
		default:
			ch <- 0
		}
	}()
	return <-ch
}

func toldOtherwise() int {
	ch := make(chan int)
	go func() {
		select { // silent "somebody closes the channel, which whoever"
		case ch <- compute():
		default:
		}
		close(ch)
	}()
	return <-ch
}

func logsIt() int {
	ch := make(chan int)
	go func() {
		select {
		case ch <- compute():
		default:
			log.Print("nobody waits")
		}
	}()
	return <-ch
}

func bothPoll() int {
	ch := make(chan int)
	go func() {
		select {
		case ch <- compute():
		default:
		}
	}()
	select {
	case n := <-ch:
		return n
	default:
		return 0
	}
}
