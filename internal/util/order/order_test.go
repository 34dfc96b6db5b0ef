package order_test

import (
	"slices"
	"testing"

	"github.com/ctxlint/ctxlint/internal/util/order"
)

func TestBools(t *testing.T) {
	got := []bool{true, false, true, false}
	slices.SortFunc(got, order.Bools)
	if want := []bool{false, false, true, true}; !slices.Equal(got, want) {
		t.Errorf("sorted %v", got)
	}
}
