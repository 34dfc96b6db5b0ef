package fields

import "context"

// A field that is only called to be replaced: nothing calls the last one.

type link struct {
	beats  context.CancelFunc
	reader context.CancelFunc
}

func (l *link) start(ctx context.Context) {
	ctx, l.beats = context.WithCancel(ctx)
	go work(ctx)
	l.read(ctx)
}

func (l *link) read(ctx context.Context) {
	if l.reader != nil {
		l.reader()
	}
	ctx, l.reader = context.WithCancel(ctx) // want "low field: is stored in field reader, only called when replaced"
	go work(ctx)
}

// The exit ends the sibling.
func (l *link) close() { l.beats() }

// Nothing tells that it has an end.
type forever struct{ last context.CancelFunc }

func (f *forever) next(ctx context.Context) {
	if f.last != nil {
		f.last()
	}
	ctx, f.last = context.WithCancel(ctx) // want "low field: is stored in field last, only called when replaced"
	go work(ctx)
}

// It is called when there is no next one.
type search struct{ last context.CancelFunc }

func (s *search) next(ctx context.Context, query string) {
	if s.last != nil {
		s.last()
	}
	if query == "" {
		return
	}
	ctx, s.last = context.WithCancel(ctx)
	go work(ctx)
}

type session struct{ last context.CancelFunc }

func (s *session) next(ctx context.Context) {
	if s.last != nil {
		s.last()
	}
	ctx, s.last = context.WithCancel(ctx)
	go work(ctx)
}

func (s *session) end() {
	if s.last != nil {
		s.last()
	}
}

type watched struct{ last context.CancelFunc }

func (w *watched) next(ctx context.Context) {
	if w.last != nil {
		w.last()
	}
	ctx, w.last = context.WithCancel(ctx)
	go work(ctx)
}

func (w *watched) onExit(do func(func())) { do(w.last) }

type reset struct{ last context.CancelFunc }

func (r *reset) next(ctx context.Context) {
	if r.last != nil {
		r.last()
		r.last = nil
	}
	ctx, r.last = context.WithCancel(ctx)
	go work(ctx)
}

func (r *reset) end() {
	if r.last != nil {
		r.last()
		r.last = nil
	}
}
