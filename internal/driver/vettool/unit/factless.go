package unit

import (
	"bytes"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/ctxlint/ctxlint/internal/pass/prefilter"
)

// Factless reports whether it is known, before any of the unit is parsed, that
// it has no facts of its own worth knowing. The answer must not depend on
// whether the unit's findings are wanted, because the fact file must not: its
// hash is part of the cache keys of all dependents.
//
//   - The Go distribution has none: what the analyzers need to know about it is
//     in tables, which nogo, too, has to rely on.
//   - A package of a main module may always have some.
//   - Any other has none if package prefilter knows no reason why it should and
//     it mentions nothing that its imports' facts are about.
func (cfg *Config) Factless(in *Imports) (bool, error) {
	switch {
	case cfg.Std():
		return true, nil
	case cfg.Promising():
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
	for _, s := range in.Sections {
		if s.Local.usedBy(files) || s.Travel.usedBy(files) {
			return false, nil
		}
	}
	return true, nil
}

// Promising reports whether the unit may have facts of its own because of where it belongs or
// what it imports.
func (cfg *Config) Promising() bool {
	return !cfg.Std() && (cfg.Main() || prefilter.Imports(maps.Keys(cfg.ImportMap)))
}

// The subjects of a part are the names of the objects that its facts are about,
// separated by spaces. A dependency that mentions none of them has no use for
// the facts, and so need not be analysed because of them.

// AnySubject stands for objects that can matter even where their names do not
// occur.
const AnySubject = "*"

// usedBy reports whether one of the Go files can make use of the part's facts.
// It searches bytes, so it may be true when it should be false.
func (p Part) usedBy(files [][]byte) bool {
	for name := range strings.FieldsSeq(p.Subjects) {
		for _, src := range files {
			if name == AnySubject || bytes.Contains(src, []byte("."+name)) || bytes.Contains(src, dotImport) {
				return true
			}
		}
	}
	return false
}

// dotImport is the beginning of an import that makes dots unnecessary.
var dotImport = []byte(`. "`)
