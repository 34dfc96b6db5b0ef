// Package config reads .ctxlint.yml, the configuration of the command line, and
// combines it with the flags into the settings of a run.
//
// What concerns an analyzer (whether it runs, its options) becomes flags of the
// analysis, so that the build cache distinguishes it. What concerns paths
// (exclude, rules) is applied to the findings afterwards.
package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/ctxlint/ctxlint/analyzers"
)

// FileName is the usual name of the configuration file, at the root of a module or
// workspace.
const FileName = ".ctxlint.yml"

// Names of the configuration file.
var fileNames = []string{FileName, ".ctxlint.yaml"}

// Where the format of the file is described, for editors and for people.
const (
	SchemaURL = "https://raw.githubusercontent.com/ctxlint/ctxlint/main/docs/schema/config.schema.json"
	DocsURL   = "https://github.com/ctxlint/ctxlint/blob/main/docs/config.md"
)

// A Config is the content of a configuration file; docs/config.md describes it.
// The zero Config is that of an empty file.
type Config struct {
	File     string // absolute path, "" if there is no file
	Extends  []Item // other configuration files
	Enable   []Item // analyzers
	Disable  []Item // analyzers
	On       []Item // analyzers of groups that the file turns on
	Options  []Option
	Exclude  []Exclude
	Rules    []Rule
	Baseline Item   // a file
	NewFrom  Item   // a revision
	Evidence []Item // files

	Confidence Item // a level
	FailOn     Item // a severity, or never
	Preset     Item // the name of one
	Ratchet    Item // true or false
}

// Pos is a place in the configuration file, or in one that it extends, whose name then is
// File. Line and column count from 1.
type Pos struct {
	Line, Col int
	File      string
}

// An Item is a word of the file.
type Item struct {
	Text string
	Pos  Pos

	Group string // that the file names there instead of the analyzer, "" if it names the analyzer
}

// An Option sets a flag of an analyzer.
type Option struct {
	Analyzer string
	Name     string
	Value    string
	Pos      Pos
}

// An Exclude silences findings below some paths.
type Exclude struct {
	Paths  []Item // globs
	Checks []Item // "analyzer" or "analyzer/category"; none means all
	Reason string
	Pos    Pos
}

// A Rule sets the severity of findings below some paths, and thereby turns on,
// there, checks that are off elsewhere.
type Rule struct {
	Paths    []Item // globs
	Severity []Level
	Pos      Pos
}

// A Level is the severity of a check.
type Level struct {
	Check    string // "analyzer" or "analyzer/category"
	Severity analyzers.Severity
	Pos      Pos
	Group    string // that the file names there, as for an Item
}

// An Error is a mistake in a configuration file.
type Error struct {
	File    string
	Pos     Pos // zero if the file cannot be read
	Message string
}

func (e *Error) Error() string {
	if e.Pos == (Pos{}) {
		return e.File + ": " + e.Message
	}
	return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Pos.Line, e.Pos.Col, e.Message)
}

// Find returns the configuration file of a module or workspace: the one beside
// the main module's go.mod, else the one beside go.work, or "" if there is
// neither. Two files in one directory are an error.
func Find(goMod, goWork string) (string, error) {
	for _, root := range []string{goMod, goWork} {
		if root == "" || root == os.DevNull {
			continue
		}
		var found []string
		for _, name := range fileNames {
			file := filepath.Join(filepath.Dir(root), name)
			if _, err := os.Stat(file); err == nil {
				found = append(found, file)
			} else if !errors.Is(err, fs.ErrNotExist) {
				return "", err
			}
		}
		switch len(found) {
		case 1:
			return found[0], nil
		case 2:
			return "", fmt.Errorf("both %s and %s exist: remove one of them", found[0], fileNames[1])
		}
	}
	return "", nil
}

// maxSize is the size up to which a configuration file is read.
const maxSize = 1 << 20
