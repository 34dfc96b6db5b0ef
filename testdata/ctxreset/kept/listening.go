package kept

import (
	"context"
	"time"

	"ctxlint.test/fixtures/ctxreset/store"
)

// session is an object that has a context of its own. Its methods which look at that one need
// no other to end with it.
type session struct {
	ctx   context.Context
	db    *store.DB
	calls chan string
}

func (s *session) exec(ctx context.Context, id string) error {
	select {
	case s.calls <- id:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	case <-s.ctx.Done():
		return s.ctx.Err()
	}
}

func (s *session) query(ctx context.Context, id string) error { return s.exec(ctx, id) }

func (s *session) load(ctx context.Context, id string) error {
	_, err := s.db.Load(ctx, id)
	return err
}

func (s *session) beat() {
	for range 3 {
		s.query(context.TODO(), "ping") // want "low direct: context.TODO"
		time.Sleep(time.Second)
		s.load(context.TODO(), "state") // want "medium direct: context.TODO"
	}
}

func (s *session) beatOther(other *session) {
	for range 3 {
		other.query(context.TODO(), "ping") // want "low direct: context.TODO"
		time.Sleep(time.Second)
	}
}

func (s *session) watch() {
	go func() {
		for {
			select {
			case <-s.ctx.Done():
				return
			case id := <-s.calls:
				println(id)
			}
		}
	}()
}

func newSession(ctx context.Context, db *store.DB) *session {
	ctx, _ = context.WithTimeout(ctx, time.Hour)
	return &session{ctx, db, make(chan string)}
}
