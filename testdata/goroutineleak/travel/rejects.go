package travel

import (
	"errors"
	"fmt"
	"io"

	"golang.org/x/sync/errgroup"
)

// What receives leaves with an error because of a value.

var errEmpty = errors.New("empty")

func refusesEmpty(lines []string) error {
	ch := make(chan string)
	var g errgroup.Group
	g.Go(func() error {
		defer close(ch)
		for _, line := range lines {
			ch <- line // want "blocked-send: this send blocks forever when all goroutines that receive have failed and left"
		}
		return nil
	})
	g.Go(func() error {
		for line := range ch {
			if len(line) == 0 {
				return errEmpty
			}
		}
		return nil
	})
	return g.Wait()
}

func refusesItself(numbers []int) (sum int, err error) {
	ch := make(chan int)
	go func() {
		defer close(ch)
		for _, n := range numbers {
			ch <- n // want "blocked-send: this send blocks forever when refusesItself leaves before receiving everything"
		}
	}()
	for n := range ch {
		if n < 0 {
			return 0, fmt.Errorf("%d is negative", n)
		}
		sum += n
	}
	return sum, nil
}

// The last value, the end of the channel and a count are no reason to fail.

func untilEnd(numbers []int) error {
	ch := make(chan int)
	go func() {
		for _, n := range numbers {
			ch <- n
		}
		ch <- -1
	}()
	for n := range ch {
		if n == -1 {
			return io.EOF
		}
	}
	return nil
}

func untilClosed(lines []string) error {
	ch := make(chan string)
	go func() {
		for _, line := range lines {
			ch <- line
		}
		close(ch)
	}()
	for {
		line, ok := <-ch
		if !ok {
			return errEmpty
		}
		fmt.Println(line)
	}
}

func untilCounted(lines []string) error {
	ch := make(chan string)
	for _, line := range lines {
		go func() { ch <- line }()
	}
	left := len(lines)
	for line := range ch {
		fmt.Println(line)
		if left--; left == 0 {
			return errEmpty
		}
	}
	return nil
}
