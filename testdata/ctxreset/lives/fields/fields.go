// Package fields has structs that hold contexts which never end.
package fields

import (
	"context"
	"time"

	"ctxlint.test/fixtures/ctxreset/store"
)

// A job is only ever made with a root, which comes as a parameter.
type job struct {
	ctx context.Context
	db  *store.DB
}

func newJob(ctx context.Context, db *store.DB) *job { return &job{ctx, db} }

func Main(db *store.DB) error {
	j := newJob(context.TODO(), db)
	return j.remove("1")
}

func (j *job) remove(id string) error {
	if err := j.db.Check(context.TODO(), id); err != nil {
		return err
	}
	return removeWith(j.ctx, j.db, id)
}

func removeWith(ctx context.Context, db *store.DB, id string) error {
	return db.Check(context.TODO(), id)
}

// Near misses.

// Some timed job has an end.
type timed struct {
	ctx context.Context
	db  *store.DB
}

func newTimed(ctx context.Context, db *store.DB) *timed { return &timed{ctx, db} }

func Timed(db *store.DB) error {
	ctx, cancel := context.WithTimeout(context.TODO(), time.Second)
	defer cancel()
	if err := newTimed(ctx, db).remove("1"); err != nil {
		return err
	}
	return newTimed(context.TODO(), db).remove("1")
}

func (t *timed) remove(id string) error {
	return t.db.Check(context.TODO(), id) // want `medium direct: context\.TODO.*t\.ctx`
}

// Other packages can make a session.
type session struct {
	ctx context.Context
	db  *store.DB
}

func Open(ctx context.Context, db *store.DB) *session { return &session{ctx, db} }

func OpenDefault(db *store.DB) *session { return Open(context.TODO(), db) }

func (s *session) remove(id string) error {
	return s.db.Check(context.TODO(), id) // want `medium direct: context\.TODO.*s\.ctx`
}

// The method's own context never ends, but that of the receiver does.
func (s *session) purge(ctx context.Context) error {
	return s.db.Check(context.TODO(), "all") // want `medium direct: context\.TODO.*s\.ctx`
}

func Purge(s *session) error { return s.purge(context.TODO()) }

// Other packages can put anything into the field.
type Options struct {
	Ctx context.Context
	db  *store.DB
}

func Default(db *store.DB) *Options { return &Options{context.TODO(), db} }

func (o *Options) remove(id string) error { return removeIn(o.Ctx, o.db, id) }

func removeIn(ctx context.Context, db *store.DB, id string) error {
	return db.Check(context.TODO(), id) // want `medium direct: context\.TODO.*ctx`
}
