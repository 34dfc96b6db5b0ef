package tests

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"

	"ctxlint.test/fixtures/ctxreset/store"
)

func TestLoad(t *testing.T) {
	db := new(store.DB)
	if _, err := load(context.TODO(), db, "1"); err != nil {
		t.Fatal(err)
	}
	if err := reset(db, "1"); err != nil {
		t.Fatal(err)
	}
	check(t.Context(), t, db)
}

func check(ctx context.Context, t *testing.T, db *store.DB) {
	if _, err := load(context.TODO(), db, "1"); err != nil {
		t.Fatal(err)
	}
	if err := reset(db, "1"); err != nil {
		t.Fatal(err)
	}
}

func TestHandler(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		load(context.TODO(), new(store.DB), r.URL.Path)
	}))
	defer srv.Close()
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		load(context.TODO(), new(store.DB), "1")
	}
}
