// Package roots makes roots where roots belong.
package roots

import (
	"context"
	"net/http"
	"sync"
	"time"

	"ctxlint.test/fixtures/ctxreset/store"
)

// A Poller has a lifetime of its own.
type Poller struct {
	ctx    context.Context
	cancel context.CancelFunc
	db     *store.DB
	done   chan struct{}
}

// NewPoller makes a Poller that polls until it is stopped. It waits for the
// database no longer than ctx allows.
func NewPoller(ctx context.Context, db *store.DB) (*Poller, error) {
	if err := db.SQL.PingContext(ctx); err != nil {
		return nil, err
	}
	p := &Poller{db: db, done: make(chan struct{})}
	p.ctx, p.cancel = context.WithCancel(context.Background())
	return p, nil
}

// Open is NewPoller with a literal.
func Open(ctx context.Context, db *store.DB) (*Poller, error) {
	lifetime, cancel := context.WithCancel(context.Background())
	return &Poller{ctx: lifetime, cancel: cancel, db: db}, db.SQL.PingContext(ctx)
}

// Start starts what Stop ends.
func (p *Poller) Start(ctx context.Context) error {
	if err := p.db.SQL.PingContext(ctx); err != nil {
		return err
	}
	lifetime, cancel := context.WithCancel(context.Background())
	p.ctx, p.cancel = lifetime, cancel
	go p.run(lifetime)
	return nil
}

// Restart does the same in its fields.
func (p *Poller) Restart(ctx context.Context) error {
	if err := p.Stop(ctx); err != nil {
		return err
	}
	p.ctx, p.cancel = context.WithCancel(context.Background())
	go p.run(p.ctx)
	return nil
}

func (p *Poller) run(ctx context.Context) {
	defer close(p.done)
	t := time.NewTicker(time.Minute)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			p.db.SQL.PingContext(ctx)
		case <-ctx.Done():
			return
		}
	}
}

// Stop waits until the poller has ended.
func (p *Poller) Stop(ctx context.Context) error {
	p.cancel()
	select {
	case <-p.done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// A package has one, made by the first who asks.
var (
	once     sync.Once
	settings store.Order
)

// Settings returns the settings of the process.
func Settings(ctx context.Context, db *store.DB) store.Order {
	once.Do(func() {
		c, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		settings, _ = db.Load(c, "settings")
	})
	return settings
}

// Lazy returns a function that loads once for all.
func Lazy(ctx context.Context, db *store.DB) func() (store.Order, error) {
	return sync.OnceValues(func() (store.Order, error) {
		return db.Load(context.Background(), "settings")
	})
}

func init() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	http.DefaultClient.Timeout = timeout(ctx)
	warm(context.Background())
}

func timeout(ctx context.Context) time.Duration {
	if d, ok := ctx.Deadline(); ok {
		return time.Until(d)
	}
	return time.Second
}

func warm(ctx context.Context) {
	req, err := http.NewRequestWithContext(ctx, http.MethodHead, "http://orders", nil)
	if err != nil {
		return
	}
	if resp, err := http.DefaultClient.Do(req); err == nil {
		resp.Body.Close()
	}
}

// Near misses: a root that is kept nowhere is no lifetime.

// Check keeps the poller's lifetime, and asks the database under another root.
func (p *Poller) Check(ctx context.Context) error {
	p.ctx, p.cancel = context.WithCancel(context.Background())
	return p.db.SQL.PingContext(context.Background()) // want `medium direct: context\.Background`
}
