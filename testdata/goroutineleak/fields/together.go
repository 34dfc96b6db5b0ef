package fields

import (
	"context"
	"fmt"
)

// One function starts who receives, with its own context, and calls or starts who sends.

func printer1(ctx context.Context, in <-chan int) {
	for {
		select {
		case <-ctx.Done():
			return
		case n := <-in:
			fmt.Println(n)
		}
	}
}

func feed1(out chan<- int, ns []int) {
	for _, n := range ns {
		out <- n // want "medium no-done: this send blocks forever once printer1 has returned, because nobody else receives; give feed1 the context of its callers and select on it"
	}
}

func calls(ctx context.Context, ns []int) {
	ch := make(chan int)
	go printer1(ctx, ch)
	feed1(ch, ns)
}

func printer2(ctx context.Context, in <-chan int) {
	for {
		select {
		case <-ctx.Done():
			return
		case n := <-in:
			fmt.Println(n)
		}
	}
}

func feed2(out chan<- int, ns []int) {
	for _, n := range ns {
		out <- n // want "medium blocked-send: this send blocks forever once printer2 has returned, because nobody else receives; select on its context, too"
	}
}

func startsBoth(ctx context.Context, ns []int) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	ch := make(chan int)
	go feed2(ch, ns)
	go printer2(ctx, ch)
	<-ctx.Done()
}

func printer3(ctx context.Context, in <-chan int) {
	for {
		select {
		case <-ctx.Done():
			return
		case n := <-in:
			fmt.Println(n)
		}
	}
}

func derives(ctx context.Context, ns []int) {
	ctx, cancel := context.WithCancel(context.WithValue(ctx, key{}, 1))
	defer cancel()
	ch := make(chan int)
	go printer3(ctx, ch)
	for _, n := range ns {
		ch <- n // want "medium no-done: this send blocks forever once printer3 has returned, because nobody else receives; select on ctx.Done\\(\\), too"
	}
}

func handsOut(ctx context.Context) (put func(int)) {
	ch := make(chan int)
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case n := <-ch:
				fmt.Println(n)
			}
		}
	}()
	return func(n int) {
		ch <- n // want "medium no-done: this send blocks forever once the goroutine at the other end has returned, because nobody else receives; select on ctx.Done\\(\\), too"
	}
}

func handsOutCarefully(ctx context.Context) (put func(int)) {
	ch := make(chan int)
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case n := <-ch:
				fmt.Println(n)
			}
		}
	}()
	return func(n int) {
		select {
		case ch <- n:
		case <-ctx.Done():
		}
	}
}

type key struct{}

// The context of who receives ends only after everything has been sent.

func printer4(ctx context.Context, in <-chan int) {
	for {
		select {
		case <-ctx.Done():
			return
		case n := <-in:
			fmt.Println(n)
		}
	}
}

func feed4(out chan<- int, ns []int) {
	for _, n := range ns {
		out <- n
	}
}

func endsAfter(ns []int) {
	ctx, cancel := context.WithCancel(context.Background())
	ch := make(chan int)
	go printer4(ctx, ch)
	feed4(ch, ns)
	cancel()
}

// Who receives does so until there is nothing more.

func printer5(ctx context.Context, in <-chan int) {
	for {
		select {
		case <-ctx.Done():
			for range in {
			}
			return
		case n, ok := <-in:
			if !ok {
				return
			}
			fmt.Println(n)
		}
	}
}

func feed5(out chan<- int, ns []int) {
	for _, n := range ns {
		out <- n
	}
	close(out)
}

func empties(ctx context.Context, ns []int) {
	ch := make(chan int)
	go printer5(ctx, ch)
	feed5(ch, ns)
}

// Another context than the one at hand.

func printer6(ctx context.Context, in <-chan int) {
	for {
		select {
		case <-ctx.Done():
			return
		case n := <-in:
			fmt.Println(n)
		}
	}
}

func feed6(out chan<- int, ns []int) {
	for _, n := range ns {
		out <- n
	}
}

func ofAnother(ctx context.Context, ns []int) {
	other := context.WithoutCancel(ctx)
	ch := make(chan int)
	go printer6(other, ch)
	feed6(ch, ns)
}

// The field of one type holds the context of both sides.

type plotter struct {
	ctx    context.Context
	points chan int
}

func newPlotter(ctx context.Context) *plotter {
	p := &plotter{ctx: ctx, points: make(chan int)}
	go p.plot()
	return p
}

func (p *plotter) plot() {
	for {
		select {
		case <-p.ctx.Done():
			return
		case x := <-p.points:
			fmt.Println(x)
		}
	}
}

func (p *plotter) add(x int) {
	p.points <- x // want "medium no-done: this send blocks forever once plot has returned, because nobody else receives; select on ctx.Done\\(\\), too"
}
