package same

import (
	"context"
	"sync"
	"time"

	"ctxlint.test/fixtures/ctxreset/store"
)

// The helper takes the context, but the function that calls it has none.
func nobodyHasOne(db *store.DB, o store.Order) error { return setPaid(db, o) }

// A helper that takes a context answers for itself.
func takesOne(ctx context.Context, db *store.DB, id string) error {
	return db.Check(context.TODO(), id) // want `direct: context\.TODO`
}

func callsTakesOne(ctx context.Context, db *store.DB, id string) error {
	return takesOne(ctx, db, id)
}

// A helper whose context is unknown.
func (t *timer) removeUnder(id string) error { return t.db.Check(t.ctx, id) }

func callsUnknown(ctx context.Context, t *timer, id string) error {
	return t.removeUnder(id)
}

// A timer has a lifetime of its own.
type timer struct {
	ctx    context.Context
	cancel context.CancelFunc
	db     *store.DB
}

func newTimer(db *store.DB) *timer {
	t := &timer{db: db}
	t.ctx, t.cancel = context.WithCancel(context.TODO())
	return t
}

func makesTimer(ctx context.Context, db *store.DB) (*timer, error) {
	if err := db.SQL.PingContext(ctx); err != nil {
		return nil, err
	}
	return newTimer(db), nil
}

// The helper starts something that goes on when its caller is over.
func (t *timer) start(every time.Duration) {
	go func() {
		for range time.Tick(every) {
			t.db.SQL.PingContext(context.TODO())
		}
	}()
}

func startsTimer(ctx context.Context, t *timer) error {
	t.start(time.Minute)
	return t.db.SQL.PingContext(ctx)
}

// The helper uses the fresh root only to clean up.
func (t *timer) work() error {
	defer t.db.Check(context.TODO(), "lock")
	return t.db.SQL.Ping()
}

func works(ctx context.Context, t *timer) error {
	return t.work()
}

// The helper does it once for everyone.
var settings = sync.OnceValues(func() (store.Order, error) {
	return new(store.DB).Load(context.TODO(), "settings")
})

func readsSettings(ctx context.Context) (store.Order, error) {
	return settings()
}

type lazy struct {
	once sync.Once
	db   *store.DB
	all  store.Order
	err  error
}

func (l *lazy) get() (store.Order, error) {
	l.once.Do(func() { l.all, l.err = l.db.Load(context.TODO(), "all") })
	return l.all, l.err
}

func getsOnce(ctx context.Context, l *lazy) (store.Order, error) {
	return l.get()
}

// A helper is handed out, and called who knows where.
func handsOut(ctx context.Context, register func(func(*store.DB, store.Order) error)) {
	register(archive)
}

func archive(db *store.DB, o store.Order) error { return db.Check(context.TODO(), o.ID) }

// A helper that nobody with a context calls.
func unused(db *store.DB, id string) error { return db.Check(context.TODO(), id) }
