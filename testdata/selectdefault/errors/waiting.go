package errors

import (
	"context"
	"errors"
	"log"
	"time"
)

var errLate = errors.New("late")

// Who receives is there before the work is done, unless the time is over.
func withinTime(d time.Duration) error {
	errc := make(chan error)
	go func() {
		err := work()
		select {
		case errc <- err: // want "medium error-send: the error is dropped unless the receiver is waiting"
		default:
		}
	}()
	select {
	case err := <-errc:
		return err
	case <-time.After(d):
		return errLate
	}
}

func withContext(ctx context.Context) error {
	errc := make(chan error)
	go report(errc)
	select {
	case err := <-errc:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func report(errc chan<- error) {
	err := work()
	select {
	case errc <- err: // want "medium error-send: the error is dropped unless the receiver is waiting"
	default:
	}
}

// It is not if it does something else before, or the sender has nothing to do.
func later(ctx context.Context) error {
	errc := make(chan error)
	go func() {
		err := work()
		select {
		case errc <- err: // want "error-send: the error is dropped unless the receiver is waiting"
		default:
		}
	}()
	if err := work(); err != nil {
		log.Print(err)
	}
	select {
	case err := <-errc:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func atOnce(ctx context.Context, err error) error {
	errc := make(chan error)
	go func() {
		select {
		case errc <- err: // want "error-send: the error is dropped unless the receiver is waiting"
		default:
		}
	}()
	select {
	case err := <-errc:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}
