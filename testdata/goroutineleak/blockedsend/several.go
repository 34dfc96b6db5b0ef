package blockedsend

import (
	"context"
	"io"
	"strings"
)

// The first answer wins, and the others wait.

func firstWins(names []string) string {
	ch := make(chan string)
	for _, name := range names {
		go func() { ch <- strings.ToUpper(name) }() // want "blocked-send: this send blocks forever when firstWins leaves before receiving everything"
	}
	return <-ch
}

func firstErrorWins(names []string) error {
	errc := make(chan error)
	for range names {
		go func() { errc <- check() }() // want "blocked-send: this send blocks forever when firstErrorWins leaves before receiving everything"
	}
	for range names {
		if err := <-errc; err != nil {
			return err
		}
	}
	return nil
}

func firstErrorOfOne(names []string) error {
	errc := make(chan error, 1)
	for range names {
		go func() { errc <- check() }() // want "blocked-send: this send blocks forever when firstErrorOfOne leaves before receiving everything"
	}
	for range names {
		if err := <-errc; err != nil {
			return err
		}
	}
	return nil
}

func proxy(a, b io.ReadWriter) error {
	errc := make(chan error)
	go func() {
		_, err := io.Copy(a, b)
		errc <- err // want "blocked-send: this send blocks forever when proxy leaves before receiving everything"
	}()
	go func() {
		_, err := io.Copy(b, a)
		errc <- err
	}()
	return <-errc
}

// A producer of many, and a consumer that leaves early.

func consume(names []string) error {
	ch := make(chan string)
	go func() {
		defer close(ch)
		for _, name := range names {
			ch <- name // want "blocked-send: this send blocks forever when consume leaves before receiving everything"
		}
	}()
	for name := range ch {
		if name == "" {
			return io.ErrUnexpectedEOF
		}
	}
	return nil
}

func consumeBreak(names []string) (n int) {
	ch := make(chan string)
	go func() {
		for _, name := range names {
			ch <- name // want "blocked-send: this send blocks forever when consumeBreak leaves before receiving everything"
		}
		close(ch)
	}()
	for name := range ch {
		if name == "" {
			break
		}
		n++
	}
	return n
}

func consumeUntil(ctx context.Context, names []string) {
	ch := make(chan string)
	go func() {
		for _, name := range names {
			ch <- name // want "blocked-send: this send blocks forever when consumeUntil leaves before receiving everything"
		}
		close(ch)
	}()
	for {
		select {
		case name, ok := <-ch:
			if !ok {
				return
			}
			println(name)
		case <-ctx.Done():
			return
		}
	}
}

// The send of the error should have returned.

func sendsTwice() int {
	ch := make(chan int)
	go func() {
		n, err := work()
		if err != nil {
			ch <- 0 // want "blocked-send: this send blocks forever when sendsTwice leaves before receiving everything"
		}
		ch <- n
	}()
	return <-ch
}

// What the receiver asks for, it may wait for.

func asksOneByOne(names []string) error {
	in, out := make(chan string), make(chan error)
	go func() {
		for range in {
			out <- check() // want "low blocked-send: this send blocks forever when asksOneByOne leaves before receiving everything"
		}
	}()
	defer close(in)
	for _, name := range names {
		in <- name
		if name == "skip" {
			continue
		}
		if err := <-out; err != nil {
			return err
		}
	}
	return nil
}
