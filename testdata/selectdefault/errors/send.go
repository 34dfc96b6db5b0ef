package errors

import (
	"errors"
	"log"
	"sync"
)

func dropped() error {
	errc := make(chan error)
	go func() {
		if err := work(); err != nil {
			select {
			case errc <- err: // want "error-send: the error is dropped unless the receiver is waiting at this very moment, because the channel has no buffer"
			default:
			}
		}
		close(errc)
	}()
	log.Print("at work")
	return <-errc
}

type loop struct {
	fatal chan error
}

func newLoop() *loop { return &loop{fatal: make(chan error)} }

func (l *loop) fail(err error) {
	select {
	case l.fatal <- err: // want "error-send: the error is dropped unless the receiver is waiting"
	default:
	}
}

func (l *loop) run() error { return <-l.fatal }

var failures = make(chan error)

func fail(err error) {
	select {
	case failures <- err: // want "medium error-send: the error is dropped unless the receiver is waiting"
	default:
		return
	}
}

func watch() {
	for err := range failures {
		log.Print(err)
	}
}

func allHeard(names []string) error {
	errc := make(chan error, 1)
	var wg sync.WaitGroup
	for range names {
		wg.Go(func() {
			select {
			case errc <- work(): // want "error-send: errors are dropped when more than 1 come before the receiver gets to them"
			default:
			}
		})
	}
	go func() {
		wg.Wait()
		close(errc)
	}()
	var all error
	for err := range errc {
		all = errors.Join(all, err)
	}
	return all
}

// Silent.

func firstWins(names []string) error {
	errc := make(chan error, 1)
	var wg sync.WaitGroup
	for range names {
		wg.Go(func() {
			select { // silent "who receives does not collect all errors:"
			case errc <- work():
			default:
			}
		})
	}
	wg.Wait()
	select {
	case err := <-errc:
		return err
	default:
		return nil
	}
}

func logged(errc chan error) {
	ch := make(chan error)
	go func() {
		select {
		case ch <- work():
		default:
			log.Print("nobody listens")
		}
	}()
	<-ch
}

func wakeUp() {
	wake := make(chan struct{})
	go func() {
		select { // silent "a value without content is a wake-up"
		case wake <- struct{}{}:
		default:
		}
	}()
	<-wake
}

func toParameter(errc chan<- error) {
	select { // silent "who receives from the channel is not"
	case errc <- work():
	default:
	}
}

func retried(err error) {
	errc := make(chan error)
	go func() {
		for {
			select {
			case errc <- err: // silent "the default leads back to the statement,"
				return
			default:
			}
			log.Print("again")
		}
	}()
	<-errc
}
