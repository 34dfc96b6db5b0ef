// Package kept has fresh contexts that are the lives of what a function makes and
// leaves behind.
package kept

import (
	"context"
	"os/exec"
	"sync"
	"sync/atomic"
	"time"

	"ctxlint.test/fixtures/ctxreset/store"
)

// Feed is an object without a method that ends it: its context does.
type Feed interface {
	Orders() []store.Order
}

// Conn is one that has it.
type Conn interface {
	Ask(ctx context.Context, id string) (store.Order, error)
	Close() error
}

// Bus is out of sight.
type Bus interface {
	Feed(ctx context.Context) Feed
	Dial(ctx context.Context, addr string) (Conn, error)
	Watch(ctx context.Context, id string) (<-chan store.Order, error)
	Follow(ctx context.Context, id string) (<-chan store.Order, error)
	Handler(ctx context.Context) (func(string) error, error)
	NewPool(size int, dial func() (Conn, error)) Conn
	CreatePool(dial func() (Conn, error)) (Pool, error)
	CreateAll(dial func() (Conn, error)) error
	Pooled(dial func() (Conn, error)) (Pool, error)
}

// Pool is an object, too.
type Pool interface {
	Get() (Conn, error)
}

type hub struct {
	bus     Bus
	db      *store.DB
	feed    Feed
	events  <-chan store.Order
	handle  func(string) error
	conns   map[string]Conn
	all     []Conn
	known   sync.Map
	current atomic.Value
	idle    chan Conn
	cmd     *exec.Cmd
	order   store.Order
}

// In a field.

func (h *hub) watch(ctx context.Context, id string) (err error) {
	h.feed = h.bus.Feed(context.TODO())
	h.events, err = h.bus.Follow(context.TODO(), id)
	if err != nil {
		return err
	}
	h.handle, err = h.bus.Handler(context.TODO())
	return err
}

// In a map, a slice, a sync.Map, an atomic value, and a channel.

func (h *hub) connect(ctx context.Context, addr string) error {
	c, err := h.bus.Dial(context.TODO(), addr)
	if err != nil {
		return err
	}
	h.conns[addr] = c
	return nil
}

func (h *hub) add(ctx context.Context, addr string) error {
	c, err := h.bus.Dial(context.TODO(), addr)
	if err != nil {
		return err
	}
	h.all = append(h.all, c)
	return nil
}

func (h *hub) know(ctx context.Context, addr string) error {
	c, err := h.bus.Dial(context.TODO(), addr)
	if err != nil {
		return err
	}
	h.known.Store(addr, c)
	return nil
}

func (h *hub) swap(ctx context.Context, addr string) error {
	c, err := h.bus.Dial(context.TODO(), addr)
	if err != nil {
		return err
	}
	h.current.Store(c)
	return nil
}

func (h *hub) offer(ctx context.Context, addr string) error {
	c, err := h.bus.Dial(context.TODO(), addr)
	if err != nil {
		return err
	}
	select {
	case h.idle <- c:
		return nil
	case <-ctx.Done():
		c.Close()
		return ctx.Err()
	}
}

// What is closed after a failure would have been kept.
func (h *hub) connectAndAsk(ctx context.Context, addr string) error {
	c, err := h.bus.Dial(context.TODO(), addr)
	if err != nil {
		return err
	}
	if _, err := c.Ask(ctx, "hello"); err != nil {
		c.Close()
		return err
	}
	h.conns[addr] = c
	return nil
}

// The caller gets it.
func (h *hub) subscribed(ctx context.Context, id string) (<-chan store.Order, error) {
	return h.bus.Watch(context.TODO(), id)
}

// A process goes on.

func (h *hub) spawn(ctx context.Context) error {
	cmd := exec.CommandContext(context.TODO(), "worker")
	return cmd.Start()
}

func (h *hub) spawnAndKeep(ctx context.Context) error {
	h.cmd = exec.CommandContext(context.TODO(), "worker")
	if err := h.cmd.Start(); err != nil {
		return err
	}
	go h.cmd.Wait()
	return nil
}

func (h *hub) spawnAndReap(ctx context.Context) error {
	cmd := exec.CommandContext(context.TODO(), "worker")
	if err := cmd.Start(); err != nil {
		return err
	}
	go func() { _ = cmd.Wait() }()
	return nil
}

// A constructor keeps what it is given.

