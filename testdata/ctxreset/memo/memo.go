// Package memo has work that is done once for all who ask, whoever asks first.
package memo

import (
	"context"
	"encoding/json"
	"sync"
	"sync/atomic"
	"time"

	"ctxlint.test/fixtures/ctxreset/store"
)

// A package variable.

var (
	mu       sync.Mutex
	settings *store.Order
	loaded   bool
	total    int64
)

func current(ctx context.Context, db *store.DB) (*store.Order, error) {
	mu.Lock()
	defer mu.Unlock()
	if settings == nil {
		o, err := db.Load(context.TODO(), "settings")
		if err != nil {
			return nil, err
		}
		settings = &o
	}
	return settings, nil
}

func currentOtherwise(ctx context.Context, db *store.DB) (*store.Order, error) {
	if settings != nil {
		return settings, nil
	}
	c, cancel := context.WithTimeout(context.TODO(), time.Second)
	defer cancel()
	o, err := db.Load(c, "settings")
	settings = &o
	return settings, err
}

func warm(ctx context.Context, db *store.DB) error {
	if loaded {
		return nil
	}
	if err := db.SQL.PingContext(context.TODO()); err != nil {
		return err
	}
	loaded = true
	return nil
}

func sum(ctx context.Context, db *store.DB) int64 {
	if total == 0 {
		o, _ := db.Load(context.TODO(), "total")
		total = o.Total
	}
	return total
}

// A field, of a service that callers share.

type service struct {
	mu      sync.RWMutex
	db      *store.DB
	names   map[string]string
	orders  sync.Map
	token   string
	expires time.Time
	started bool
	closed  bool
	stopped atomic.Bool
	once    atomic.Bool
	last    atomic.Pointer[store.Order]
	calls   map[string]*call
	rates   struct {
		at    time.Time
		known []int64
	}
}

type call struct {
	done  chan struct{}
	order store.Order
	err   error
}

// In a map, with the lock released meanwhile.
func (s *service) name(ctx context.Context, id string) (string, error) {
	s.mu.RLock()
	name, ok := s.names[id]
	s.mu.RUnlock()
	if ok {
		return name, nil
	}
	o, err := s.db.Load(context.TODO(), id)
	if err != nil {
		return "", err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.names[id] = o.Customer
	return o.Customer, nil
}

func (s *service) order(ctx context.Context, id string) (store.Order, error) {
	if known, ok := s.orders.Load(id); ok {
		return known.(store.Order), nil
	}
	o, err := s.db.Load(context.TODO(), id)
	if err == nil {
		s.orders.Store(id, o)
	}
	return o, err
}

func (s *service) newest(ctx context.Context) (*store.Order, error) {
	if o := s.last.Load(); o != nil {
		return o, nil
	}
	o, err := s.db.Load(context.TODO(), "newest")
	if err != nil {
		return nil, err
	}
	s.last.CompareAndSwap(nil, &o)
	return s.last.Load(), nil
}

func (s *service) start(ctx context.Context) error {
	if !s.once.CompareAndSwap(false, true) {
		return nil
	}
	return s.db.SQL.PingContext(context.TODO())
}

func (s *service) startLocked(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.started {
		return nil
	}
	s.started = true
	return s.db.SQL.PingContext(context.TODO())
}

// The token is of no use either when it has expired.
func (s *service) bearer(ctx context.Context) (string, error) {
	if s.token == "" || time.Now().After(s.expires) {
		o, err := s.db.Load(context.TODO(), "token")
		if err != nil {
			return "", err
		}
		s.token, s.expires = o.Customer, time.Now().Add(time.Hour)
	}
	return s.token, nil
}

// The first who asks leads, and the others wait for it.
func (s *service) shared(ctx context.Context, id string) (store.Order, error) {
	s.mu.Lock()
	if c, ok := s.calls[id]; ok {
		s.mu.Unlock()
		select {
		case <-c.done:
			return c.order, c.err
		case <-ctx.Done():
			return store.Order{}, ctx.Err()
		}
	}
	c := &call{done: make(chan struct{})}
	s.calls[id] = c
	s.mu.Unlock()
	c.order, c.err = s.db.Load(context.TODO(), id)
	close(c.done)
	return c.order, c.err
}

// What is kept is read from what was asked for.
func (s *service) known(ctx context.Context) ([]int64, error) {
	if len(s.rates.known) == 0 {
		o, err := s.db.Load(context.TODO(), "rates")
		if err != nil {
			return nil, err
		}
		var rates []int64
		if err := json.Unmarshal([]byte(o.Customer), &rates); err != nil {
			return nil, err
		}
		s.rates.known = rates
	}
	return s.rates.known, nil
}

// In a helper, in a literal that is tried again, and in a goroutine that is waited for.
func (s *service) fill() error {
	o, err := s.db.Load(context.TODO(), "token")
	s.token = o.Customer
	return err
}

func (s *service) filled(ctx context.Context) (string, error) {
	if s.token == "" {
		if err := s.fill(); err != nil {
			return "", err
		}
	}
	return s.token, nil
}

func (s *service) tried(ctx context.Context) (string, error) {
	if s.token != "" {
		return s.token, nil
	}
	err := retry(3, func() error {
		o, err := s.db.Load(context.TODO(), "token")
		s.token = o.Customer
		return err
	})
	return s.token, err
}

func (s *service) waited(ctx context.Context) string {
	if s.token != "" {
		return s.token
	}
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		o, _ := s.db.Load(context.TODO(), "token")
		s.token = o.Customer
	}()
	wg.Wait()
	return s.token
}

func retry(n int, f func() error) (err error) {
	for range n {
		if err = f(); err == nil {
			return nil
		}
	}
	return err
}

// Helpers that fill one begin no chain.
func (s *service) cached() (string, error) {
	if s.token == "" {
		o, err := s.db.Load(context.TODO(), "token")
		if err != nil {
			return "", err
		}
		s.token = o.Customer
	}
	return s.token, nil
}

func usesCached(ctx context.Context, s *service) (string, error) { return s.cached() }

// A function that fills one with what it is given.

func (s *service) getOrMake(id string, f func() (string, error)) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if name, ok := s.names[id]; ok {
		return name, nil
	}
	name, err := f()
	if err == nil {
		s.names[id] = name
	}
	return name, err
}

func makes(ctx context.Context, s *service, id string) (string, error) {
	return s.getOrMake(id, func() (string, error) {
		o, err := s.db.Load(context.TODO(), id)
		return o.Customer, err
	})
}

// Registry is out of sight.
type Registry interface {
	LoadOrCompute(id string, f func() (store.Order, error)) (store.Order, error)
	GetOrder(id string, f func() (store.Order, error)) (store.Order, error)
}

func computes(ctx context.Context, r Registry, db *store.DB, id string) (store.Order, error) {
	return r.LoadOrCompute(id, func() (store.Order, error) { return db.Load(context.TODO(), id) })
}
