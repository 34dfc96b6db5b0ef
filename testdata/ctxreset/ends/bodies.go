package ends

import (
	"context"
	"net/http"
	"time"

	"ctxlint.test/fixtures/ctxreset/store"
)

// What a function does says that it ends something, whatever it is called.

func rest(ctx context.Context, servers ...*http.Server) error {
	for _, s := range servers {
		if err := s.Shutdown(ctx); err != nil {
			return err
		}
	}
	return nil
}

func restInTime(ctx context.Context, s *http.Server) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return rest(ctx, s)
}

func restsAtLast(ctx context.Context, s *http.Server, db *store.DB) error {
	if err := db.SQL.PingContext(ctx); err != nil {
		return err
	}
	return restInTime(context.TODO(), s)
}

// This one works before it ends something.

func saveAndRest(ctx context.Context, s *http.Server, db *store.DB) error {
	if err := db.Verify(ctx, store.Order{}); err != nil {
		return err
	}
	return s.Shutdown(ctx)
}

func savesAtLast(ctx context.Context, s *http.Server, db *store.DB) error {
	return saveAndRest(context.TODO(), s, db) // want `medium direct: cuts saveAndRest off`
}

// What is returned runs when the caller has done with what it got.

type tracer interface {
	ShutDownExporter(ctx context.Context) error
	LoadExporter(ctx context.Context) error
}

func begins(ctx context.Context, t tracer) func() {
	_ = t.LoadExporter(ctx)
	return func() { _ = t.ShutDownExporter(context.TODO()) }
}

func beginsInVariable(ctx context.Context, t tracer) (stop func() error) {
	stop = func() error {
		c, cancel := context.WithTimeout(context.TODO(), queryTimeout)
		defer cancel()
		return t.ShutDownExporter(c)
	}
	return stop
}

func beginsAndLoads(ctx context.Context, t tracer) func() {
	return func() { _ = t.LoadExporter(context.TODO()) } // want `direct: cuts tracer\.LoadExporter off`
}

func endsAtOnce(ctx context.Context, t tracer) error {
	return t.ShutDownExporter(context.TODO()) // want `direct: cuts tracer\.ShutDownExporter off`
}
