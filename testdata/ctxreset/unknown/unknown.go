// Package unknown gets contexts from where nobody can tell what they are. An
// unknown context is never a reset, whatever context is beside it.
package unknown

import (
	"container/list"
	"context"
	"net/http"
	"reflect"
	"sync"
	"sync/atomic"

	"google.golang.org/grpc"

	"ctxlint.test/fixtures/ctxreset/store"
)

func stream(ctx context.Context, s grpc.ServerStream, db *store.DB, id string) error {
	return db.Check(s.Context(), id)
}

func request(ctx context.Context, r *http.Request, db *store.DB, id string) error {
	return db.Check(r.Context(), id)
}

type item struct {
	ctx context.Context
	id  string
}

func queued(ctx context.Context, queue []*item, db *store.DB) error {
	for _, it := range queue {
		if err := db.Check(it.ctx, it.id); err != nil {
			return err
		}
	}
	return nil
}

func inMap(ctx context.Context, sessions map[string]context.Context, db *store.DB, id string) error {
	if c, ok := sessions[id]; ok {
		return db.Check(c, id)
	}
	return db.Check(sessions["default"], id)
}

func inSlice(ctx context.Context, all []context.Context, db *store.DB, id string) error {
	return db.Check(all[0], id)
}

func inArray(ctx context.Context, all [2]context.Context, db *store.DB, id string) error {
	return db.Check(all[1], id)
}

func received(ctx context.Context, contexts <-chan context.Context, db *store.DB, id string) error {
	select {
	case c := <-contexts:
		return db.Check(c, id)
	case <-ctx.Done():
		return ctx.Err()
	}
}

type worker struct {
	ctx     context.Context
	current atomic.Value
	stored  sync.Map
}

func (w *worker) field(ctx context.Context, db *store.DB, id string) error {
	return db.Check(w.ctx, id)
}

func asserted(ctx context.Context, x any, db *store.DB, id string) error {
	if c, ok := x.(context.Context); ok {
		return db.Check(c, id)
	}
	return db.Check(ctx, id)
}

func switched(ctx context.Context, x any, db *store.DB, id string) error {
	switch c := x.(type) {
	case context.Context:
		return db.Check(c, id)
	case *http.Request:
		return db.Check(c.Context(), id)
	}
	return db.Check(ctx, id)
}

func getter(ctx context.Context, get func() context.Context, db *store.DB, id string) error {
	return db.Check(get(), id)
}

func (w *worker) Ctx() context.Context { return w.ctx }

func method(ctx context.Context, w *worker, db *store.DB, id string) error {
	return db.Check(w.Ctx(), id)
}

func otherParameter(ctx, background context.Context, db *store.DB, id string) error {
	return db.Check(background, id)
}

func variadic(ctx context.Context, db *store.DB, id string, more ...context.Context) error {
	for _, c := range more {
		if err := db.Check(c, id); err != nil {
			return err
		}
	}
	return db.Check(ctx, id)
}

func (w *worker) loaded(ctx context.Context, db *store.DB, id string) error {
	return db.Check(w.current.Load().(context.Context), id)
}

func (w *worker) looked(ctx context.Context, db *store.DB, id string) error {
	c, ok := w.stored.Load(id)
	if !ok {
		return store.ErrUnknown
	}
	return db.Check(c.(context.Context), id)
}

func listed(ctx context.Context, l *list.List, db *store.DB, id string) error {
	return db.Check(l.Front().Value.(context.Context), id)
}

func pointer(ctx context.Context, p *context.Context, db *store.DB, id string) error {
	return db.Check(*p, id)
}

func reflected(ctx context.Context, v reflect.Value, db *store.DB, id string) error {
	return db.Check(v.Interface().(context.Context), id)
}

func typeParameter[C context.Context](ctx context.Context, c C, db *store.DB, id string) error {
	return db.Check(c, id)
}

// The element was a root once, and may be anything now.
func filled(ctx context.Context, db *store.DB, id string, set func([]context.Context)) error {
	all := []context.Context{context.TODO()}
	set(all)
	return db.Check(all[0], id)
}

// One of them is a root, but which one is not known.
func oneOfMany(ctx context.Context, db *store.DB, id string) error {
	byName := map[string]context.Context{"root": context.TODO(), "caller": ctx}
	return db.Check(byName[id], id)
}

func sent(ctx context.Context, db *store.DB, id string) error {
	contexts := make(chan context.Context, 2)
	contexts <- context.TODO()
	contexts <- ctx
	return db.Check(<-contexts, id)
}

// set may have changed c.
func escaped(ctx context.Context, db *store.DB, id string, set func(*context.Context)) error {
	c := context.TODO()
	set(&c)
	return db.Check(c, id)
}

// An unknown context or the caller's.
func mixed(ctx context.Context, w *worker, db *store.DB, id string, own bool) error {
	c := ctx
	if own {
		c = w.ctx
	}
	return db.Check(c, id)
}
