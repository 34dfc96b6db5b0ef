package nodone

import (
	"context"
	"errors"
)

// A wait for what others call is up to them.

type Mailbox struct {
	in     chan string
	room   chan string
	slots  chan struct{}
	wanted chan string
	found  chan string
	errs   chan error
}

func NewMailbox() *Mailbox {
	m := &Mailbox{
		in: make(chan string), room: make(chan string, 8), slots: make(chan struct{}), wanted: make(chan string),
		found: make(chan string), errs: make(chan error, 1),
	}
	go m.answer()
	return m
}

func (m *Mailbox) Put(ctx context.Context, letter string) error {
	select {
	case m.in <- letter:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (m *Mailbox) PutAll(ctx context.Context, letters []string) error {
	for _, letter := range letters {
		select {
		case m.in <- letter:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

func (m *Mailbox) Next(ctx context.Context) (string, error) {
	letter, ok := <-m.in // want "low no-done: this receive does not end when ctx is done, and only callers of Put end it; select on ctx.Done\\(\\), too"
	if !ok {
		return "", errors.New("closed")
	}
	return letter, nil
}

func (m *Mailbox) NextOf(ctx context.Context) (string, error) {
	select {
	case letter := <-m.in:
		return letter, nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

func (m *Mailbox) NextPlain() string { return <-m.in }

func (m *Mailbox) Fail(err error) { m.errs <- err }

func (m *Mailbox) Wait(ctx context.Context) error {
	return <-m.errs // want "low no-done: this receive does not end when ctx is done, and only callers of Fail end it"
}

// There is room for what is sent, and who takes a slot gives it back.

func (m *Mailbox) Store(ctx context.Context, letter string) { m.room <- letter }

func (m *Mailbox) Stored() string { return <-m.room }

func (m *Mailbox) Enter(ctx context.Context) { m.slots <- struct{}{} }

func (m *Mailbox) Leave() { <-m.slots }

// Somebody in the package answers.

func (m *Mailbox) answer() {
	for w := range m.wanted {
		m.found <- w + "!"
	}
}

func (m *Mailbox) Ask(ctx context.Context, w string) string {
	m.wanted <- w
	return <-m.found
}

func (m *Mailbox) Close() { close(m.wanted) }

// A gate is opened by whom the package itself calls.

type Gate struct{ pass chan int }

func NewGate() *Gate { return &Gate{pass: make(chan int)} }

func (g *Gate) Open(n int) { g.pass <- n }

func (g *Gate) Run(ctx context.Context) int {
	go g.Open(1)
	return <-g.pass
}

// A hand-over waits for whoever takes it.

type Desk struct{ out chan string }

func NewDesk() *Desk { return &Desk{out: make(chan string)} }

func (d *Desk) Give(ctx context.Context, s string) {
	d.out <- s // want "low no-done: this send does not end when ctx is done, and only callers of Take end it"
}

func (d *Desk) Take() string { return <-d.out }
