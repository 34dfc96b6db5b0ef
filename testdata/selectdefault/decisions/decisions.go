// Package decisions has a line for each reason for which a poll of a channel of errors is
// right.
package decisions

import "sync"

func work() error { return nil }

func stays() error {
	errc := make(chan error, 1)
	go func() { errc <- work() }()
	select { // silent "the default does not go on as if there were no error"
	case err := <-errc:
		return err
	default:
		panic("too early")
	}
}

func given(errc chan error) error {
	select { // silent "who sends on the channel is not all in view"
	case err := <-errc:
		return err
	default:
	}
	return nil
}

func later() error {
	errc := make(chan error, 1)
	go func() { errc <- work() }()
	select { // silent "somebody may receive from the channel after the poll"
	case err := <-errc:
		return err
	default:
	}
	return <-errc
}

func again(busy func() bool) error {
	errc := make(chan error, 1)
	go func() { errc <- work() }()
	for busy() {
		select { // silent "the poll is repeated"
		case err := <-errc:
			return err
		default:
		}
	}
	return nil
}

func before() error {
	errc := make(chan error, 1)
	if err := work(); err != nil {
		errc <- err
	}
	select { // silent "the senders are not all goroutines"
	case err := <-errc:
		return err
	default:
	}
	return nil
}

func waits() error {
	errc := make(chan error, 1)
	var wg sync.WaitGroup
	wg.Go(func() { errc <- work() })
	wg.Wait()
	select { // silent "something on the way to the poll waits for the senders"
	case err := <-errc:
		return err
	default:
	}
	return nil
}
