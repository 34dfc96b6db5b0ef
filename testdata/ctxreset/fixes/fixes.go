// Package fixes has a golden file for the fixes of fresh contexts.
package fixes

import (
	"context"
	"net/http"
	"sync"
	"time"

	"github.com/gin-gonic/gin"

	"ctxlint.test/fixtures/ctxreset/store"
)

func argument(ctx context.Context, db *store.DB, id string) error {
	return db.Check(context.TODO(), id) // want `direct: context\.TODO`
}

func parent(ctx context.Context, db *store.DB, id string) error {
	c, cancel := context.WithCancel(context.TODO()) // want `direct: context\.TODO`
	defer cancel()
	return db.Check(c, id)
}

// The same variable on the left: the derived context hides the parameter from
// the next line on, and not on this one.
func sameName(ctx context.Context, db *store.DB, id string) error {
	ctx, cancel := context.WithCancel(context.TODO()) // want `direct: context\.TODO`
	defer cancel()
	return db.Check(ctx, id)
}

// One defect in two places.
func branches(ctx context.Context, db *store.DB, id string, marked bool) error {
	var c context.Context
	if marked {
		c = context.TODO() // want `direct: context\.TODO`
	} else {
		c = context.TODO()
	}
	return db.Check(c, id)
}

// A deadline of its own may be meant to be the only one.
func limited(ctx context.Context, db *store.DB, id string) error {
	ctx, cancel := context.WithTimeout(context.TODO(), time.Second) // want `direct: context\.TODO`
	defer cancel()
	return db.Check(ctx, id)
}

func limitedLater(ctx context.Context, db *store.DB, id string) error {
	root := context.TODO() // want `direct: context\.TODO`
	c, cancel := context.WithCancel(root)
	defer cancel()
	c, stop := context.WithDeadline(c, time.Now().Add(time.Minute))
	defer stop()
	return db.Check(c, id)
}

func limitedAndWaitedFor(ctx context.Context, db *store.DB, id string) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		c, cancel := context.WithTimeout(context.TODO(), time.Second) // want `goroutine: WithoutCancel`
		defer cancel()
		db.Check(c, id)
	}()
	wg.Wait()
}

var background = context.TODO()

func variable(ctx context.Context, db *store.DB, id string) error {
	return db.Check(background, id) // want `direct: context\.TODO`
}

func detached() context.Context { return context.TODO() }

func helper(ctx context.Context, db *store.DB, id string) error {
	return db.Check(detached(), id) // want `direct: context\.TODO`
}

func request(w http.ResponseWriter, r *http.Request) {
	db := new(store.DB)
	if err := db.Check(context.TODO(), r.PathValue("id")); err != nil { // want `handler: context\.TODO`
		http.Error(w, err.Error(), http.StatusBadGateway)
	}
}

func engine(c *gin.Context) {
	db := new(store.DB)
	if err := db.Check(context.TODO(), c.Param("id")); err != nil { // want `handler: context\.TODO`
		c.AbortWithStatus(http.StatusBadGateway)
	}
}

func waitedFor(ctx context.Context, db *store.DB, ids []string) {
	var wg sync.WaitGroup
	for _, id := range ids {
		wg.Add(1)
		go func() {
			defer wg.Done()
			db.Check(context.TODO(), id) // want `goroutine: WithoutCancel`
		}()
	}
	wg.Wait()
}

type session struct{ ctx context.Context }

func newSession(ctx context.Context) *session { return &session{ctx: ctx} }

func (s *session) load(db *store.DB, id string) (store.Order, error) {
	return db.Load(context.TODO(), id) // want `medium direct: context\.TODO`
}

// A name hints that the context may have ended, so nothing is certain.
func requeue(ctx context.Context, db *store.DB, o store.Order) error {
	return db.Verify(context.TODO(), o) // want `low direct: context\.TODO`
}
