// Package stored has contexts that are put where they outlive their request, and
// others.
package stored

import (
	"context"
	"net/http"
	"sync"
)

type job struct {
	ctx context.Context
	id  string
}

type asked struct {
	ctx    context.Context
	answer chan error
}

type server struct {
	ctx      context.Context
	last     *http.Request
	sessions map[string]context.Context
	seen     sync.Map
	jobs     chan job
	pointers chan *job
	asked    chan asked
}

var current context.Context

func (s *server) field(w http.ResponseWriter, r *http.Request) {
	s.ctx = r.Context() // want `stored: the context of the request is kept in s\.ctx, but ends when the handler returns`
}

func (s *server) request(w http.ResponseWriter, r *http.Request) {
	s.last = r // want `stored: the request is kept in s\.last`
}

func global(w http.ResponseWriter, r *http.Request) {
	current = context.WithValue(r.Context(), key{}, 1) // want `stored: the context of the request is kept in the variable current`
}

type key struct{}

func (s *server) inMap(w http.ResponseWriter, r *http.Request) {
	s.sessions[r.PathValue("id")] = r.Context() // want `stored: the context of the request is kept in s\.sessions`
}

func (s *server) syncMap(w http.ResponseWriter, r *http.Request) {
	s.seen.Store(r.PathValue("id"), r.Context()) // want `stored: the context of the request is kept in s\.seen`
}

func (s *server) queue(w http.ResponseWriter, r *http.Request) {
	s.jobs <- job{r.Context(), r.PathValue("id")}      // want `stored: the context of the request is kept in s\.jobs`
	s.pointers <- &job{r.Context(), r.PathValue("id")} // want `stored: the context of the request is kept in s\.pointers`
}

func (s *server) selects(w http.ResponseWriter, r *http.Request) {
	select { // want `stored: the context of the request is kept in s\.jobs`
	case s.jobs <- job{ctx: r.Context()}:
	case <-r.Context().Done():
	}
}

func factory(jobs chan job) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		jobs <- job{ctx: r.Context()} // want `stored: the context of the request is kept in the variable jobs`
	}
}

// Who has asked waits for the answer.
func (s *server) asks(w http.ResponseWriter, r *http.Request) {
	q := asked{r.Context(), make(chan error, 1)}
	s.asked <- q
	select {
	case <-q.answer:
	case <-r.Context().Done():
	}
}

func (s *server) inFlight(w http.ResponseWriter, r *http.Request) {
	s.sessions[r.PathValue("id")] = r.Context()
	defer delete(s.sessions, r.PathValue("id"))
}

func (s *server) forTheTime(w http.ResponseWriter, r *http.Request) {
	s.ctx = r.Context()
	defer func() { s.ctx = nil }()
}

func (s *server) detached(w http.ResponseWriter, r *http.Request) {
	s.jobs <- job{context.WithoutCancel(r.Context()), r.PathValue("id")}
}

// It is made for this request.
func perRequest(w http.ResponseWriter, r *http.Request) {
	j := &job{ctx: r.Context()}
	j.run()
}

func (j *job) run() {}

// Nobody knows how long that context lives.
func (s *server) start(ctx context.Context) { s.ctx = ctx }

func (s *server) routes(mux *http.ServeMux) {
	mux.HandleFunc("/field", s.field)
	mux.HandleFunc("/request", s.request)
	mux.HandleFunc("/map", s.inMap)
	mux.HandleFunc("/sync", s.syncMap)
	mux.HandleFunc("/queue", s.queue)
	mux.HandleFunc("/asks", s.asks)
	mux.HandleFunc("/selects", s.selects)
	mux.HandleFunc("/flight", s.inFlight)
	mux.HandleFunc("/time", s.forTheTime)
	mux.HandleFunc("/detached", s.detached)
}

type session struct{ r *http.Request }

// The receiver is made for the request.
func (s *session) attach(w http.ResponseWriter, r *http.Request) { s.r = r }

func attached(w http.ResponseWriter, r *http.Request) {
	s := new(session)
	s.attach(w, r)
}

// Reset may be called for each request.
func (s *session) Reset(w http.ResponseWriter, r *http.Request) { s.r = r }

// event is one of a library that has handlers of its own.
type event struct {
	w http.ResponseWriter
	r *http.Request
}

// wrapped runs the handler while it serves the event, of the same request.
func wrapped(m func(http.Handler) http.Handler, next func(*event) error) func(*event) error {
	return func(e *event) (err error) {
		m(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			e.w = w
			e.r = r
			err = next(e)
		})).ServeHTTP(e.w, e.r)
		return err
	}
}

func registered(mux *http.ServeMux, e *event) {
	mux.HandleFunc("/event", func(w http.ResponseWriter, r *http.Request) {
		e.r = r // want `stored: the request is kept in the variable e`
	})
}

// adapted has the literal called by what serves the request, and keeps what it gets for as long.
func adapted(run func(http.Handler, http.ResponseWriter, *http.Request)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		e := &event{w: w}
		run(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { e.r = r }), w, r)
		println(e)
	}
}

// What makes the handler is called once for all requests.
func counted(run func(http.Handler)) *event {
	e := new(event)
	run(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		e.r = r // want `stored: the request is kept in the variable e`
	}))
	return e
}
