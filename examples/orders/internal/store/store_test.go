package store_test

import (
	"errors"
	"testing"

	"github.com/DATA-DOG/go-sqlmock"

	"example.com/orders/internal/store"
)

func newStore(t *testing.T) (*store.Store, sqlmock.Sqlmock) {
	t.Helper()
	db, mock, err := sqlmock.New()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := mock.ExpectationsWereMet(); err != nil {
			t.Error(err)
		}
		db.Close()
	})
	return store.New(db), mock
}

func TestGet(t *testing.T) {
	s, mock := newStore(t)
	columns := []string{"customer", "item", "quantity", "cents", "status"}
	mock.ExpectQuery("SELECT .* FROM orders").WithArgs("7").
		WillReturnRows(sqlmock.NewRows(columns).AddRow("ada", "tea", 2, 900, "paid"))
	mock.ExpectQuery("SELECT .* FROM orders").WithArgs("8").
		WillReturnRows(sqlmock.NewRows(columns))

	got, err := s.Get(t.Context(), "7")
	want := store.Order{ID: "7", Customer: "ada", Item: "tea", Quantity: 2, Cents: 900, Status: store.Paid}
	if err != nil || got != want {
		t.Errorf("Get(7) = %+v, %v; want %+v", got, err, want)
	}
	if _, err := s.Get(t.Context(), "8"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("Get(8) fails with %v, want %v", err, store.ErrNotFound)
	}
}

func TestAddIsAtomic(t *testing.T) {
	s, mock := newStore(t)
	full := errors.New("disk full")
	mock.ExpectBegin()
	mock.ExpectExec("INSERT INTO orders").WillReturnResult(sqlmock.NewResult(0, 1))
	mock.ExpectExec("INSERT INTO events").WillReturnError(full)
	mock.ExpectRollback()

	if err := s.Add(t.Context(), store.Order{ID: "7"}); !errors.Is(err, full) {
		t.Errorf("Add fails with %v, want %v", err, full)
	}
}
