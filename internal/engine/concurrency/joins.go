package concurrency

import (
	"go/types"

	"github.com/ctxlint/ctxlint/internal/model/waits"
	"github.com/ctxlint/ctxlint/internal/model/words"
)

// joins reports whether a function of another package may wait for goroutines
// that this package started. It judges by the name, as any reader of the call
// has to. A function that was handed nothing of the goroutine's cannot wait for
// it.
func joins(fn *types.Func) bool {
	if waits.Known(fn) == waits.Wait || waits.Known(fn) == waits.Sleep {
		return true
	}
	return words.Joins.Leads(fn.Name())
}
