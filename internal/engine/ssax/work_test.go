package ssax_test

import (
	"slices"
	"testing"

	"github.com/ctxlint/ctxlint/internal/engine/ssax"
)

func TestWork(t *testing.T) {
	next := map[int][]int{1: {2, 3}, 2: {1, 4}, 3: {3, 4}, 4: nil}
	start := make([]int, 1, 4) // with room that the work must not use
	start[0] = 1
	work := ssax.NewWork(start...)
	var got []int
	for x := range work.All() {
		got = append(got, x)
		work.Add(next[x]...)
	}
	equal(t, "the latest first, each once", slices.Equal(got, []int{1, 3, 4, 2}), true)
	equal(t, "the list that it began with", slices.Equal(start[:4], []int{1, 0, 0, 0}), true)
	equal(t, "what was yielded", work.Seen(4), true)
	equal(t, "what was not", work.Seen(5), false)
	for range ssax.NewWork(1, 2).All() {
		return // may stop at any time
	}
	t.Error("nothing was yielded")
}
