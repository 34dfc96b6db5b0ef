// Package failures does something when something else has failed, which may be
// because the context at hand has ended.
package failures

import (
	"context"
	"errors"

	"ctxlint.test/fixtures/ctxreset/store"
)

// Names is another service, whose calls take no context.
type Names interface {
	Put(id string) error
	Find(id string) (string, error)
}

// Jobs is told how it went.
type Jobs interface {
	MarkFailed(ctx context.Context, id string) error
	SetError(ctx context.Context, id string, err error) error
	Done(ctx context.Context, id string) error
}

// What was saved is taken back.
func takesBack(ctx context.Context, db *store.DB, n Names, o store.Order) error {
	if err := db.Save(ctx, o); err != nil {
		return err
	}
	if err := n.Put(o.ID); err != nil {
		db.Delete(context.TODO(), o.ID)
		return err
	}
	return nil
}

func takesBackLater(ctx context.Context, db *store.DB, n Names, o store.Order) error {
	err := n.Put(o.ID)
	if err == nil {
		return db.Save(ctx, o)
	}
	if errors.Is(err, store.ErrUnknown) {
		for range 3 {
			if db.Delete(context.TODO(), o.ID) == nil {
				break
			}
		}
	}
	return err
}

func tells(ctx context.Context, jobs Jobs, n Names, id string) error {
	if err := n.Put(id); err != nil {
		jobs.MarkFailed(context.TODO(), id)
		return jobs.SetError(context.TODO(), id, err)
	}
	return jobs.Done(ctx, id)
}

type job struct {
	jobs Jobs
	id   string
}

func (j *job) setErr(err error) { j.jobs.SetError(context.TODO(), j.id, err) }

func tellsThrough(ctx context.Context, j *job, n Names) error {
	if err := n.Put(j.id); err != nil {
		j.setErr(err)
		return err
	}
	return j.jobs.Done(ctx, j.id)
}

// Near misses.

// Nothing has failed.
func deletes(ctx context.Context, db *store.DB, n Names, id string) error {
	if err := n.Put(id); err != nil {
		return err
	}
	return db.Delete(context.TODO(), id) // want `medium direct: context\.TODO`
}

func deletesIfFine(ctx context.Context, db *store.DB, n Names, id string) error {
	err := n.Put(id)
	if err == nil {
		err = db.Delete(context.TODO(), id) // want `medium direct: context\.TODO`
	}
	return err
}

// Something may have failed.
func deletesAnyway(ctx context.Context, db *store.DB, n Names, id string) error {
	err := n.Put(id)
	if err != nil {
		println("failed")
	}
	return errors.Join(err, db.Delete(context.TODO(), id)) // want `medium direct: context\.TODO`
}

// What is not found elsewhere is looked for here: that takes nothing back.
func falls(ctx context.Context, db *store.DB, n Names, id string) (store.Order, error) {
	if _, err := n.Find(id); err != nil {
		return db.Load(context.TODO(), id) // want `direct: context\.TODO`
	}
	return db.Load(ctx, id)
}

func tellsTheBest(ctx context.Context, j *job, n Names) error {
	if err := n.Put(j.id); err != nil {
		return err
	}
	j.setErr(nil) // want `medium chain: setErr`
	return nil
}
