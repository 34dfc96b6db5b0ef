package concurrency

import (
	"go/types"
	"strings"

	"github.com/ctxlint/ctxlint/internal/model/waits"
)

// joins reports whether a function of another package may wait for goroutines
// that this package started. Its name tells, as it must for whoever reads the
// call; what nobody handed the goroutine to cannot wait for it.
func joins(fn *types.Func) bool {
	if waits.Known(fn) == waits.Wait || waits.Known(fn) == waits.Sleep {
		return true
	}
	for _, word := range [...]string{"Wait", "Join", "Close", "Stop", "Shutdown", "Finish", "Drain", "Flush", "Sync", "Run", "Serve", "Do"} {
		if strings.HasPrefix(fn.Name(), word) {
			return true
		}
	}
	return false
}
