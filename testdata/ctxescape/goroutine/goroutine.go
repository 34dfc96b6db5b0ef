// Package goroutine has goroutines that work under the context of a request after its
// handler has returned, and others.
package goroutine

import (
	"context"
	"database/sql"
	"net/http"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

type server struct {
	db     *sql.DB
	mailer mailer
	errs   chan error
	wg     sync.WaitGroup
}

// mailer has no implementation in view.
type mailer interface {
	Send(ctx context.Context, to string) error
}

type user struct {
	Name string
	Tags map[string]string
}

func (s *server) find(ctx context.Context, id string) (*user, error) {
	u := new(user)
	return u, s.db.QueryRowContext(ctx, "SELECT name FROM users WHERE id = ?", id).Scan(&u.Name)
}

func (s *server) touch(ctx context.Context, u *user) error {
	_, err := s.db.ExecContext(ctx, "UPDATE users SET seen = now() WHERE name = ?", u.Name)
	return err
}

// Whatever the handler does meanwhile, it does not wait.

func (s *server) show(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	u, err := s.find(ctx, r.PathValue("id"))
	if err != nil {
		http.Error(w, "no such user", http.StatusNotFound)
		return
	}
	go s.touch(ctx, u) // want "goroutine: this goroutine works under the context of the request"
	if err := s.touch(ctx, u); err != nil {
		return
	}
	w.Write([]byte(u.Name))
}

func (s *server) showLater(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), time.Minute)
	go func() { // want "goroutine: this goroutine works under the context of the request"
		defer cancel()
		s.db.ExecContext(ctx, "DELETE FROM drafts")
	}()
}

// Its own cancel function is the business of cancelleak.
func (s *server) showBounded(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), time.Minute)
	defer cancel()
	go s.db.ExecContext(ctx, "DELETE FROM drafts") // silent "the function ends the context itself,"
}

func (s *server) notify(w http.ResponseWriter, r *http.Request) {
	go s.mailer.Send(r.Context(), "root") // want "medium goroutine: this goroutine works under the context of the request"
}

func (s *server) timer(w http.ResponseWriter, r *http.Request) {
	time.AfterFunc(time.Second, func() { // want "goroutine: this goroutine works under the context of the request"
		s.db.ExecContext(r.Context(), "DELETE FROM drafts")
	})
}

// That the errors go to somebody else makes no difference to the request.
func (s *server) tells(w http.ResponseWriter, r *http.Request) {
	go func() { // want "goroutine: this goroutine works under the context of the request"
		s.errs <- s.touch(r.Context(), nil)
	}()
	w.WriteHeader(http.StatusAccepted)
}

// The group of the server is waited for when the server stops.
func (s *server) counted(w http.ResponseWriter, r *http.Request) {
	s.wg.Add(1)
	go func() { // want "goroutine: this goroutine works under the context of the request"
		defer s.wg.Done()
		s.touch(r.Context(), nil)
	}()
}

func (s *server) inLiteral(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	each(func(id string) {
		go s.find(ctx, id) // want "goroutine: this goroutine works under the context of the request"
	})
}

func each(f func(id string)) { f("1") }

// From here on, somebody waits.

func (s *server) group(w http.ResponseWriter, r *http.Request) {
	g, ctx := errgroup.WithContext(r.Context())
	g.Go(func() error { return s.touch(ctx, nil) }) // silent "something waits for the goroutine, or"
	g.Go(func() error { return s.touch(r.Context(), nil) })
	if err := g.Wait(); err != nil {
		return
	}
}

func (s *server) channel(w http.ResponseWriter, r *http.Request) {
	ch := make(chan error, 1)
	go func() { ch <- s.touch(r.Context(), nil) }()
	select {
	case <-ch:
	case <-r.Context().Done():
	}
}

func (s *server) handedOn(w http.ResponseWriter, r *http.Request) {
	ch := make(chan error, 1)
	go func() { ch <- s.touch(r.Context(), nil) }()
	s.await(ch)
}

func (s *server) await(ch chan error) { <-ch }

func (s *server) deferred(w http.ResponseWriter, r *http.Request) {
	var wg sync.WaitGroup
	defer wg.Wait()
	wg.Add(1)
	go func() {
		defer wg.Done()
		s.touch(r.Context(), nil)
	}()
}

type pipeline struct{ done chan struct{} }

func (p *pipeline) run(ctx context.Context, db *sql.DB) {
	defer close(p.done)
	db.PingContext(ctx)
}

func (p *pipeline) wait() { <-p.done }

func (s *server) object(w http.ResponseWriter, r *http.Request) {
	p := &pipeline{make(chan struct{})}
	go p.run(r.Context(), s.db)
	p.wait()
}

// The goroutine is meant to end with the request.

func (s *server) watcher(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	go func() { // silent "the goroutine listens for the end of"
		t := time.NewTicker(time.Second)
		defer t.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-t.C:
				s.touch(ctx, nil)
			}
		}
	}()
}

func (s *server) watches(w http.ResponseWriter, r *http.Request) {
	go s.refresh(r.Context())
}

func (s *server) refresh(ctx context.Context) {
	for ctx.Err() == nil {
		s.touch(ctx, nil)
	}
}

func (s *server) stream(w http.ResponseWriter, r *http.Request) {
	go s.touch(r.Context(), nil)
	for range time.Tick(time.Second) {
		w.Write(nil)
	}
}

// Nothing of the context matters to the goroutine but its values.

func (s *server) values(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	go func() { println(ctx.Value(key{})) }()
}

func (s *server) detached(w http.ResponseWriter, r *http.Request) {
	ctx := context.WithoutCancel(r.Context())
	go s.touch(ctx, nil)
	go func() { // silent "nothing that the goroutine gives the"
		ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), time.Minute)
		defer cancel()
		s.touch(ctx, nil)
	}()
}

type detachedContext struct{ context.Context }

func (detachedContext) Done() <-chan struct{} { return nil }

func detach(ctx context.Context) context.Context { return detachedContext{ctx} }

func (s *server) detachedByHand(w http.ResponseWriter, r *http.Request) {
	go s.touch(detach(r.Context()), nil) // silent "the context that the goroutine works"
}

func (s *server) fresh(w http.ResponseWriter, r *http.Request) {
	go s.touch(context.Background(), nil)
}

// No handler: its caller decides how long the context lives.
func (s *server) start(ctx context.Context) {
	go s.touch(ctx, nil)
}

// A client has requests, too.
func (s *server) send(r *http.Request) {
	go s.touch(r.Context(), nil)
}
