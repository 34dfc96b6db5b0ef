// Package queues works off queues, which hand out what they hold after they have been shut
// down: the context of the workers has ended by then.
package queues

import (
	"context"
	"sync"

	"ctxlint.test/fixtures/ctxreset/store"
)

// A queue is like those of k8s.io/client-go/util/workqueue.
type queue struct {
	mu    sync.Mutex
	keys  []string
	ended bool
}

func (q *queue) Get() (key string, shutdown bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.keys) == 0 {
		return "", q.ended
	}
	key, q.keys = q.keys[0], q.keys[1:]
	return key, false
}

func (q *queue) Done(key string) {}

func (q *queue) ShutDown() { q.ended = true }

type controller struct {
	queue *queue
	db    *store.DB
}

func (c *controller) run(ctx context.Context) {
	go c.worker(ctx)
	<-ctx.Done()
	c.queue.ShutDown()
}

func (c *controller) worker(ctx context.Context) {
	for c.next(ctx) {
	}
}

func (c *controller) next(ctx context.Context) bool {
	key, shutdown := c.queue.Get()
	if shutdown {
		return false
	}
	defer c.queue.Done(key)
	c.sync(ctx, key)
	return true
}

func (c *controller) sync(ctx context.Context, key string) {
	c.db.Check(context.TODO(), key) // want `low direct: context\.TODO`
	c.check(key)                    // want `low chain: context\.TODO`
	func() {
		c.db.Check(context.TODO(), key) // want `low direct: context\.TODO`
	}()
}

func (c *controller) check(key string) error { return c.db.Check(context.TODO(), key) }

// Without a context, the function in the loop begins the chain.

func (c *controller) simpleWorker(ctx context.Context) {
	for c.simpleNext() { // want `low chain: context\.TODO`
	}
}

func (c *controller) simpleNext() bool {
	key, shutdown := c.queue.Get()
	if !shutdown {
		c.db.Check(context.TODO(), key)
		c.queue.Done(key)
	}
	return !shutdown
}

// work is a worker for all who have a queue.
func work(ctx context.Context, q *queue, handle func(context.Context, string)) {
	for {
		key, shutdown := q.Get()
		if shutdown {
			return
		}
		handle(ctx, key)
		q.Done(key)
	}
}

func (c *controller) start(ctx context.Context) { go work(ctx, c.queue, c.handle) }

func (c *controller) handle(ctx context.Context, key string) {
	c.db.Check(context.TODO(), key) // want `low direct: context\.TODO`
}

// What fills a queue, or has nothing to do with one, ends like everything else.

func (c *controller) add(ctx context.Context, key string) error {
	if err := c.db.Check(context.TODO(), key); err != nil { // want `direct: context\.TODO`
		return err
	}
	c.queue.keys = append(c.queue.keys, key)
	return nil
}

// A cache has no items that somebody is still to work off.
type cache struct{ values map[string]string }

func (c *cache) Get() (value string, ok bool) { return c.values[""], true }

func (c *cache) Done(key string) {}

func (c *controller) fromCache(ctx context.Context, values *cache) error {
	value, _ := values.Get()
	return c.db.Check(context.TODO(), value) // want `direct: context\.TODO`
}
