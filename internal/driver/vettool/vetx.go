package vettool

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"go/token"
	"go/types"
	"maps"
	"os"
	"slices"
	"strings"

	"golang.org/x/tools/go/gcexportdata"
)

// A vetx is the content of a fact file. A unit without facts whose imports have
// none to pass on has an empty file.
//
// Facts are kept in sections, one per package. A section has two parts. Facts
// about package-level functions and variables, and about the package itself,
// are useful only to direct importers, since nobody else can name their
// subject. Facts about types, fields and methods travel: a value of the type
// may turn up in any dependent. So a unit's file holds its own section as a
// whole, and the travelling part of the sections of all packages below it.
// Since a section never changes on its way, it can be passed on without being
// decoded.
type vetx struct {
	types    []byte // export data of the package, if config.carryTypes
	sections []section
}

// A section holds the facts about one package.
type section struct {
	path          string
	local, travel part
}

// A part of a section holds encoded facts (see encodeFacts) and what they are
// about (see subjects). A part without facts is empty.
type part struct {
	subjects string
	facts    []byte
}

// vetxMagic starts every fact file that is not empty. Its number changes with
// the layout, although cmd/go never gives one build of the tool the files of
// another.
const vetxMagic = "ctxlint facts 1\n"

func (x *vetx) empty() bool { return len(x.types) == 0 && len(x.sections) == 0 }

// encode returns the bytes of the file. Sections must be sorted by path.
func (x *vetx) encode() []byte {
	if x.empty() {
		return nil
	}
	out := []byte(vetxMagic)
	out = appendBytes(out, x.types)
	out = binary.AppendUvarint(out, uint64(len(x.sections)))
	for _, s := range x.sections {
		out = appendBytes(out, []byte(s.path))
		for _, p := range [...]part{s.local, s.travel} {
			out = appendBytes(out, []byte(p.subjects))
			out = appendBytes(out, p.facts)
		}
	}
	return out
}

func appendBytes(out, b []byte) []byte {
	return append(binary.AppendUvarint(out, uint64(len(b))), b...)
}

var errTruncated = errors.New("fact file is truncated")

// parseVetx is the inverse of encode. The result shares data's memory.
func parseVetx(data []byte) (*vetx, error) {
	x := new(vetx)
	if len(data) == 0 {
		return x, nil
	}
	rest, ok := bytes.CutPrefix(data, []byte(vetxMagic))
	if !ok {
		return nil, errors.New("not a fact file of this version of ctxlint")
	}
	// After an error, a reader yields only empty values.
	failed := false
	number := func() uint64 {
		v, n := binary.Uvarint(rest)
		if n <= 0 {
			failed, rest = true, nil
			return 0
		}
		rest = rest[n:]
		return v
	}
	chunk := func() []byte {
		n := number()
		if n > uint64(len(rest)) {
			failed, rest = true, nil
			return nil
		}
		b := rest[:n:n]
		rest = rest[n:]
		return b
	}
	x.types = chunk()
	for n := number(); n > 0 && !failed; n-- {
		x.sections = append(x.sections, section{
			path:   string(chunk()),
			local:  part{string(chunk()), chunk()},
			travel: part{string(chunk()), chunk()},
		})
	}
	switch {
	case failed:
		return nil, errTruncated
	case len(rest) > 0:
		return nil, errors.New("fact file has extra bytes at its end")
	case !slices.IsSortedFunc(x.sections, compareSections):
		return nil, errors.New("fact file is not sorted")
	}
	return x, nil
}

func compareSections(a, b section) int { return strings.Compare(a.path, b.path) }

// setTypes adds pkg's export data to the file.
func (x *vetx) setTypes(fset *token.FileSet, pkg *types.Package) error {
	var buf bytes.Buffer
	if err := gcexportdata.Write(&buf, fset, pkg); err != nil {
		return fmt.Errorf("exporting the types of %s: %v", pkg.Path(), err)
	}
	x.types = buf.Bytes()
	return nil
}

// imports is the content of the fact files of a unit's direct imports.
type imports struct {
	sections map[string]section // by package path
	types    map[string][]byte  // export data by package path, if the files carry it
}

// readImports reads the fact files of the unit's imports. An import without a
// file has no facts: if the tool failed on a package, cmd/go gives no file, and
// has told the user.
func readImports(cfg *config) (*imports, error) {
	in := &imports{make(map[string]section), make(map[string][]byte)}
	if cfg.std() && !cfg.carryTypes {
		return in, nil // the files exist, but are empty
	}
	for _, path := range slices.Sorted(maps.Keys(cfg.PackageVetx)) {
		file := cfg.PackageVetx[path]
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("facts of %s: %v", path, err)
		}
		x, err := parseVetx(data)
		if err != nil {
			return nil, fmt.Errorf("facts of %s: %v (%s)", path, err, file)
		}
		if len(x.types) > 0 {
			in.types[path] = x.types
		}
		for _, s := range x.sections {
			// Within one build a package has one section, so copies that arrive
			// by different paths are equal, except for the part that does not
			// travel.
			if _, seen := in.sections[s.path]; !seen || s.path == path {
				in.sections[s.path] = s
			}
		}
	}
	return in, nil
}

// forward returns the sections that a dependent of the unit may need, sorted.
func (in *imports) forward() []section {
	var out []section
	for _, s := range in.sections {
		if len(s.travel.facts) > 0 {
			out = append(out, section{path: s.path, travel: s.travel})
		}
	}
	slices.SortFunc(out, compareSections)
	return out
}
