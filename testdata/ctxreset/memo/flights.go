package memo

import (
	"context"

	"ctxlint.test/fixtures/ctxreset/memo/singleflight"
	"ctxlint.test/fixtures/ctxreset/store"
)

type flights struct {
	db    *store.DB
	group singleflight.Group[string, store.Order]
}

func (f *flights) load(ctx context.Context, id string) (store.Order, error) {
	return f.group.Do(id, func() (store.Order, error) { return f.db.Load(context.TODO(), id) })
}

func (f *flights) try(ctx context.Context, id string) error {
	return singleflight.Plain(func() error {
		_, err := f.db.Load(context.TODO(), id) // want `direct: context\.TODO`
		return err
	})
}

func (f *flights) tryFor(ctx context.Context, id string) (store.Order, error) {
	return singleflight.Try(func() (store.Order, error) {
		return f.db.Load(context.TODO(), id) // want `direct: context\.TODO`
	})
}
