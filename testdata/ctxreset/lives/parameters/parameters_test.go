package parameters

import (
	"context"
	"testing"

	"ctxlint.test/fixtures/ctxreset/store"
)

func TestTested(t *testing.T) {
	if err := tested(context.TODO(), new(store.DB), "1"); err != nil {
		t.Error(err)
	}
}

// A test has a context of its own, but the program does not.
func TestOne(t *testing.T) {
	if err := one(t.Context(), new(store.DB), "1"); err != nil {
		t.Error(err)
	}
}
