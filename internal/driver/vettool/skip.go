package vettool

import (
	"maps"
	"os"
	"slices"

	"github.com/ctxlint/ctxlint/internal/pass/prefilter"
)

// factless reports whether it is known, before any of the unit is parsed, that
// it has no facts of its own worth knowing. The answer must not depend on
// whether the unit's findings are wanted, because the fact file must not: its
// hash is part of the cache keys of all dependents.
//
//   - The Go distribution has none: what the analyzers need to know about it is
//     in tables, which nogo, too, has to rely on.
//   - A package of a main module may always have some.
//   - Any other has none if package prefilter knows no reason why it should and
//     it mentions nothing that its imports' facts are about.
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
