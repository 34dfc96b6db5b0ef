package vettool

import (
	"flag"
	"os"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/ctxlint/ctxlint/internal/pass/catalog"
)

// A Group is analyzers that have one flag in common, -NAME, beside those of their own
// names. They have no facts and no options except for their confidence, so that they are
// made only for units whose findings are wanted: cmd/go starts the tool once for each
// dependency, too, and most of the time of such a run is that of its start.
type Group struct {
	Name    string
	Members []string                    // the names of the analyzers
	New     func() []*analysis.Analyzer // in the order of Members
}

// groupOptions is what the command line says about a group.
type groupOptions struct {
	Group
	state   triState
	levels  map[string]string // confidence by analyzer
	enabled map[string]bool
}

// declareGroup declares the flags of a group and of its analyzers.
func declareGroup(fs *flag.FlagSet, g Group, enable switches) *groupOptions {
	o := &groupOptions{Group: g, levels: make(map[string]string), enabled: make(map[string]bool)}
	fs.Var(&o.state, g.Name, "")
	for _, name := range g.Members {
		enable.add(fs, name, &o.state)
		fs.Func(name+"."+catalog.ConfidenceFlag, "", func(level string) error {
			o.levels[name] = level
			return new(catalog.Confidence).Set(level)
		})
	}
	return o
}

// settle decides which analyzers of the group run and what confidence they are asked for:
// see [setConfidence].
func (o *groupOptions) settle(want func(name string) bool, shared string, everything bool) {
	for _, name := range o.Members {
		o.enabled[name] = want(name)
		switch {
		case everything:
			o.levels[name] = catalog.Least.String()
		case o.levels[name] == "" && shared != "":
			o.levels[name] = shared
		}
	}
}

// analyzers makes the analyzers of the group that run.
func (o *groupOptions) analyzers() ([]*analysis.Analyzer, error) {
	if !slices.ContainsFunc(o.Members, func(name string) bool { return o.enabled[name] }) {
		return nil, nil
	}
	var all []*analysis.Analyzer
	for _, a := range o.New() {
		if !o.enabled[a.Name] {
			continue
		}
		if level := o.levels[a.Name]; level != "" {
			if err := a.Flags.Set(catalog.ConfidenceFlag, level); err != nil {
				return nil, err
			}
		}
		all = append(all, a)
	}
	return all, nil
}

// addGroups makes the analyzers of the groups and enables them.
func (o *options) addGroups() error {
	for _, g := range o.groups {
		analyzers, err := g.analyzers()
		if err != nil {
			return err
		}
		o.enabled = append(o.enabled, analyzers...)
	}
	return nil
}

// declareForUnitchecker declares the flag of the group for unitchecker, which knows no
// groups: the flag sets those of the analyzers. It moves to the front of the arguments,
// because the flag of an analyzer beats it wherever it is.
func (g Group) declareForUnitchecker() {
	flag.BoolFunc(g.Name, "enable the analyzers "+strings.Join(g.Members, ", "), func(value string) error {
		for _, name := range g.Members {
			if err := flag.Set(name, value); err != nil {
				return err
			}
		}
		return nil
	})
	slices.SortStableFunc(os.Args[1:], func(a, b string) int { return g.order(a) - g.order(b) })
}

func (g Group) order(arg string) int {
	if name, _, _ := strings.Cut(strings.TrimLeft(arg, "-"), "="); name == g.Name && strings.HasPrefix(arg, "-") {
		return 0
	}
	return 1
}
