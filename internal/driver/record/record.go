// Package record defines what one analysed compilation unit tells the command
// line: one JSON object per unit on the tool's standard output, which cmd/go
// stores in its build cache and replays.
//
// A record holds no absolute path of a file below the unit's own directory: the
// build cache may replay a record in another checkout (-trimpath drops the
// directory from the cache key), so the reader of records has to resolve names.
package record

import (
	"crypto/sha256"
	"encoding/hex"

	"github.com/ctxlint/ctxlint/internal/pass/arrivals"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/failures"
	"github.com/ctxlint/ctxlint/internal/pass/keys"
	"github.com/ctxlint/ctxlint/internal/pass/starts"
)

// DirVariable is the environment variable that names the directory for records, each in a
// file of its own, where the go command does not hand on what a vet tool prints. No
// variable of that name is in the build cache's keys. A file that is complete has a name
// that ends in FileSuffix.
const (
	DirVariable = "CTXLINT_RECORDS"
	FileSuffix  = ".json"
)

// Unit is the outcome of analysing one compilation unit.
type Unit struct {
	ID         string             `json:"id"`                  // cmd/go's unit ID, which variants of a package for tests may share
	ImportPath string             `json:"importPath"`          // package path, without the test-variant suffix
	ForTest    string             `json:"forTest,omitempty"`   // package under test, if the unit has _test.go files: ImportPath itself, or without "_test" for an external test
	Module     string             `json:"module,omitempty"`    // path of the module, empty for the standard library
	Version    string             `json:"version,omitempty"`   // version of the module, empty for a main module
	Imports    []string           `json:"imports,omitempty"`   // packages of the same module that it imports, sorted
	Starts     []starts.Start     `json:"starts,omitempty"`    // how it starts the commands of command lines, which may be in packages that it imports
	Keys       []keys.Use         `json:"keys,omitempty"`      // the keys of contexts that it sets, or may set
	Arrivals   []arrivals.Arrival `json:"arrivals,omitempty"`  // the contexts that it passes on
	Failures   []failures.Failure `json:"failures,omitempty"`  // what it does when functions have failed
	Program    bool               `json:"program,omitempty"`   // it is a main package
	Sinks      []Sink             `json:"sinks,omitempty"`     // places that set labels, sorted by position
	Findings   []Finding          `json:"findings,omitempty"`  // sorted by position, analyzer, category, message
	Decisions  []Decision         `json:"decisions,omitempty"` // why nothing is said about a place, if that was asked for; sorted by position
	Unused     []Ignore           `json:"unused,omitempty"`    // suppression comments that silenced nothing
	Covered    bool               `json:"covered,omitempty"`   // it was not analysed, because the variant with tests has its findings
	Error      string             `json:"error,omitempty"`     // why the unit could not be analysed, e.g. a type error
	ErrorPos   *Position          `json:"errorPos,omitempty"`  // where, if known
}

// Finding is one diagnostic with everything the output formats show.
type Finding struct {
	Analyzer      string              `json:"analyzer"`
	Category      string              `json:"category"`
	Message       string              `json:"message"`
	URL           string              `json:"url,omitempty"`
	Func          string              `json:"func,omitempty"` // enclosing declaration: "F", "T.M", "(*T).M"; part of the fingerprint
	Pos           Position            `json:"pos"`
	End           Position            `json:"end"`
	Related       []Related           `json:"related,omitempty"`
	Fixes         []Fix               `json:"fixes,omitempty"`
	Explained     bool                `json:"explained,omitempty"`    // a comment in plain words says that the code is intended, so it is a note
	Confidence    catalog.Confidence  `json:"confidence,omitzero"`    // "high" is left out
	Root          *catalog.Root       `json:"root,omitempty"`         // where its path ends; all findings of one root are here, each with a message of its own
	Assumes       starts.Assumption   `json:"assumes,omitzero"`       // settled by the Unit.Starts of a run
	AssumesKey    keys.Assumption     `json:"assumesKey,omitzero"`    // settled by the Unit.Keys of a run
	AssumesCaller arrivals.Assumption `json:"assumesCaller,omitzero"` // settled by the Unit.Arrivals of a run
	Leaving       failures.Way        `json:"leaving,omitzero"`       // by which a function is left where it does harm; settled by the Unit.Failures of a run
	Metric        catalog.Metric      `json:"metric,omitzero"`        // what a finding about time series is about
	Suppressed    *Suppression        `json:"suppressed,omitempty"`
}

// Decision is that of an analyzer to say nothing about a place.
type Decision struct {
	Analyzer string   `json:"analyzer"`
	Category string   `json:"category,omitempty"` // that a finding would have had, "" if that is open
	Reason   string   `json:"reason"`
	Pos      Position `json:"pos"`
}

// Sink is a place that sets labels of a metric.
type Sink struct {
	Metric string   `json:"metric"` // its name, with "*" for parts that are not constant
	Labels []string `json:"labels"`
	Pos    Position `json:"pos"`
}

// Position is a place in a source file. Line and Col count from 1, Col in
// bytes; Offset counts bytes from 0 and is only meaningful in Fix edits, where
// it refers to the raw file rather than to any //line directive.
//
// A File that is a base name, or that begins with "./" or "../", is relative to
// the unit's directory. Any other is absolute or, in Related and with
// -trimpath, as trimmed by the compiler: below an import path, with slashes.
// Files of the unit's module are never absolute, unless a //line directive says
// so.
type Position struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Col    int    `json:"col"`
	Offset int    `json:"offset,omitempty"`
}

// Related is one step of the explanation of a finding.
type Related struct {
	Pos     Position `json:"pos"`
	Message string   `json:"message"`
}

// Fix is a suggested fix. All edits are in one file.
type Fix struct {
	Message string `json:"message"`
	Edits   []Edit `json:"edits"`
	Sum     string `json:"sum,omitempty"` // of the file that was analysed; see [Sum]
}

// Sum returns what identifies the content of a file: edits fit no other content.
func Sum(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:16])
}

// Edit replaces the bytes Start.Offset..End.Offset of Start.File by New.
type Edit struct {
	Start Position `json:"start"`
	End   Position `json:"end"`
	New   string   `json:"new"`
}

// Suppression says which comment silenced a finding.
type Suppression struct {
	Pos    Position `json:"pos"`
	Reason string   `json:"reason,omitempty"`
}

// Ignore is a suppression comment that silenced nothing, or that is malformed
// (Problem is not empty).
type Ignore struct {
	Pos     Position `json:"pos"`
	Text    string   `json:"text"`
	Problem string   `json:"problem,omitempty"`
}
