package vettool

import (
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ctxlint/ctxlint/internal/driver/record"
	"github.com/ctxlint/ctxlint/internal/driver/vettool/unit"
)

// config is cmd/go's description of a compilation unit.
type config struct{ *unit.Config }

// forTest returns the path of the package under test, if the unit has test
// files: the unit's own path for a package compiled with its own tests, or the
// path of the package that the unit is the external test of. The config does
// not say which.
func (cfg config) forTest() string {
	isOther := func(name string) bool { return !unit.IsTest(name) }
	switch tested, ok := strings.CutSuffix(cfg.ImportPath, "_test"); {
	case !cfg.WithTests():
		return ""
	case ok && !slices.ContainsFunc(cfg.GoFiles, isOther) && filepath.Base(cfg.Dir) != path.Base(cfg.ImportPath):
		return tested
	}
	return cfg.ImportPath
}

// print writes v to the unit's standard output, which cmd/go caches, and returns
// the exit code.
func (cfg config) print(v fmt.Stringer) int {
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
func (cfg config) printRecord(v fmt.Stringer) int {
	dir := os.Getenv(record.DirVariable)
	if cfg.Replayed() || dir == "" {
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

// writeFacts writes the unit's fact file and returns the exit code.
func (cfg config) writeFacts(x *unit.FactFile) int {
	if err := cfg.WriteFacts(x); err != nil {
		return fail(err)
	}
	return 0
}
