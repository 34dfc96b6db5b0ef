package blockedsend

import (
	"fmt"
	"sync"
	"time"
)

// Two waits one after the other share a channel. Whoever gives up the first wait does not
// begin the second.

type stages struct{ readers, writers sync.WaitGroup }

func (s *stages) stop(limit time.Duration) error {
	timer := time.NewTimer(limit)
	defer timer.Stop()
	done := make(chan struct{}, 1)
	go func() {
		s.readers.Wait()
		done <- struct{}{}
	}()
	var err error
	select {
	case <-done:
	case <-timer.C:
		err = fmt.Errorf("readers still run after %s", limit)
	}
	if err != nil {
		return err
	}
	go func() {
		s.writers.Wait()
		done <- struct{}{}
	}()
	select {
	case <-done:
	case <-timer.C:
		return fmt.Errorf("writers still run after %s", limit)
	}
	return nil
}

// Here it does.

func (s *stages) stopAnyway(limit time.Duration) (err error) {
	timer := time.NewTimer(limit)
	defer timer.Stop()
	done := make(chan struct{}, 1)
	go func() {
		s.readers.Wait()
		done <- struct{}{} // want "blocked-send: this send blocks forever when stopAnyway leaves before receiving everything"
	}()
	select {
	case <-done:
	case <-timer.C:
		err = fmt.Errorf("readers still run after %s", limit)
	}
	go func() {
		s.writers.Wait()
		done <- struct{}{}
	}()
	select {
	case <-done:
	case <-time.After(limit):
		return fmt.Errorf("writers still run after %s", limit)
	}
	return err
}
