package callees

import (
	"context"
	"net/http"

	"ctxlint.test/fixtures/ctxreset/store"
)

// All functions that these can be are in view, and ignore their contexts.

type route struct {
	path  string
	serve func(ctx context.Context, n int) error
}

func home(_ context.Context, n int) error { return nil }

func (r route) about(context.Context, int) error { return nil }

func routes() []route {
	first := route{path: "/"}
	first.serve = first.about
	return []route{first, {path: "/home", serve: home}}
}

func serveAll(ctx context.Context) error {
	for _, r := range routes() {
		if err := r.serve(context.TODO(), 1); err != nil {
			return err
		}
	}
	return nil
}

func apply(ctx context.Context, do func(context.Context) error) error { return do(context.TODO()) }

func applies(ctx context.Context) error {
	return apply(ctx, func(context.Context) error { return nil })
}

// One of them waits.

type step struct {
	run func(ctx context.Context, n int) error
}

func (s step) waits(ctx context.Context, n int) error { <-ctx.Done(); return ctx.Err() }

func steps() []step { return []step{{home}, {step{}.waits}} }

func runAll(ctx context.Context) error {
	for _, s := range steps() {
		if err := s.run(context.TODO(), 1); err != nil { // want `direct: context\.TODO`
			return err
		}
	}
	return nil
}

// Others may fill what is exported.

// Job is one.
type Job struct {
	Do func(ctx context.Context, db *store.DB) error
}

func idle(context.Context, *store.DB) error { return nil }

var idler = Job{Do: idle}

func (j Job) once(ctx context.Context, db *store.DB) error {
	return j.Do(context.TODO(), db) // want `direct: context\.TODO`
}

// Each calls one, of which nothing in view is known.
func Each(ctx context.Context, do func(context.Context, string) error) error {
	return do(context.TODO(), "") // want `direct: context\.TODO`
}

func eachOf(ctx context.Context) error {
	return Each(ctx, func(context.Context, string) error { return nil })
}

// A function type is like an interface: functions are converted to it.

type page func(ctx context.Context, w http.ResponseWriter, r *http.Request)

func (p page) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p(context.TODO(), w, r)
}

func blank(_ context.Context, w http.ResponseWriter, r *http.Request) {
	w.WriteHeader(http.StatusNoContent)
}

func pages(mux *http.ServeMux) {
	mux.Handle("/", page(blank))
	mux.Handle("/gone", page(func(_ context.Context, w http.ResponseWriter, r *http.Request) { http.NotFound(w, r) }))
}

// Importers can hand this in.

type sheet func(ctx context.Context, w http.ResponseWriter, r *http.Request, n int)

func (s sheet) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s(context.TODO(), w, r, 1) // want `low handler: context\.TODO`
}

// Show shows one.
func Show(mux *http.ServeMux, s sheet) { mux.Handle("/sheet", s) }

func showBlank(mux *http.ServeMux) {
	Show(mux, func(_ context.Context, w http.ResponseWriter, r *http.Request, n int) { http.NotFound(w, r) })
}

// What a parameter holds is followed through other arguments.

type leaf func(ctx context.Context, n int, names []string)

func (l leaf) turn(ctx context.Context) { l(context.TODO(), 1, nil) }

func bind(l leaf, names ...string) leaf {
	return leaf(func(ctx context.Context, n int, more []string) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		l(ctx, n, append(more, names...))
	})
}

func leaves() []leaf {
	plain := func(_ context.Context, n int, names []string) {}
	return []leaf{bind(plain), bind(plain, "a", "b")}
}

// One of these looks at its context.

type form func(ctx context.Context, w http.ResponseWriter, r *http.Request, fields ...string)

func (f form) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f(context.TODO(), w, r) // want `handler: context\.TODO`
}

func forms(mux *http.ServeMux, db *store.DB) {
	kinds := map[string]form{
		"/a": func(_ context.Context, w http.ResponseWriter, r *http.Request, fields ...string) { http.NotFound(w, r) },
		"/b": func(ctx context.Context, w http.ResponseWriter, r *http.Request, fields ...string) { db.Check(ctx, "") },
	}
	for path, f := range kinds {
		mux.Handle(path, f)
	}
}
