package blockedsend

import (
	"context"
	"fmt"
	"log"
	"os"
	"time"
)

// A goroutine that sends at most once, and has room for it.

func firstFailureOnly(names []string) error {
	errc := make(chan error, 1)
	go func() {
		var failed error
		for range names {
			if err := check(); err != nil && failed == nil {
				failed = err
				errc <- err
			}
		}
		if failed == nil {
			errc <- nil
		}
	}()
	if len(names) == 0 {
		return errSlow
	}
	return <-errc
}

func startedOnDemand(ctx context.Context, names []string) error {
	errc := make(chan error, 1)
	var deadline *time.Timer
	for _, name := range names {
		if deadline == nil {
			deadline = time.NewTimer(time.Second)
			go func() { errc <- check() }()
		}
		if name == "" {
			return errSlow
		}
	}
	return nil
}

func onDemandUnbuffered(ctx context.Context, names []string) error {
	errc := make(chan error)
	var deadline *time.Timer
	for _, name := range names {
		if deadline == nil {
			deadline = time.NewTimer(time.Second)
			go func() { errc <- check() }() // want "blocked-send: this send blocks forever when onDemandUnbuffered leaves without receiving"
		}
		if name == "" {
			return errSlow
		}
	}
	return nil
}

func recovered(ctx context.Context) error {
	errc := make(chan error, 1)
	go func() {
		defer func() {
			if r := recover(); r != nil {
				errc <- fmt.Errorf("panic: %v", r)
			}
		}()
		errc <- check()
	}()
	select {
	case err := <-errc:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func recoveredWithoutRoom(ctx context.Context) error {
	errc := make(chan error)
	go func() {
		defer func() {
			if r := recover(); r != nil {
				errc <- fmt.Errorf("panic: %v", r)
			}
		}()
		errc <- check() // want "blocked-send: this send blocks forever when recoveredWithoutRoom leaves without receiving"
	}()
	select {
	case err := <-errc:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func finallySends(ctx context.Context) error {
	errc := make(chan error, 1)
	go func() {
		var err error
		defer func() { errc <- err }()
		if err = check(); err != nil {
			return
		}
		_, err = work()
	}()
	select {
	case err := <-errc:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func oneOfThree(ctx context.Context, mode int) error {
	errc := make(chan error, 1)
	go func() {
		switch n, err := work(); {
		case err != nil:
			errc <- err
		case n < mode:
			answer(errc, errSlow)
		default:
			answer(errc, nil)
		}
	}()
	select {
	case err := <-errc:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func answer(errc chan<- error, err error) { errc <- err }

func whicheverComesFirst(ctx context.Context, a, b <-chan error) error {
	errc := make(chan error, 1)
	go func() {
		select { // want "low no-done: this select does not end when ctx is done"
		case err := <-a:
			errc <- err
		case err := <-b:
			errc <- err
		}
	}()
	select {
	case err := <-errc:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func leavesItsLoop(ctx context.Context) error {
	errc := make(chan error, 1)
	go func() {
		for {
			if err := check(); err != nil {
				errc <- err
				break
			}
			time.Sleep(time.Second)
		}
	}()
	select {
	case err := <-errc:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func sameFlagTwice(ctx context.Context, quick bool) error {
	errc := make(chan error, 1)
	go func() {
		if quick {
			errc <- nil
		}
		work()
		if !quick {
			errc <- check()
		}
	}()
	select {
	case err := <-errc:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func onceInLoop(ctx context.Context, names []string) error {
	errc := make(chan error, 1)
	go func() {
		for i := range 1 {
			if i < len(names) {
				errc <- check()
			}
		}
	}()
	select {
	case err := <-errc:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func twiceInLoop(ctx context.Context) error {
	errc := make(chan error, 1)
	go func() {
		for range 2 {
			errc <- check() // want "blocked-send: this send blocks forever when twiceInLoop leaves before receiving everything"
		}
	}()
	select {
	case err := <-errc:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Whoever sends and whoever receives look at the same thing first.

func bothLook(verbose bool) {
	done := make(chan error)
	go func() {
		work()
		if verbose {
			done <- check()
		}
	}()
	check()
	if verbose {
		log.Print(<-done)
	}
}

func onlyTheReceiverLooks(verbose bool) {
	done := make(chan error)
	go func() {
		work()
		done <- check() // want "blocked-send: this send blocks forever when onlyTheReceiverLooks leaves without receiving"
	}()
	if verbose {
		log.Print(<-done)
	}
}

// A timer that is stopped does not run what it was made for.

func stoppedTimer() error {
	late := make(chan error)
	t := time.AfterFunc(time.Minute, func() { late <- errSlow })
	defer t.Stop()
	return check()
}

// The process ends, and with it the goroutine.

func exits(ctx context.Context) error {
	errc := make(chan error)
	go func() { errc <- check() }()
	select {
	case err := <-errc:
		return err
	case <-ctx.Done():
		os.Exit(1)
	}
	return nil
}

func dies(ctx context.Context) error {
	errc := make(chan error)
	go func() { errc <- check() }()
	if _, err := work(); err != nil {
		giveUp(err)
	}
	return <-errc
}

func giveUp(err error) {
	log.Fatalf("cannot go on: %v", err)
}

// A package main elsewhere calls Main, and exits with what it returns.

func Main() int {
	update := make(chan string)
	go func() {
		if check() == nil {
			update <- "2.0"
		}
	}()
	if _, err := work(); err != nil {
		return 1
	}
	log.Print(<-update)
	return 0
}

// What was looked at before there was a channel says nothing about who receives.

func bothLookedBefore(ctx context.Context) error {
	err := check()
	if err != nil {
		return err
	}
	done := make(chan error)
	go func() {
		err = check()
		if err != nil {
			done <- err // want "blocked-send: this send blocks forever when bothLookedBefore leaves without receiving"
			return
		}
		done <- nil
	}()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}
