package lifetimes

import (
	"context"

	"ctxlint.test/fixtures/ctxreset/store"
)

// What a constructor starts for its object does not end with the constructor.

func newServer(ctx context.Context, db *store.DB) (*server, error) {
	s := &server{db: db}
	if err := db.SQL.PingContext(ctx); err != nil {
		return nil, err
	}
	go s.loop(context.TODO())
	return s, nil
}

func newServerWithLiteral(ctx context.Context, db *store.DB) (*server, error) {
	s := &server{db: db}
	if err := db.SQL.PingContext(ctx); err != nil {
		return nil, err
	}
	go func() { _ = s.loop(context.TODO()) }()
	return s, nil
}

func newServerWithEntry(ctx context.Context, db *store.DB) (*server, error) {
	s := &server{db: db}
	if err := db.SQL.PingContext(ctx); err != nil {
		return nil, err
	}
	go db.Check(context.TODO(), "old") // want `low goroutine: context\.TODO`
	return s, nil
}
