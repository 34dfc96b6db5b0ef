package path

import (
	"context"
	"errors"
)

// A context of a root that is kept in an object, and that nothing has been given yet,
// goes away with the object.

type service struct {
	ctx    context.Context
	cancel context.CancelFunc
}

func newService(name string) (*service, error) {
	ctx, cancel := context.WithCancel(context.Background()) // want "low path: is not called on every path"
	s := &service{ctx: ctx, cancel: cancel}
	if name == "" {
		return nil, errors.New("no name")
	}
	return s, nil
}

// Another context has it as its child.
func newChild(ctx context.Context, name string) (*service, error) {
	ctx, cancel := context.WithCancel(ctx) // want "path: is not called on every path"
	s := &service{ctx: ctx, cancel: cancel}
	if name == "" {
		return nil, errors.New("no name")
	}
	return s, nil
}

// Something waits for it.
func newStarted(name string) (*service, error) {
	ctx, cancel := context.WithCancel(context.Background()) // want "path: is not called on every path"
	s := &service{ctx: ctx, cancel: cancel}
	go func() { <-ctx.Done() }()
	if name == "" {
		return nil, errors.New("no name")
	}
	return s, nil
}

func (s *service) Run() { <-s.ctx.Done() }

func (s *service) Close() { s.cancel() }
