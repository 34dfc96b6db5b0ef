package config

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/internal/util/plainfile"
)

// A ModuleFinder finds a file of a module that the main module requires, without the
// network: path is that of the module and, below it, of the file. Root is the module's
// directory.
type ModuleFinder func(path string) (file, root string, err error)

// The bounds of what a file may extend, directly and through others.
const (
	maxExtends = 10 // files in one chain
	maxFiles   = 50
)

// Read reads a configuration file, which may name only analyzers of the suite, and those
// that it extends, which are below root or in modules. The error lists every mistake in
// one of them as an [*Error].
func Read(file, root string, suite []analyzers.Entry, find ModuleFinder) (*Config, error) {
	r := &reader{suite: suite, find: find}
	data, err := plainfile.Read(file, maxSize)
	if err != nil {
		return nil, err
	}
	return r.combine(source{file: file, root: root}, data)
}

// A source is a configuration file, and how it came to be read.
type source struct {
	file  string
	root  string   // directory that what it extends has to be in, unless that is in a module
	chain []string // the files that extend it
}

type reader struct {
	suite []analyzers.Entry
	find  ModuleFinder
	read  int
}

// combine parses a file and returns it with what it extends.
func (r *reader) combine(src source, data []byte) (*Config, error) {
	own, err := Parse(src.file, data, r.suite)
	if err != nil {
		return nil, err
	}
	base := new(Config)
	for _, extended := range own.Extends {
		c, err := r.extended(src, extended.Text)
		if _, inFile := err.(interface{ Unwrap() []error }); err != nil && !inFile {
			err = errors.Join(&Error{src.file, extended.Pos, fmt.Sprintf("extends %s: %v", extended.Text, err)})
		}
		if err != nil {
			return nil, err
		}
		base = c.over(base)
	}
	return own.over(base), nil
}

// extended reads a file that another one extends.
func (r *reader) extended(by source, name string) (*Config, error) {
	src := source{root: by.root, chain: append(slices.Clip(by.chain), by.file)}
	if r.read++; r.read > maxFiles {
		return nil, fmt.Errorf("more than %d files are extended", maxFiles)
	}
	var err error
	switch path := filepath.FromSlash(name); {
	case isModulePath(name):
		if src.file, src.root, err = r.find(name); err != nil {
			return nil, err
		}
	case filepath.IsAbs(path) || strings.HasPrefix(name, "/"):
		return nil, fmt.Errorf("an absolute path is the same on no other machine: give a path relative to this file, or a file of a module")
	default:
		src.file = filepath.Join(filepath.Dir(by.file), path)
	}
	if _, ok := plainfile.Below(src.root, src.file); !ok {
		return nil, fmt.Errorf("the file is not in %s", src.root)
	}
	if _, err = plainfile.Within(src.root, src.file); err != nil {
		return nil, reason(err)
	}
	if slices.Contains(src.chain, src.file) {
		return nil, fmt.Errorf("that file extends this one")
	}
	if len(src.chain) > maxExtends {
		return nil, fmt.Errorf("the chain of files is longer than %d", maxExtends)
	}
	data, err := plainfile.Read(src.file, maxSize)
	if err != nil {
		return nil, reason(err)
	}
	c, err := r.combine(src, data)
	if err != nil {
		return nil, err
	}
	c.place(src.file)
	return c, nil
}

// reason returns an error without the name of the file.
func reason(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return errors.New("there is no such file")
	}
	return plainfile.Reason(err)
}

// isModulePath tells the path of a file in a module from that of a file beside: as with
// imports, the first element of the former has a dot in it.
func isModulePath(name string) bool {
	first, _, below := strings.Cut(name, "/")
	return below && strings.Contains(first, ".") && first != "." && first != ".."
}

// over returns the configuration that c makes of base, which it extends: c counts more
// wherever both say something about the same.
func (c *Config) over(base *Config) *Config {
	all := *c
	if len(c.Enable) == 0 {
		all.Enable = without(base.Enable, c.Disable)
	}
	all.Disable = append(without(base.Disable, slices.Concat(c.Enable, c.On, c.Disable)), c.Disable...)
	all.On = append(without(base.On, c.Disable), c.On...)
	all.Options = slices.Concat(base.Options, c.Options)
	all.Exclude = slices.Concat(base.Exclude, c.Exclude)
	all.Rules = slices.Concat(base.Rules, c.Rules)
	all.Baseline = cmp.Or(c.Baseline, base.Baseline)
	all.NewFrom = cmp.Or(c.NewFrom, base.NewFrom)
	all.Confidence = cmp.Or(c.Confidence, base.Confidence)
	all.FailOn = cmp.Or(c.FailOn, base.FailOn)
	all.Preset = cmp.Or(c.Preset, base.Preset)
	all.Ratchet = cmp.Or(c.Ratchet, base.Ratchet)
	if len(c.Evidence) == 0 {
		all.Evidence = base.Evidence
	}
	return &all
}

// without returns the items that name none of the others.
func without(items, others []Item) []Item {
	var left []Item
	for _, item := range items {
		if !slices.ContainsFunc(others, func(o Item) bool { return o.Text == item.Text }) {
			left = append(left, item)
		}
	}
	return left
}

// place notes in all that the file says that it is said there.
func (c *Config) place(file string) {
	note := func(p *Pos) {
		if *p != (Pos{}) {
			p.File = cmp.Or(p.File, file)
		}
	}
	lists := [][]Item{c.Enable, c.Disable, c.On, c.Evidence}
	for i := range c.Exclude {
		note(&c.Exclude[i].Pos)
		lists = append(lists, c.Exclude[i].Paths, c.Exclude[i].Checks)
	}
	for i := range c.Rules {
		note(&c.Rules[i].Pos)
		lists = append(lists, c.Rules[i].Paths)
		for j := range c.Rules[i].Severity {
			note(&c.Rules[i].Severity[j].Pos)
		}
	}
	for _, list := range lists {
		for i := range list {
			note(&list[i].Pos)
		}
	}
	for i := range c.Options {
		note(&c.Options[i].Pos)
	}
	for _, item := range []*Item{&c.Baseline, &c.NewFrom, &c.Confidence, &c.FailOn, &c.Preset, &c.Ratchet} {
		note(&item.Pos)
	}
}
