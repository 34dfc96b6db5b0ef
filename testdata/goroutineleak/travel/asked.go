package travel

import (
	"context"
	"errors"
)

// Whoever asks for the next message may ask again: it is not gone when it has one.
type messages struct {
	in   chan string
	errs chan error
}

func newMessages() *messages {
	return &messages{in: make(chan string), errs: make(chan error, 1)}
}

func (m *messages) Next(ctx context.Context) (string, error) {
	for {
		select {
		case s := <-m.in:
			if s != "" {
				return s, nil
			}
		case err := <-m.errs:
			if err != nil {
				return "", err
			}
		case <-ctx.Done():
			return "", ctx.Err()
		}
	}
}

func (m *messages) fail() { m.errs <- errors.New("failed") }

func (m *messages) put(s string) { m.in <- s }

// Who runs until it is told to stop is.
type pump struct {
	in   chan string
	quit chan struct{}
}

func newPump() *pump { return &pump{in: make(chan string), quit: make(chan struct{})} }

func (p *pump) Run() error {
	for {
		select {
		case s := <-p.in:
			println(s)
		case <-p.quit:
			return nil
		}
	}
}

func (p *pump) stop() { close(p.quit) }

func (p *pump) put(s string) {
	p.in <- s // want `medium blocked-send: this send blocks forever once Run has returned, because nobody else receives; select on quit, too`
}
