// Package callees gives fresh contexts to functions that do nothing with them, and
// to some that do.
package callees

import (
	"context"

	"ctxlint.test/fixtures/ctxreset/callees/memory"
	"ctxlint.test/fixtures/ctxreset/store"
)

// A parameter that is named for the reader alone.
func total(ctx context.Context, orders []store.Order) (sum int64) {
	for _, o := range orders {
		sum += o.Total
	}
	return sum
}

func taxed(ctx context.Context, orders []store.Order) int64 { return total(ctx, orders) * 119 / 100 }

func ignored(ctx context.Context, orders []store.Order) int64 {
	return taxed(context.TODO(), orders)
}

// Every implementation in view ignores its context, and other packages may have one
// that does not.

func puts(ctx context.Context, s memory.Sink) error {
	return s.Put(context.TODO(), "id", "1") // want `low direct: context\.TODO.* cuts memory\.Sink\.Put off`
}

func putFirst(ctx context.Context, s memory.Sink, id string) error { return s.Put(ctx, id, "first") }

func putsThrough(ctx context.Context, s memory.Sink) error {
	return putFirst(context.TODO(), s, "1") // want `low direct: context\.TODO.* cuts putFirst off`
}

func putAlone(s memory.Sink) error { return s.Put(context.TODO(), "id", "1") }

func putsAlone(ctx context.Context, s memory.Sink) error {
	return putAlone(s) // want `low chain: →`
}

// No other package can implement this one.

type shape interface {
	area(ctx context.Context) float64
}

type square struct{ side float64 }

func (s square) area(context.Context) float64 { return s.side * s.side }

type circle struct{ radius float64 }

func (c *circle) area(ctx context.Context) float64 { return c.radius * c.radius * 3.14 }

func measures(ctx context.Context, s shape) float64 { return s.area(context.TODO()) }

// One of them observes its context.

type source interface {
	next(ctx context.Context, id string) (store.Order, error)
}

type list struct{ orders map[string]store.Order }

func (l list) next(_ context.Context, id string) (store.Order, error) { return l.orders[id], nil }

type table struct{ db *store.DB }

func (t *table) next(ctx context.Context, id string) (store.Order, error) { return t.db.Load(ctx, id) }

func reads(ctx context.Context, s source, id string) (store.Order, error) {
	return s.next(context.TODO(), id) // want `direct: context\.TODO.* cuts source\.next off`
}

// Implementations that call one another through the interface.

type layer interface {
	get(ctx context.Context, id string) string
}

type outer struct{ inner layer }

func (o outer) get(ctx context.Context, id string) string { return o.inner.get(ctx, id) }

type inner struct{ values map[string]string }

func (i inner) get(ctx context.Context, id string) string { return i.values[id] }

func looks(ctx context.Context, l layer, id string) string { return l.get(context.TODO(), id) }

// A service whose context is that of its life.

type service interface {
	StartAsync(ctx context.Context) error
	StartReplica(ctx context.Context) error
}

func starts(ctx context.Context, s service) error { return s.StartAsync(context.TODO()) }

func startsReplica(ctx context.Context, s service) error {
	return s.StartReplica(context.TODO()) // want `direct: context\.TODO`
}
