package vettool

import (
	"maps"
	"os"
	"slices"

	"github.com/ctxlint/ctxlint/internal/pass/prefilter"
)

// factless reports whether the unit is known to have no facts of its own worth
// knowing before any of it is parsed. The answer is the same whether the unit's
// findings are wanted or not, because the fact file must be: its hash is part of
// the cache keys of all dependents.
//
//   - The Go distribution has none: what the analyzers need to know about it
//     stands in tables, as nogo has it too, which does not analyse it.
//   - A package of a main module always may have some.
//   - Any other has none if package prefilter knows no reason why it should, and
//     it does not mention anything that its imports' facts are about.
func (cfg *config) factless(in *imports) (bool, error) {
	switch {
	case cfg.std():
		return true, nil
	case cfg.main(), prefilter.Imports(maps.Keys(cfg.ImportMap)):
		return false, nil
	}
	var files [][]byte
	for _, name := range cfg.GoFiles {
		src, err := os.ReadFile(name)
		if err != nil {
			return false, err
		}
		files = append(files, src)
	}
	if slices.ContainsFunc(files, prefilter.Source) {
		return false, nil
	}
	for _, s := range in.sections {
		if s.local.usedBy(files) || s.travel.usedBy(files) {
			return false, nil
		}
	}
	return true, nil
}