func (h *hub) pool(ctx context.Context, addr string) Conn {
	return h.bus.NewPool(8, func() (Conn, error) { return h.bus.Dial(context.TODO(), addr) })
}

func (h *hub) createPool(ctx context.Context, addr string) (Pool, error) {
	return h.bus.CreatePool(func() (Conn, error) { return h.bus.Dial(context.TODO(), addr) })
}

// Helpers begin no chain.

func (h *hub) dial(addr string) error {
	c, err := h.bus.Dial(context.TODO(), addr)
	h.conns[addr] = c
	return err
}

func dials(ctx context.Context, h *hub, addr string) error { return h.dial(addr) }

func (h *hub) run() error { return exec.CommandContext(context.TODO(), "worker").Start() }

func runs(ctx context.Context, h *hub) error { return h.run() }

// Near misses: what the function closes, uses up or waits for is its work.

func (h *hub) ask(ctx context.Context, addr, id string) (store.Order, error) {
	c, err := h.bus.Dial(context.TODO(), addr) // want `direct: context\.TODO`
	if err != nil {
		return store.Order{}, err
	}
	defer c.Close()
	return c.Ask(ctx, id)
}

func (h *hub) askAndForget(ctx context.Context, addr, id string) (store.Order, error) {
	c, err := h.bus.Dial(context.TODO(), addr) // want `direct: context\.TODO`
	if err != nil {
		return store.Order{}, err
	}
	h.conns[addr] = c
	defer func() {
		delete(h.conns, addr)
		c.Close()
	}()
	return c.Ask(ctx, id)
}

func (h *hub) next(ctx context.Context, id string) (store.Order, error) {
	events, err := h.bus.Watch(context.TODO(), id) // want `direct: context\.TODO`
	if err != nil {
		return store.Order{}, err
	}
	return <-events, nil
}

func (h *hub) nextOf(ctx context.Context, id string) (o store.Order, err error) {
	h.events, err = h.bus.Watch(context.TODO(), id) // want `direct: context\.TODO`
	if err != nil {
		return o, err
	}
	select {
	case o = <-h.events:
	case <-time.After(time.Second):
	}
	return o, nil
}

// Data is no object, wherever it is kept.
func (h *hub) load(ctx context.Context, id string) (err error) {
	h.order, err = h.db.Load(context.TODO(), id) // want `direct: context\.TODO`
	return err
}

func (h *hub) try(ctx context.Context) error {
	cmd := exec.CommandContext(context.TODO(), "worker") // want `direct: context\.TODO`
	if err := cmd.Start(); err != nil {
		return err
	}
	return cmd.Wait()
}

func (h *hub) output(ctx context.Context) ([]byte, error) {
	return exec.CommandContext(context.TODO(), "worker").Output() // want `direct: context\.TODO`
}

// What makes nothing calls what it is given at once.

func (h *hub) createAll(ctx context.Context, addr string) error {
	return h.bus.CreateAll(func() (Conn, error) {
		return h.bus.Dial(context.TODO(), addr) // want `medium direct: context\.TODO`
	})
}

func (h *hub) pooled(ctx context.Context, addr string) (Pool, error) {
	return h.bus.Pooled(func() (Conn, error) {
		return h.bus.Dial(context.TODO(), addr) // want `direct: context\.TODO`
	})
}

// A map and a channel of the function keep nothing.

func (h *hub) askAll(ctx context.Context, addrs []string) error {
	conns := make(map[string]Conn)
	for _, addr := range addrs {
		c, err := h.bus.Dial(context.TODO(), addr) // want `direct: context\.TODO`
		if err != nil {
			return err
		}
		conns[addr] = c
	}
	for _, c := range conns {
		if _, err := c.Ask(ctx, "hello"); err != nil {
			return err
		}
		c.Close()
	}
	return nil
}

func (h *hub) dialAll(ctx context.Context, addrs []string) map[string]Conn {
	conns := make(map[string]Conn)
	for _, addr := range addrs {
		if c, err := h.bus.Dial(context.TODO(), addr); err == nil {
			conns[addr] = c
		}
	}
	return conns
}

func (h *hub) first(ctx context.Context, addrs []string) (store.Order, error) {
	conns := make(chan Conn, len(addrs))
	for _, addr := range addrs {
		c, err := h.bus.Dial(context.TODO(), addr) // want `direct: context\.TODO`
		if err != nil {
			return store.Order{}, err
		}
		conns <- c
	}
	return (<-conns).Ask(ctx, "hello")
}
