package goroutines

import (
	"context"
	"sync"

	"ctxlint.test/fixtures/ctxreset/store"
)

// The function waits, but for other goroutines.

func waitsBefore(ctx context.Context, db *store.DB, ids []string) {
	var wg sync.WaitGroup
	for _, id := range ids {
		wg.Go(func() { db.Check(ctx, id) })
	}
	wg.Wait()
	go func() {
		db.Verify(context.TODO(), store.Order{ID: "done"}) // want `low goroutine: in a goroutine cuts`
	}()
}

func waitsForOthers(ctx context.Context, db *store.DB, ids []string) {
	go func() {
		db.Verify(context.TODO(), store.Order{ID: "begun"}) // want `low goroutine: in a goroutine cuts`
	}()
	var wg sync.WaitGroup
	for _, id := range ids {
		wg.Go(func() { db.Check(ctx, id) })
	}
	wg.Wait()
}

func receivesFromOthers(ctx context.Context, db *store.DB, id string) error {
	errs := make(chan error, 1)
	go remove(ctx, db, id, errs)
	go func() {
		db.Verify(context.TODO(), store.Order{ID: id}) // want `low goroutine: in a goroutine cuts`
	}()
	return <-errs
}

func receivedBefore(ctx context.Context, db *store.DB, id string) error {
	errs := make(chan error, 1)
	go remove(ctx, db, id, errs)
	if err := <-errs; err != nil {
		return err
	}
	go remove(context.TODO(), db, id, errs) // want `low goroutine: in a goroutine cuts`
	return nil
}

// It waits for this one, in another way than right after it.

func joinedByCloser(ctx context.Context, db *store.DB, ids []string) {
	var wg sync.WaitGroup
	results := make(chan error)
	for _, id := range ids {
		wg.Add(1)
		go func() {
			defer wg.Done()
			db.Check(context.TODO(), id) // want `goroutine: although the goroutine is waited for`
		}()
	}
	go func() {
		wg.Wait()
		close(results)
	}()
	for range results {
	}
}

func joinedInNextIteration(ctx context.Context, db *store.DB, ids []string) {
	var wg sync.WaitGroup
	for _, id := range ids {
		wg.Wait()
		wg.Add(1)
		go func() {
			defer wg.Done()
			db.Check(context.TODO(), id) // want `goroutine: although the goroutine is waited for`
		}()
	}
}

type crew struct {
	db *store.DB
	wg sync.WaitGroup
}

func (c *crew) work(ctx context.Context, id string) {
	defer c.wg.Done()
	c.db.Check(ctx, id)
}

func (c *crew) joinedByField(ctx context.Context, id string) {
	c.wg.Add(1)
	go c.work(context.TODO(), id) // want `goroutine: although the goroutine is waited for`
	c.wg.Wait()
}
