package cancelleak

import (
	"go/types"
	"slices"
)

// wraps reports whether the first result of a function reads from its argument when it
// is read itself, and not before.
func wraps(fn *types.Func) bool {
	if fn == nil || fn.Pkg() == nil || fn.Signature().Recv() != nil {
		return false
	}
	return slices.Contains(wrappers[fn.Pkg().Path()], fn.Name())
}

var wrappers = map[string][]string{
	"io":            {"LimitReader", "NopCloser", "TeeReader", "MultiReader"},
	"bufio":         {"NewReader", "NewReaderSize", "NewScanner"},
	"encoding/json": {"NewDecoder"},
	"encoding/xml":  {"NewDecoder"},
	"encoding/csv":  {"NewReader"},
}
