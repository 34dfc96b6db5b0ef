package unit

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
)

// A FactFile is the content of a fact file. A unit without facts whose imports have
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
type FactFile struct {
	Types    []byte // export data of the package, if [Config.CarryTypes] is set
	Sections []Section
}

// A Section holds the facts about one package.
type Section struct {
	Path          string
	Local, Travel Part
}

// A Part of a section holds encoded facts and what they are about. A part without facts is
// empty.
type Part struct {
	Subjects string // the names of the objects, separated by spaces; see [AnySubject]
	Facts    []byte
}

// magic starts every fact file that is not empty. Its number changes with
// the layout, although cmd/go never gives one build of the tool the files of
// another.
const magic = "ctxlint facts 1\n"

func (x *FactFile) empty() bool { return len(x.Types) == 0 && len(x.Sections) == 0 }

// Encode returns the bytes of the file. Sections must be sorted by path.
func (x *FactFile) Encode() []byte {
	if x.empty() {
		return nil
	}
	out := []byte(magic)
	out = appendBytes(out, x.Types)
	out = binary.AppendUvarint(out, uint64(len(x.Sections)))
	for _, s := range x.Sections {
		out = appendBytes(out, []byte(s.Path))
		for _, p := range [...]Part{s.Local, s.Travel} {
			out = appendBytes(out, []byte(p.Subjects))
			out = appendBytes(out, p.Facts)
		}
	}
	return out
}

func appendBytes(out, b []byte) []byte {
	return append(binary.AppendUvarint(out, uint64(len(b))), b...)
}

var errTruncated = errors.New("fact file is truncated")

// parseFactFile is the inverse of [FactFile.Encode]. The result shares data's memory.
func parseFactFile(data []byte) (*FactFile, error) {
	x := new(FactFile)
	if len(data) == 0 {
		return x, nil
	}
	rest, ok := bytes.CutPrefix(data, []byte(magic))
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
	x.Types = chunk()
	for n := number(); n > 0 && !failed; n-- {
		x.Sections = append(x.Sections, Section{
			Path:   string(chunk()),
			Local:  Part{string(chunk()), chunk()},
			Travel: Part{string(chunk()), chunk()},
		})
	}
	switch {
	case failed:
		return nil, errTruncated
	case len(rest) > 0:
		return nil, errors.New("fact file has extra bytes at its end")
	case !slices.IsSortedFunc(x.Sections, CompareSections):
		return nil, errors.New("fact file is not sorted")
	}
	return x, nil
}

// CompareSections orders sections as they are in a file.
func CompareSections(a, b Section) int { return strings.Compare(a.Path, b.Path) }

// Imports is the content of the fact files of a unit's direct imports.
type Imports struct {
	Sections map[string]Section // by package path
	Types    map[string][]byte  // export data by package path, if the files carry it
}

// ReadImports reads the fact files of the unit's imports. An import without a
// file has no facts: if the tool failed on a package, cmd/go gives no file, and
// has told the user.
func (cfg *Config) ReadImports() (*Imports, error) {
	in := &Imports{make(map[string]Section), make(map[string][]byte)}
	if cfg.Std() && !cfg.CarryTypes {
		return in, nil // the files exist, but are empty
	}
	for _, path := range slices.Sorted(maps.Keys(cfg.PackageVetx)) {
		file := cfg.PackageVetx[path]
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("facts of %s: %v", path, err)
		}
		x, err := parseFactFile(data)
		if err != nil {
			return nil, fmt.Errorf("facts of %s: %v (%s)", path, err, file)
		}
		if len(x.Types) > 0 {
			in.Types[path] = x.Types
		}
		for _, s := range x.Sections {
			// Within one build a package has one section, so copies that arrive
			// by different paths are equal, except for the part that does not
			// travel.
			if _, seen := in.Sections[s.Path]; !seen || s.Path == path {
				in.Sections[s.Path] = s
			}
		}
	}
	return in, nil
}

// Forward returns the file of a unit without facts of its own: those that a dependent may need.
func (in *Imports) Forward() *FactFile {
	out := new(FactFile)
	for _, s := range in.Sections {
		if len(s.Travel.Facts) > 0 {
			out.Sections = append(out.Sections, Section{Path: s.Path, Travel: s.Travel})
		}
	}
	slices.SortFunc(out.Sections, CompareSections)
	return out
}
