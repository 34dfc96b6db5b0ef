package vettool

import (
	"encoding/json"
	"errors"
	"fmt"
	"go/version"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/ctxlint/ctxlint/internal/driver/record"
)

// config is cmd/go's description of a compilation unit.
type config struct {
	unitchecker.Config

	// carryTypes says that the fact file must also hold the package's types,
	// because dependents may not find them in export data.
	carryTypes bool
}

// readConfig reads a .cfg file.
func readConfig(filename string) (*config, error) {
	data, err := os.ReadFile(filename)
	if err != nil {
		return nil, err
	}
	cfg := new(config)
	if err := json.Unmarshal(data, &cfg.Config); err != nil {
		return nil, fmt.Errorf("%s is not a description of a unit: %v", filename, err)
	}
	if len(cfg.GoFiles) == 0 {
		return nil, fmt.Errorf("%s: package %s has no Go files", filename, cfg.ImportPath)
	}
	cfg.carryTypes = cfg.needTypes(os.Getenv("GOVERSION"))
	return cfg, nil
}

// needTypes decides whether the fact file must carry types. Up to go1.27, as
// its source shows, cmd/go compiles a unit's imports and names their export
// data in PackageFile. It may stop doing so once vet tools export types
// (go.dev/issue/79454). So from go1.28 on, a unit decides by whether it is
// given export data itself: its dependents, about which it cannot know, are in
// the same build. A package without imports has nothing to decide by, and
// always carries its types.
func (cfg *config) needTypes(goVersion string) bool {
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

// std reports whether the unit belongs to the Go distribution. The config does
// not say, but cmd/go exports GOROOT to its children.
func (cfg *config) std() bool {
	root := os.Getenv("GOROOT")
	return root != "" && strings.HasPrefix(cfg.Dir, filepath.Join(root, "src")+string(filepath.Separator))
}

// module returns the unit's module as far as cmd/go tells: nothing for the Go
// distribution, path and version before go1.27, everything since.
func (cfg *config) module() *analysis.Module {
	if cfg.Module == nil && cfg.ModulePath != "" {
		return &analysis.Module{Path: cfg.ModulePath, Version: cfg.ModuleVersion, GoVersion: cfg.GoVersion}
	}
	return cfg.Module
}

// main reports whether the unit is the user's own code: it belongs to a main
// module, or to no module at all (files named on the command line, GOPATH mode).
func (cfg *config) main() bool {
	m := cfg.module()
	return !cfg.std() && (m == nil || m.Version == "")
}

func isTest(name string) bool { return strings.HasSuffix(name, "_test.go") }

// withTests reports whether the unit has test files.
func (cfg *config) withTests() bool { return slices.ContainsFunc(cfg.GoFiles, isTest) }

// forTest returns the path of the package under test, if the unit has test
// files: the unit's own path for a package compiled with its own tests, or the
// path of the package that the unit is the external test of. The config does
// not say which.
func (cfg *config) forTest() string {
	isOther := func(name string) bool { return !isTest(name) }
	switch tested, ok := strings.CutSuffix(cfg.ImportPath, "_test"); {
	case !cfg.withTests():
		return ""
	case ok && !slices.ContainsFunc(cfg.GoFiles, isOther) && filepath.Base(cfg.Dir) != path.Base(cfg.ImportPath):
		return tested
	}
	return cfg.ImportPath
}

// print writes v to the unit's standard output, which cmd/go caches, and returns
// the exit code.
func (cfg *config) print(v fmt.Stringer) int {
	// Before go1.26 cmd/go reads the tool's own standard output.
	out := os.Stdout
	if cfg.Stdout != "" {
		f, err := os.Create(cfg.Stdout)
		if err != nil {
			return fail(err)
		}
		out = f
	}
	if _, err := out.WriteString(v.String()); err != nil {
		return fail(err)
	}
	if err := out.Close(); err != nil {
		return fail(err)
	}
	return 0
}

// printRecord hands a record to the command: on standard output, or in a directory if
// the go command does not hand that on. It returns the exit code.
func (cfg *config) printRecord(v fmt.Stringer) int {
	dir := os.Getenv(record.DirVariable)
	if cfg.replayed() || dir == "" {
		return cfg.print(v)
	}
	f, err := os.CreateTemp(dir, "unit*")
	if err != nil {
		return fail(err)
	}
	_, err = f.WriteString(v.String())
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), f.Name()+record.FileSuffix)
	}
	if err != nil {
		return fail(err)
	}
	return 0
}

// replayed reports whether cmd/go keeps what the unit prints, and prints it again when
// the unit is not analysed anew. Before go1.26 it does not: it analyses a unit that was
// asked for in each run, and keeps only the facts of any other.
func (cfg *config) replayed() bool { return cfg.Stdout != "" }

// writeVetx writes the unit's fact file and returns the exit code.
func (cfg *config) writeVetx(x *vetx) int {
	if cfg.VetxOutput == "" {
		return 0
	}
	if err := os.WriteFile(cfg.VetxOutput, x.encode(), 0o666); err != nil {
		return fail(err)
	}
	return 0
}
