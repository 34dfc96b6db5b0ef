// Package receivers has structs that hold a caller's context.
package receivers

import (
	"context"

	"ctxlint.test/fixtures/ctxreset/store"
)

// A session lives as long as the call that made it.
type session struct {
	ctx context.Context
	db  *store.DB
}

func newSession(ctx context.Context, db *store.DB) *session {
	return &session{ctx: ctx, db: db}
}

func (s *session) load(id string) (store.Order, error) {
	return s.db.Load(s.ctx, id)
}

func (s *session) remove(id string) error {
	return s.db.Check(context.TODO(), id) // want `medium direct: context\.TODO`
}

// The report is the method's, which has a context.
func use(ctx context.Context, db *store.DB, id string) error {
	s := newSession(ctx, db)
	if _, err := s.load(id); err != nil {
		return err
	}
	return s.remove(id)
}

// tx gets its context by assignment.
type tx struct {
	parent context.Context
	db     *store.DB
}

func begin(ctx context.Context, db *store.DB) *tx {
	t := new(tx)
	t.db = db
	t.parent = context.WithValue(ctx, key{}, t)
	return t
}

type key struct{}

func (t *tx) commit(o store.Order) error {
	return t.db.Verify(context.TODO(), o) // want `medium direct: context\.TODO`
}

// A value as the receiver.
type call struct {
	context context.Context
	db      *store.DB
}

func callOf(ctx context.Context, db *store.DB) call { return call{ctx, db} }

func (c call) do(id string) error {
	return c.db.Check(context.TODO(), id) // want `medium direct: context\.TODO`
}

// Near misses.

// A daemon has a root of its own.
type daemon struct {
	ctx    context.Context
	cancel context.CancelFunc
	db     *store.DB
}

func newDaemon(db *store.DB) *daemon {
	d := &daemon{db: db}
	d.ctx, d.cancel = context.WithCancel(context.TODO())
	return d
}

func (d *daemon) remove(id string) error {
	return d.db.Check(context.TODO(), id)
}

// Nobody is seen to set this one.
type options struct {
	Ctx context.Context
	db  *store.DB
}

func (o *options) remove(id string) error {
	return o.db.Check(context.TODO(), id)
}

// Sometimes it is a caller's, and sometimes not.
type either struct {
	ctx context.Context
	db  *store.DB
}

func eitherOf(ctx context.Context, db *store.DB) *either { return &either{ctx, db} }

func ownEither(db *store.DB) *either { return &either{context.TODO(), db} }

func (e *either) load(id string) (store.Order, error) {
	return e.db.Load(e.ctx, id)
}

// The context is no field of the receiver's.
type holder struct {
	session *session
	db      *store.DB
}

func (h *holder) remove(id string) error {
	return h.db.Check(context.TODO(), id)
}

// What the receiver has runs may have to be ended after its own end.
func (s *session) stopTask(id string) error {
	return s.db.Check(context.TODO(), id)
}

func (s *session) killAll(id string) error {
	return s.purge(id)
}

// It runs from there alone.
func (s *session) purge(id string) error {
	return s.db.Check(context.TODO(), id)
}

// A context that is there to tell of the end of something.
type plugin struct {
	doneCtx context.Context
	db      *store.DB
}

func newPlugin(ctx context.Context, db *store.DB) *plugin { return &plugin{ctx, db} }

func (p *plugin) serve() { <-p.doneCtx.Done() }

func (p *plugin) remove(id string) error {
	return p.db.Check(context.TODO(), id)
}

// Stopping includes what is done in one go with it.
type stream struct{ db *store.DB }

func (s *stream) stopAndDrain(id string) error { return s.db.Check(context.TODO(), id) }

func read(ctx context.Context, s *stream, id string) error {
	if _, err := s.db.Load(ctx, id); err != nil {
		return err
	}
	return s.stopAndDrain(id)
}

// A struct has the context of one that it embeds, by promotion.
type auditedSession struct {
	*session
	log []string
}

func newAudited(ctx context.Context, db *store.DB) *auditedSession {
	return &auditedSession{session: newSession(ctx, db)}
}

func (a *auditedSession) purge(id string) error {
	a.log = append(a.log, id)
	return a.db.Check(context.TODO(), id) // want `medium direct: context\.TODO\(\) cuts \(\*store\.DB\)\.Check off from a\.ctx`
}

// The name means something else in the struct that embeds.
type shadowing struct {
	session
	ctx string
}

func (s *shadowing) purge(id string) error {
	return s.db.Check(context.TODO(), id+s.ctx)
}

// The struct that is embedded has a context of its own, for its own life.
type ownLife struct{ ctx context.Context }

func newOwnLife() *ownLife { return &ownLife{context.TODO()} }

type embedsOwnLife struct {
	*ownLife
	db *store.DB
}

func (e *embedsOwnLife) purge(id string) error { return e.db.Check(context.TODO(), id) }

// Methods of both are called where the caller's context ends.
func useEmbedding(ctx context.Context, db *store.DB, id string) error {
	if err := newAudited(ctx, db).purge(id); err != nil {
		return err
	}
	s := &shadowing{session: *newSession(ctx, db)}
	if err := s.purge(id); err != nil { // want `medium chain: useEmbedding\(\) → \(\*shadowing\)\.purge\(\)`
		return err
	}
	return (&embedsOwnLife{newOwnLife(), db}).purge(id) // want `medium chain: useEmbedding\(\) → \(\*embedsOwnLife\)\.purge\(\)`
}
