package path

import (
	"context"
	"sync"
)

// A function literal that calls cancel gets out with what is returned. Only the failing
// exit leaks.

type entry struct {
	name string
	stop func()
}

func openEntry(ctx context.Context, ready func() bool) (*entry, error) {
	var wg sync.WaitGroup
	ctx, cancel := context.WithCancel(ctx) // want "path: is not called on every path"
	wg.Add(1)
	go func() {
		defer wg.Done()
		<-ctx.Done()
	}()
	stop := func() {
		cancel()
		wg.Wait()
	}
	if !ready() {
		return nil, context.Canceled
	}
	return &entry{name: "x", stop: stop}, nil
}

func openValue(ctx context.Context, ready func() error) (entry, error) {
	ctx, cancel := context.WithCancel(ctx) // want "path: is not called on every path"
	stop := func() { cancel() }
	if err := ready(); err != nil {
		return entry{}, err
	}
	go func() { <-ctx.Done() }()
	e := entry{stop: stop}
	e.name = "x"
	return e, nil
}

func openInto(ctx context.Context, ready func() error) (e *entry, err error) {
	ctx, cancel := context.WithCancel(ctx) // want "path: is not called on every path"
	e = &entry{}
	stop := func() { cancel() }
	if err := ready(); err != nil {
		return nil, err
	}
	e.stop = stop
	go func() { <-ctx.Done() }()
	return e, nil
}

func openStopped(ctx context.Context, ready func() error) (*entry, error) {
	ctx, cancel := context.WithCancel(ctx)
	stop := func() { cancel() }
	if err := ready(); err != nil {
		stop()
		return nil, err
	}
	go func() { <-ctx.Done() }()
	return &entry{stop: stop}, nil
}

func (e *entry) close() { e.stop() }
