package wait

import (
	"context"
	"errors"
	"time"
)

type reader struct {
	messages chan int
	closed   chan struct{}
}

func (r *reader) push(n int) { r.messages <- n }

func (r *reader) Close() { close(r.closed) }

func (r *reader) Next(ctx context.Context) (int, error) {
	for {
		select { // want `medium wait: the select goes on after ctx has ended, which the function takes and never looks at; select on ctx.Done\(\), too`
		case n := <-r.messages:
			return n, nil
		case <-r.closed:
			return 0, errors.New("closed")
		}
	}
}

func (r *reader) One(ctx context.Context) (int, error) {
	n, ok := <-r.messages // want `medium wait: the receive goes on after ctx has ended`
	if !ok {
		return 0, errors.New("closed")
	}
	return n, nil
}

// It hears of the end, by the context or in another way.
func (r *reader) Heeds(ctx context.Context) (int, error) {
	select {
	case n := <-r.messages:
		return n, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (r *reader) Limited(ctx context.Context) (int, error) {
	select {
	case n := <-r.messages:
		return n, nil
	case <-time.After(time.Second):
		return 0, errors.New("too late")
	}
}

func (r *reader) Polls(ctx context.Context) (int, error) {
	select {
	case n := <-r.messages:
		return n, nil
	default:
		return 0, nil
	}
}

// It says by the name that it does without.
func (r *reader) Unnamed(_ context.Context) (int, error) { return <-r.messages, nil }

// It has another end, and nobody to tell of the context's.
func (r *reader) loop(ctx context.Context) error {
	for {
		select {
		case <-r.messages:
		case <-r.closed:
			return nil
		}
	}
}

func (r *reader) start(ctx context.Context) { go r.loop(ctx) }

func (r *reader) Wait(ctx context.Context) { <-r.messages }

// What it has made a channel for answers.
func (r *reader) Asks(ctx context.Context) (int, error) {
	answer := make(chan int, 1)
	go func() { answer <- 1 }()
	return <-answer, nil
}
