package path

import (
	"context"
	"time"
)

// Cancel functions in a list or a map that dies with the function.

func collected(ctx context.Context, n int) error {
	var cancels []context.CancelFunc
	for range n {
		c, cancel := context.WithTimeout(ctx, time.Second) // want "discarded: is never used"
		cancels = append(cancels, cancel)
		if err := work(c); err != nil {
			return err
		}
	}
	println(len(cancels))
	return nil
}

func collectedInMap(ctx context.Context, keys []string) error {
	cancels := make(map[string]context.CancelFunc)
	for _, k := range keys {
		c, cancel := context.WithTimeout(ctx, time.Second) // want "discarded: is never used"
		cancels[k] = cancel
		if err := work(c); err != nil {
			return err
		}
	}
	return nil
}

func calledAtEnd(ctx context.Context, n int) error {
	var cancels []context.CancelFunc
	for range n {
		c, cancel := context.WithTimeout(ctx, time.Second) // want "path: is not called on every path"
		cancels = append(cancels, cancel)
		if err := work(c); err != nil {
			return err
		}
	}
	for _, cancel := range cancels {
		cancel()
	}
	return nil
}

func calledAtEndOfMap(ctx context.Context, keys []string) error {
	cancels := make(map[string]context.CancelFunc)
	for _, k := range keys {
		c, cancel := context.WithTimeout(ctx, time.Second) // want "path: is not called on every path"
		cancels[k] = cancel
		if err := work(c); err != nil {
			return err
		}
	}
	for _, cancel := range cancels {
		cancel()
	}
	return nil
}

func calledAlways(ctx context.Context, n int) (err error) {
	var cancels []context.CancelFunc
	for range n {
		c, cancel := context.WithTimeout(ctx, time.Second)
		cancels = append(cancels, cancel)
		if err = work(c); err != nil {
			break
		}
	}
	for _, cancel := range cancels {
		cancel()
	}
	return err
}

func calledByDefer(ctx context.Context, n int) error {
	var cancels []context.CancelFunc
	defer func() {
		for _, cancel := range cancels {
			cancel()
		}
	}()
	for range n {
		c, cancel := context.WithTimeout(ctx, time.Second)
		cancels = append(cancels, cancel)
		if err := work(c); err != nil {
			return err
		}
	}
	return nil
}

func calledByKey(ctx context.Context, keys []string, drop <-chan string) {
	cancels := make(map[string]context.CancelFunc)
	for _, k := range keys {
		c, cancel := context.WithTimeout(ctx, time.Second)
		cancels[k] = cancel
		go work(c)
	}
	for k := range drop {
		if cancel, ok := cancels[k]; ok {
			cancel()
			delete(cancels, k)
		}
	}
}

func fixed(ctx context.Context, ok bool) {
	cancels := make([]context.CancelFunc, 2)
	_, cancels[0] = context.WithCancel(ctx)
	_, cancels[1] = context.WithCancel(ctx)
	for _, cancel := range cancels {
		cancel()
	}
}

func returned(ctx context.Context, n int) (cancels []context.CancelFunc) {
	for range n {
		_, cancel := context.WithTimeout(ctx, time.Second)
		cancels = append(cancels, cancel)
	}
	return cancels
}

type registry struct{ cancels []context.CancelFunc }

func (r *registry) kept(ctx context.Context, n int) {
	for range n {
		_, cancel := context.WithTimeout(ctx, time.Second)
		r.cancels = append(r.cancels, cancel)
	}
}

func handedOn(ctx context.Context, n int, all func([]context.CancelFunc)) {
	var cancels []context.CancelFunc
	for range n {
		_, cancel := context.WithTimeout(ctx, time.Second)
		cancels = append(cancels, cancel)
	}
	all(cancels)
}

func sub(ctx context.Context, n int, all func(...context.CancelFunc)) {
	_, a := context.WithCancel(ctx)
	_, b := context.WithCancel(ctx)
	list := []context.CancelFunc{a, b}
	all(list[1:]...)
}
