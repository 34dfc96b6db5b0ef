package vettool

import (
	"flag"
	"io"
	"slices"
	"strconv"

	"golang.org/x/tools/go/analysis"

	"github.com/ctxlint/ctxlint/internal/driver/vettool/unit"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
)

// What go vet is told of the flags in package unit.
const (
	recordsUsage   = "private: print records of the units in this comma-separated list of scopes (main, std, or a module's path)"
	decisionsUsage = "private: with records, also tell why nothing is said about a place"
	checkedUsage   = "private: the flags of analyzers have been checked"
	everyUsage     = "private: with records, analyse packages of the standard library without their tests, too"
)

// options is the command line of one run over a unit.
type options struct {
	cfgFile   string
	all       []*analysis.Analyzer
	enabled   []*analysis.Analyzer
	groups    []*groupOptions
	fix, diff bool
	unit.Mode
}

// ours reports whether this package implements the mode that the options ask
// for. The options are in cmd/go's cache key, so fact files written by
// unitchecker and by this package never meet.
func (o *options) ours() bool {
	if o.fix {
		return !o.JSON && o.Records == nil
	}
	return (o.JSON || o.Records != nil) && !o.diff
}

// parseOptions parses the arguments of a run over a unit. The flags are those
// of unitchecker; an error means that unitchecker should get the arguments, to
// handle them or to reject them in its own words.
func parseOptions(args []string, analyzers []*analysis.Analyzer, groups ...Group) (*options, error) {
	o := &options{all: analyzers}
	fs := flag.NewFlagSet("", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	enable := make(switches)
	for _, a := range analyzers {
		enable.add(fs, a.Name, nil)
		a.Flags.VisitAll(func(f *flag.Flag) { fs.Var(f.Value, a.Name+"."+f.Name, "") })
	}
	for _, g := range groups {
		o.groups = append(o.groups, declareGroup(fs, g, enable))
	}
	o.Declare(fs)
	fs.BoolVar(&o.fix, "fix", false, "")
	fs.BoolVar(&o.diff, "diff", false, "")
	fs.Int("c", -1, "")
	for _, name := range [...]string{"source", "v", "all"} {
		fs.Bool(name, false, "") // old flags of vet, without effect
	}
	fs.String("tags", "", "")
	least := fs.String(catalog.ConfidenceFlag, "", "")
	if err := fs.Parse(args); err != nil {
		return nil, err
	}
	var err error
	if o.cfgFile, err = unit.File(fs); err != nil {
		return nil, err
	}
	if err := setConfidence(fs, o, *least); err != nil {
		return nil, err
	}
	want := enable.wanted()
	o.enabled = slices.DeleteFunc(slices.Clone(analyzers), func(a *analysis.Analyzer) bool { return !want(a.Name) })
	for _, g := range o.groups {
		g.settle(want, *least, o.Records != nil)
	}
	return o, nil
}

const confidenceUsage = "report findings with this `level` of confidence or a higher one: high, medium or low; -NAME.confidence says so for one analyzer"

// setConfidence passes on the flag that all analyzers share to those whose own flag is
// not given. For records, all are asked for everything: then what is in the cache does
// not depend on what is shown.
func setConfidence(fs *flag.FlagSet, o *options, shared string) error {
	given := make(map[string]bool)
	fs.Visit(func(f *flag.Flag) { given[f.Name] = true })
	for _, a := range o.all {
		own := a.Flags.Lookup(catalog.ConfidenceFlag)
		level := shared
		if o.Records != nil {
			level = catalog.Least.String()
		} else if given[a.Name+"."+catalog.ConfidenceFlag] {
			continue
		}
		if own == nil || level == "" {
			continue
		}
		if err := own.Value.Set(level); err != nil {
			return err
		}
	}
	return nil
}

// switches are the flags that turn analyzers on and off, by name.
type switches map[string]*nameSwitch

// A nameSwitch is the flag of an analyzer. If it is not given, that of its group counts.
type nameSwitch struct {
	own   triState
	group *triState
}

// add declares the flag of an analyzer.
func (s switches) add(fs *flag.FlagSet, name string, group *triState) {
	s[name] = &nameSwitch{group: group}
	fs.Var(&s[name].own, name, "")
}

func (s *nameSwitch) state() triState {
	if s.own == unset && s.group != nil {
		return *s.group
	}
	return s.own
}

// wanted returns which analyzers run: those named by -NAME flags, if there are any such
// flags; otherwise all except those named by -NAME=false flags.
func (s switches) wanted() func(name string) bool {
	least := unset
	for _, one := range s {
		if one.state() == setTrue {
			least = setTrue
		}
	}
	return func(name string) bool {
		state := s[name].state()
		return state == setTrue || least == unset && state == unset
	}
}

// A triState is the value of a boolean flag that knows whether it was given.
type triState int

const (
	unset triState = iota
	setTrue
	setFalse
)

func (s *triState) Set(value string) error {
	b, err := strconv.ParseBool(value)
	if err != nil {
		return err
	}
	*s = setFalse
	if b {
		*s = setTrue
	}
	return nil
}

func (s *triState) String() string   { return strconv.FormatBool(*s == setTrue) }
func (s *triState) IsBoolFlag() bool { return true }
