package travel

import "context"

// Nothing makes the channel.

func neverMade(work func() error) error {
	var done chan error
	go func() {
		done <- work() // want "blocked-send: this send blocks forever: nothing makes the channel, so it is nil"
	}()
	return <-done // want "blocked-recv: this receive blocks forever: nothing makes the channel, so it is nil"
}

func sendsAtOnce(n int) {
	var out chan int
	out <- n // want "blocked-send: nothing makes the channel, so it is nil"
}

func shadowed(work func() error) error {
	var done chan error
	if work != nil {
		done := make(chan error, 1)
		done <- work()
	}
	go tell(done, work)
	return <-done
}

func tell(done chan<- error, work func() error) {
	done <- work() // want "blocked-send: nothing makes the channel, so it is nil"
}

// Silent.

func madeLater(work func() error) error {
	var done chan error
	done = make(chan error, 1)
	go func() { done <- work() }()
	return <-done
}

func optional(out chan<- int, n int) {
	if out != nil {
		out <- n
	}
}

func without() { optional(nil, 1) }

func switchedOff(ctx context.Context, in <-chan int) {
	var out chan int
	for {
		select {
		case n := <-in:
			_ = n
		case out <- 1:
		case <-ctx.Done():
			return
		}
	}
}

func blocks() {
	var forever chan struct{}
	<-forever
}

func assignedByCallee(set func(*chan int)) {
	var out chan int
	set(&out)
	out <- 1
}
