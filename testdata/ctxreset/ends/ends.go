// Package ends has work for the end of something, which has to be done when the
// context at hand has ended.
package ends

import (
	"context"
	"net/http"
	"time"

	"ctxlint.test/fixtures/ctxreset/store"
)

const (
	shutdownTimeout = 5 * time.Second
	queryTimeout    = time.Second
)

type worker struct {
	db           *store.DB
	queue        chan store.Order
	drainTimeout time.Duration
}

// The code shows it: the functions are called only when the context has ended.

func (w *worker) run(ctx context.Context) error {
	for {
		select {
		case o := <-w.queue:
			if err := w.db.Verify(ctx, o); err != nil {
				return err
			}
		case <-ctx.Done():
			w.writeRest(ctx)
			go w.tell(ctx, "over")
			return ctx.Err()
		}
	}
}

func (w *worker) writeRest(ctx context.Context) {
	for o := range w.queue {
		_ = w.db.Verify(context.TODO(), o)
		w.mark(ctx, o)
	}
}

func (w *worker) mark(ctx context.Context, o store.Order) {
	_ = w.db.Check(context.TODO(), o.ID)
}

func (w *worker) tell(ctx context.Context, what string) {
	_ = w.db.Verify(context.TODO(), store.Order{ID: what})
}

func (w *worker) loop(ctx context.Context) {
	for ctx.Err() == nil {
		_ = w.db.Verify(ctx, <-w.queue)
	}
	w.last(ctx)
}

func (w *worker) last(ctx context.Context) {
	_ = w.db.Verify(context.TODO(), store.Order{ID: "last"})
}

// The name of the context, or of its timeout, says it.

func (w *worker) stops(ctx context.Context, o store.Order) error {
	shutdownCtx, cancel := context.WithTimeout(context.TODO(), time.Second)
	defer cancel()
	return w.db.Verify(shutdownCtx, o)
}

func (w *worker) stopsWithin(ctx context.Context, o store.Order) error {
	c, cancel := context.WithTimeout(context.TODO(), shutdownTimeout)
	defer cancel()
	return w.db.Verify(c, o)
}

func (w *worker) drains(ctx context.Context, o store.Order) error {
	root := context.TODO()
	c, cancel := context.WithTimeout(root, w.drainTimeout)
	defer cancel()
	return w.db.Verify(c, o)
}

func (w *worker) declares(ctx context.Context, o store.Order) error {
	var flushCtx context.Context = context.TODO()
	return w.db.Verify(flushCtx, o)
}

// The name of a function hints at it: that leaves it likely.

func (w *worker) requeue(ctx context.Context, o store.Order) error {
	return w.db.Verify(context.TODO(), o) // want `low direct: context\.TODO`
}

func (w *worker) flushAll(ctx context.Context) error {
	for o := range w.queue {
		if err := w.db.Verify(context.TODO(), o); err != nil { // want `low direct: context\.TODO`
			return err
		}
	}
	return nil
}

func (w *worker) releaseLock(rw http.ResponseWriter, r *http.Request) {
	if err := w.db.Check(context.TODO(), r.PathValue("id")); err != nil { // want `low handler: context\.TODO`
		http.Error(rw, err.Error(), http.StatusBadGateway)
	}
}

// Broker is out of sight.
type Broker interface {
	Flush(ctx context.Context) error
	Nack(ctx context.Context, id string) error
	Send(ctx context.Context, id string) error
}

func sends(ctx context.Context, b Broker, id string) error {
	if err := b.Send(ctx, id); err != nil {
		return err
	}
	return b.Flush(context.TODO()) // want `low direct: context\.TODO`
}

func (w *worker) drainQueue() {
	for o := range w.queue {
		_ = w.db.Verify(context.TODO(), o)
	}
}

func (w *worker) pauses(ctx context.Context) {
	w.drainQueue() // want `low chain: →`
}

// Near misses.

// More than what is flushed gets the context.
func sendsToo(ctx context.Context, b Broker, id string) error {
	root := context.TODO() // want `direct: context\.TODO`
	if err := b.Send(root, id); err != nil {
		return err
	}
	return b.Flush(root)
}

// Shutdown is given its context for the ending.
func (w *worker) Shutdown(ctx context.Context) error {
	return w.db.Verify(context.TODO(), store.Order{ID: "end"}) // want `direct: context\.TODO`
}

// The time is that of a query, and the variable holds no context.
func (w *worker) queries(ctx context.Context, o store.Order) error {
	c, stopQuery := context.WithTimeout(context.TODO(), queryTimeout) // want `direct: context\.TODO`
	defer stopQuery()
	return w.db.Verify(c, o)
}

// Words are whole words.
func (w *worker) drainage(ctx context.Context, o store.Order) error {
	stopwordsCtx, cancel := context.WithTimeout(context.TODO(), time.Second) // want `direct: context\.TODO`
	defer cancel()
	return w.db.Verify(stopwordsCtx, o)
}

// It is called before the end, too, but with the context what it does afterwards would
// fail.
func (w *worker) runsAndWrites(ctx context.Context) error {
	w.write(ctx)
	<-ctx.Done()
	w.write(ctx)
	return ctx.Err()
}

func (w *worker) write(ctx context.Context) {
	_ = w.db.Verify(context.TODO(), store.Order{})
}

// Another context has ended.
func (w *worker) runsUnder(ctx, other context.Context) {
	<-other.Done()
	w.writeUnder(ctx)
}

func (w *worker) writeUnder(ctx context.Context) {
	_ = w.db.Verify(context.TODO(), store.Order{}) // want `medium direct: context\.TODO`
}

// writeBack is called during the shutdown. The words of a comment explain, and silence
// nothing.
func (w *worker) writeBack(ctx context.Context, o store.Order) error {
	return w.db.Verify(context.TODO(), o) // want `medium direct: confirm the comment`
}

// saveFor is not called at shutdown.
func (w *worker) saveFor(ctx context.Context, o store.Order) error {
	return w.db.Verify(context.TODO(), o) // want `medium direct: context\.TODO`
}
