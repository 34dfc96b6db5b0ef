// Package unit is what the vet tool has to know of a compilation unit before any of it is
// parsed: cmd/go's description, the facts of its imports as they are in files, whether it can
// have facts of its own, and how it is to be answered. Package vettool does the rest.
//
// It is kept small for the sake of package early: it knows nothing of go/types and
// golang.org/x/tools, nor of what is initialised late in the standard library, such as
// path/filepath.
package unit

import (
	"encoding/json"
	"fmt"
	"go/version"
	"os"
	"slices"
	"strings"
	"time"
)

// A Config is what package vettool needs of cmd/go's description of a compilation unit. The
// fields are those of unitchecker.Config in golang.org/x/tools, which says more about them.
type Config struct {
	ID            string
	Dir           string
	ImportPath    string
	GoVersion     string
	GoFiles       []string
	NonGoFiles    []string
	IgnoredFiles  []string
	ModulePath    string // before go1.27
	ModuleVersion string
	Module        *Module           // since go1.27
	ImportMap     map[string]string // from the paths in imports to those of packages
	PackageFile   map[string]string // export data
	PackageVetx   map[string]string // fact files
	VetxOnly      bool
	VetxOutput    string
	Stdout        string
	FixArchive    string

	// CarryTypes says that the fact file must also hold the package's types, because
	// dependents may not find them in export data.
	CarryTypes bool `json:"-"`
}

// A Module describes the unit's module, as analysis.Module in golang.org/x/tools does.
type Module struct {
	Path      string
	Version   string // "" for a main module
	Replace   *Module
	Time      *time.Time
	Main      bool
	Indirect  bool
	Dir       string
	GoMod     string
	GoVersion string
	Error     *ModuleError
}

// A ModuleError says why a module could not be loaded.
type ModuleError struct{ Err string }

// Read reads a .cfg file.
func Read(filename string) (*Config, error) {
	data, err := os.ReadFile(filename)
	if err != nil {
		return nil, err
	}
	cfg := new(Config)
	if err := json.Unmarshal(data, cfg); err != nil {
		return nil, fmt.Errorf("%s is not a description of a unit: %v", filename, err)
	}
	if len(cfg.GoFiles) == 0 {
		return nil, fmt.Errorf("%s: package %s has no Go files", filename, cfg.ImportPath)
	}
	cfg.CarryTypes = cfg.needTypes(os.Getenv("GOVERSION"))
	return cfg, nil
}

// needTypes decides whether the fact file must carry types. Up to go1.27, as
// its source shows, cmd/go compiles a unit's imports and names their export
// data in PackageFile. It may stop doing so once vet tools export types
// (go.dev/issue/79454). So from go1.28 on, a unit decides by whether it is
// given export data itself: its dependents, about which it cannot know, are in
// the same build. A package without imports has nothing to decide by, and
// always carries its types.
func (cfg *Config) needTypes(goVersion string) bool {
	for word := range strings.FieldsSeq(goVersion) { // "go1.26.1 X:exp", "devel go1.28-abcdef Mon ..."
		if v, _, _ := strings.Cut(word, "-"); version.IsValid(v) && version.Compare(version.Lang(v), "go1.28") < 0 {
			return false
		}
	}
	imports := 0
	for _, path := range cfg.ImportMap {
		if path == "unsafe" {
			continue
		}
		if cfg.PackageFile[path] == "" {
			return true
		}
		imports++
	}
	return imports == 0
}

// Std reports whether the unit belongs to the Go distribution. The config does
// not say, but cmd/go exports GOROOT to its children, in its shortest form.
func (cfg *Config) Std() bool {
	root := os.Getenv("GOROOT")
	return root != "" && strings.HasPrefix(cfg.Dir, root+separator+"src"+separator)
}

const separator = string(os.PathSeparator)

// Owner returns the unit's module as far as cmd/go tells: nothing for the Go
// distribution, path and version before go1.27, everything since.
func (cfg *Config) Owner() *Module {
	if cfg.Module == nil && cfg.ModulePath != "" {
		return &Module{Path: cfg.ModulePath, Version: cfg.ModuleVersion, GoVersion: cfg.GoVersion}
	}
	return cfg.Module
}

// Main reports whether the unit is the user's own code: it belongs to a main
// module, or to no module at all (files named on the command line, GOPATH mode).
func (cfg *Config) Main() bool {
	m := cfg.Owner()
	return !cfg.Std() && (m == nil || m.Version == "")
}

// IsTest reports whether a file is for tests.
func IsTest(name string) bool { return strings.HasSuffix(name, "_test.go") }

// WithTests reports whether the unit has test files.
func (cfg *Config) WithTests() bool { return slices.ContainsFunc(cfg.GoFiles, IsTest) }

// Replayed reports whether cmd/go keeps what the unit prints, and prints it again when
// the unit is not analysed anew. Before go1.26 it does not: it analyses a unit that was
// asked for in each run, and keeps only the facts of any other.
func (cfg *Config) Replayed() bool { return cfg.Stdout != "" }

// Wanted reports whether the unit's findings are wanted, in records if that lists scopes and
// otherwise in vet's JSON.
func (cfg *Config) Wanted(records Scope) bool {
	if records == nil {
		return !cfg.VetxOnly
	}
	// VetxOnly is not part of cmd/go's cache key: a package that was analysed as a dependency
	// is not analysed again when it is asked for. So for records, a unit's outcome does not
	// depend on VetxOnly, unless nothing is replayed.
	return records.Include(cfg) && (cfg.Replayed() || !cfg.VetxOnly)
}

// WriteFacts writes the unit's fact file.
func (cfg *Config) WriteFacts(x *FactFile) error {
	if cfg.VetxOutput == "" {
		return nil
	}
	return os.WriteFile(cfg.VetxOutput, x.Encode(), 0o666)
}
