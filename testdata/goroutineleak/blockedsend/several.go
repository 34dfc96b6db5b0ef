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
		go func() { ch <- strings.ToUpper(name) }() // want "blocked-send: this send blocks for ever when firstWins leaves before everything is received"
	}
	return <-ch
}

func firstErrorWins(names []string) error {
	errc := make(chan error)
	for range names {
		go func() { errc <- check() }() // want "blocked-send: this send blocks for ever when firstErrorWins leaves before everything is received"
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
		go func() { errc <- check() }() // want "blocked-send: this send blocks for ever when firstErrorOfOne leaves before everything is received"
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
		errc <- err // want "blocked-send: this send blocks for ever when proxy leaves before everything is received"
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
			ch <- name // want "blocked-send: this send blocks for ever when consume leaves before everything is received"
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
			ch <- name // want "blocked-send: this send blocks for ever when consumeBreak leaves before everything is received"
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
			ch <- name // want "blocked-send: this send blocks for ever when consumeUntil leaves before everything is received"
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
			ch <- 0 // want "blocked-send: this send blocks for ever when sendsTwice leaves before everything is received"
		}
		ch <- n
	}()
	return <-ch
}
