package doneignored

import (
	"errors"
	"fmt"
)

// A channel that gives one value, or a few, is closed after them, and is then always
// ready.

func started(start, run func() error) error {
	up, down := make(chan error, 1), make(chan error, 1)
	go func() {
		up <- start()
		close(up)
	}()
	go func() { down <- run() }()
	for {
		select {
		case err := <-up: // want "done-ignored: the loop chooses this case again and again after its channel has been closed, because that stays ready; set the channel to nil, or return"
			if err == nil {
				continue
			}
			return err
		case err := <-down:
			return err
		}
	}
}

func found(names []string, stop chan struct{}) {
	hits := make(chan string)
	go func() {
		defer close(hits)
		for _, n := range names {
			hits <- n
		}
	}()
	for {
		select {
		case n := <-hits: // want "done-ignored: the loop chooses this case again and again"
			if n != "" {
				fmt.Println(n)
			}
		case <-stop:
			return
		}
	}
}

func tested(names []string, stop chan struct{}) {
	hits := make(chan string)
	go func() {
		for _, n := range names {
			hits <- n
		}
		close(hits)
	}()
	for {
		select {
		case n, ok := <-hits: // want "done-ignored: the loop chooses this case again and again"
			if !ok {
				break
			}
			fmt.Println(n)
		case <-stop:
			return
		}
	}
}

// Silent.

func setToNil(start, run func() error) error {
	up, down := make(chan error, 1), make(chan error, 1)
	go func() {
		defer close(up)
		up <- start()
	}()
	go func() { down <- run() }()
	for {
		select {
		case err := <-up:
			if err != nil {
				return err
			}
			up = nil
		case err := <-down:
			return err
		}
	}
}

func leavesWhenClosed(start, run func() error) error {
	up, down := make(chan error, 1), make(chan error, 1)
	go func() {
		defer close(up)
		up <- start()
	}()
	go func() { down <- run() }()
	for {
		select {
		case err, ok := <-up:
			if !ok {
				return errors.New("closed")
			}
			fmt.Println(err)
		case err := <-down:
			return err
		}
	}
}

func neverClosed(start, run func() error) error {
	up, down := make(chan error, 1), make(chan error, 1)
	go func() { up <- start() }()
	go func() { down <- run() }()
	for {
		select {
		case err := <-up:
			if err != nil {
				return err
			}
		case err := <-down:
			return err
		}
	}
}

// What closes the channel ends the loop, too.

func endsBoth(names []string) {
	hits, end := make(chan string), make(chan struct{})
	go func() {
		defer close(end)
		defer close(hits)
		for _, n := range names {
			hits <- n
		}
	}()
	for {
		select {
		case n := <-hits:
			if n != "" {
				fmt.Println(n)
			}
		case <-end:
			return
		}
	}
}

// The zero value ends it.

func untilZero(names []string, stop chan struct{}) {
	hits := make(chan string)
	go func() {
		defer close(hits)
		for _, n := range names {
			hits <- n
		}
	}()
	for {
		select {
		case n := <-hits:
			if n == "" {
				return
			}
			fmt.Println(n)
		case <-stop:
			return
		}
	}
}

// A sender that goes on for as long as it is wanted is closed at the end of both.

func forAsLong(next func() string, stop chan struct{}) {
	hits := make(chan string)
	go func() {
		defer close(hits)
		for {
			select {
			case <-stop:
				return
			case hits <- next():
			}
		}
	}()
	for {
		select {
		case n := <-hits:
			if n != "" {
				fmt.Println(n)
			}
		case <-stop:
			return
		}
	}
}
