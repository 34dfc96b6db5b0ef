package blockedsend

import (
	"errors"
	"sync"
)

// What is received after everybody has sent needs room for all of it. Room for several has
// been counted by somebody, who may know how many errors a reply has.

type reply struct{ errors []string }

func removeAll(remove func() reply) error {
	var wg sync.WaitGroup
	errs := make(chan error, 4)
	wg.Go(func() {
		for _, text := range remove().errors {
			errs <- errors.New(text) // want "low blocked-send: this send blocks forever, because removeAll waits for the goroutine before it receives"
		}
	})
	wg.Wait()
	close(errs)
	return <-errs
}

func removeAllRoomForOne(remove func() reply) error {
	var wg sync.WaitGroup
	errs := make(chan error, 1)
	wg.Go(func() {
		for _, text := range remove().errors {
			errs <- errors.New(text) // want "blocked-send: this send blocks forever, because removeAllRoomForOne waits for the goroutine before it receives"
		}
	})
	wg.Wait()
	close(errs)
	return <-errs
}
