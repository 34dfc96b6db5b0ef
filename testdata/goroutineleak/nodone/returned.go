package nodone

import "context"

// What receives the answer also leaves when run has returned, which it has not while it
// sends.

type screen struct {
	lines  chan line
	closed chan struct{}
}

type line struct {
	text    string
	written chan struct{}
}

func newScreen() *screen { return &screen{make(chan line), make(chan struct{})} }

func (s *screen) Run(ctx context.Context) {
	defer close(s.closed)
	s.run(ctx)
}

func (s *screen) run(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case l := <-s.lines:
			if l.written != nil {
				l.written <- struct{}{}
			}
		}
	}
}

func (s *screen) flush() {
	l := line{written: make(chan struct{})}
	select {
	case s.lines <- l:
	case <-s.closed:
		return
	}
	select {
	case <-l.written:
	case <-s.closed:
	}
}

// Somebody else closes it, while run is sending.

type board struct {
	notes chan note
	gone  chan struct{}
}

type note struct{ seen chan struct{} }

func newBoard() *board { return &board{make(chan note), make(chan struct{})} }

func (b *board) run(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case n := <-b.notes:
			if n.seen != nil {
				n.seen <- struct{}{} // want "medium no-done: this send blocks forever when its receiver leaves first"
			}
		}
	}
}

func (b *board) leave() { close(b.gone) }

func (b *board) post() {
	n := note{make(chan struct{})}
	select {
	case b.notes <- n:
	case <-b.gone:
		return
	}
	select {
	case <-n.seen:
	case <-b.gone:
	}
}

var (
	_ = newScreen
	_ = newBoard
)
