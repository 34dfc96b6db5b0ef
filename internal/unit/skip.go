package unit

import (
	"fmt"
	"maps"
	"os"

	"github.com/ctxlint/ctxlint/internal/relevance"
)

// factless reports whether the unit is known to have no facts worth knowing
// before any of it is parsed. The answer is the same whether the unit's findings
// are wanted or not, because the fact file must be: its hash is part of the
// cache keys of all dependents.
//
//   - The Go distribution has none: what the analyzers need to know about it
//     stands in tables, as nogo has it too, which does not analyse it.
//   - A package of a main module always may have some.
//   - Any other has none if none of its imports has, and package relevance knows
//     no reason why it should have some of its own.
func (cfg *config) factless() (bool, error) {
	switch {
	case cfg.std():
		return true, nil
	case cfg.main(), relevance.Imports(maps.Keys(cfg.ImportMap)):
		return false, nil
	}
	for path, file := range cfg.PackageVetx {
		info, err := os.Stat(file)
		if err != nil {
			return false, fmt.Errorf("facts of %s: %v", path, err)
		}
		if info.Size() > 0 {
			return false, nil
		}
	}
	for _, name := range cfg.GoFiles {
		src, err := os.ReadFile(name)
		if err != nil {
			return false, err
		}
		if relevance.Source(src) {
			return false, nil
		}
	}
	return true, nil
}
