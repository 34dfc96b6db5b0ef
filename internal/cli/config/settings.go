package config

import (
	"flag"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
)

// CommandLine is what the flags say about analyzers.
type CommandLine struct {
	Switches map[string]bool   // -NAME and -NAME=false, of analyzers and groups
	Options  map[string]string // -NAME.option=value, keyed by "NAME.option"
	Baseline *string           // -baseline, an absolute path or ""
	NewFrom  *string           // -new-from
	Evidence *string           // -evidence
	Only     []string          // -only, as [FindChecks] returns them; nil for all
	FailOn   *string           // -fail-on
	Preset   *string           // -preset
	Ratchet  *string           // -ratchet, "true" or "false"

	Confidence *string // -confidence
}

// Settings are what a run does, according to the configuration file and the
// flags, which take precedence.
type Settings struct {
	File      string // the configuration file, "" if there is none
	Root      string // absolute path that globs are relative to
	Analyzers []Analyzer
	Baseline  Value // absolute path of a file, "" for none
	NewFrom   Value // revision, "" for none
	Evidence  Value // files, separated by commas, "" for none
	Preset    Value // the name of one, "" for none
	Ratchet   Value // "true" if the baseline may only shrink
	FailOn    Value // the least severity of a finding that fails the run, or never; "" for any
	// Confidence is the least that a finding has which is shown, where an option of its
	// analyzer does not say something else.
	Confidence Value
	exclude    []Exclude
	rules      []Rule
	only       only
	silenced   map[int]bool // entries of exclude, by index, that have silenced something
}

// An Analyzer is an analyzer with its settings.
type Analyzer struct {
	analyzers.Entry
	On      bool   // findings are reported unless a rule says otherwise
	Runs    bool   // it is on, or a rule needs it
	Origin  string // where On was set
	Options []Value
	only    []string // categories that the command line asks for, nil for all
}

// A Value is the setting of an option.
type Value struct {
	Name, Text string
	Origin     string // where it was set
}

// Origins of settings other than a place in the configuration file.
const (
	byDefault     = "default"
	byCommandLine = "command line"
)

// Settle combines the configuration and the command line, whose names and
// values must have been validated. It is an error if no analyzer would run.
func Settle(c *Config, flags CommandLine, suite []analyzers.Entry, root string) (*Settings, error) {
	s := &Settings{File: c.File, Root: root, exclude: c.Exclude, rules: c.Rules, only: flags.Only, silenced: make(map[int]bool)}
	s.Preset = c.setting("preset", c.Preset, flags.Preset)
	preset := choose(s.Preset)
	runs := false
	for _, e := range suite {
		a := Analyzer{Entry: e}
		a.On, a.Origin = c.enabled(e.Name)
		if a.Origin == byDefault && preset.turnsOff(e) && !c.turnsOn(e.Name) {
			a.On, a.Origin = false, preset.origin
		}
		a.Runs = a.On || c.ruledIn(e.Name)
		if on, named, ok := flags.enabled(e); ok {
			// The command line also beats the rules.
			a.On, a.Runs, a.Origin = on && (a.On || named), on && (a.Runs || named), byCommandLine
		}
		a.Options = c.values(e.Name, flags, preset)
		s.only.narrow(&a)
		s.Analyzers = append(s.Analyzers, a)
		runs = runs || a.Runs
	}
	s.Baseline = c.setting("baseline", c.Baseline, flags.Baseline)
	if file := s.Baseline.Text; file != "" && !filepath.IsAbs(file) {
		s.Baseline.Text = filepath.Join(root, filepath.FromSlash(file))
	}
	s.NewFrom = c.setting("new-from", c.NewFrom, flags.NewFrom)
	s.Ratchet = c.setting("ratchet", c.Ratchet, flags.Ratchet)
	s.FailOn = c.setting("fail-on", c.FailOn, flags.FailOn)
	s.Evidence = c.setting("evidence", joined(c.Evidence, root), flags.Evidence)
	s.Confidence = c.setting(catalog.ConfidenceFlag, c.Confidence, flags.Confidence)
	if s.Confidence.Text == "" && preset.confidence != "" {
		s.Confidence = Value{catalog.ConfidenceFlag, preset.confidence, preset.origin}
	}
	if !runs {
		return nil, fmt.Errorf("every analyzer is turned off: there is nothing to do")
	}
	return s, nil
}

// setting returns the value of a key of the file, or of the flag that overrides
// it.
func (c *Config) setting(name string, item Item, flag *string) Value {
	switch {
	case flag != nil:
		return Value{name, *flag, byCommandLine}
	case item.Text != "":
		return Value{name, item.Text, c.origin(item.Pos)}
	}
	return Value{Name: name, Origin: byDefault}
}

// List returns the items of a value that is a list.
func (v Value) List() []string {
	var out []string
	for item := range strings.SplitSeq(v.Text, ",") {
		if item = strings.TrimSpace(item); item != "" {
			out = append(out, item)
		}
	}
	return out
}

// joined returns the names of files in the configuration, which are relative to root, as
// one item.
func joined(files []Item, root string) Item {
	if len(files) == 0 {
		return Item{}
	}
	var names []string
	for _, f := range files {
		name := filepath.FromSlash(f.Text)
		if !filepath.IsAbs(name) && name != "-" {
			name = filepath.Join(root, name)
		}
		names = append(names, name)
	}
	return Item{Text: strings.Join(names, ","), Pos: files[0].Pos}
}

// enabled says whether the file lets an analyzer run, and where it says so.
func (c *Config) enabled(name string) (on bool, origin string) {
	for _, item := range c.Disable {
		if item.Text == name {
			return false, c.origin(item.Pos)
		}
	}
	if len(c.Enable) == 0 {
		return true, byDefault
	}
	for _, item := range c.Enable {
		if item.Text == name {
			return true, c.origin(item.Pos)
		}
	}
	return false, c.origin(c.Enable[0].Pos)
}

// turnsOn reports whether the file turns an analyzer on beside all others.
func (c *Config) turnsOn(name string) bool {
	return slices.ContainsFunc(c.On, func(item Item) bool { return item.Text == name })
}

// ruledIn reports whether some rule asks for an analyzer's findings.
func (c *Config) ruledIn(name string) bool {
	for _, r := range c.Rules {
		for _, l := range r.Severity {
			if analyzer, _ := splitCheck(l.Check); analyzer == name {
				return true
			}
		}
	}
	return false
}

// enabled says whether the flags turn an analyzer on or off, and whether they name it, or
// its group; ok is false if they leave that to the file. As in go vet, naming analyzers
// runs only these, and switching analyzers off leaves the others as they are.
func (l CommandLine) enabled(e analyzers.Entry) (on, named, ok bool) {
	for _, name := range []string{e.Name, e.Group} {
		if on, ok := l.Switches[name]; ok {
			return on, on, true
		}
	}
	for _, on := range l.Switches {
		if on {
			return false, false, true
		}
	}
	return false, false, false
}

func (c *Config) values(analyzer string, flags CommandLine, preset chosen) []Value {
	values := make(map[string]Value)
	set := func(v Value) { values[v.Name] = v }
	for _, v := range preset.options(analyzer) {
		set(v)
	}
	if c.Confidence.Text != "" {
		set(Value{catalog.ConfidenceFlag, c.Confidence.Text, c.origin(c.Confidence.Pos)})
	}
	for _, o := range c.Options {
		if o.Analyzer == analyzer {
			set(preset.add(o, c.origin(o.Pos)))
		}
	}
	if flags.Confidence != nil {
		set(Value{catalog.ConfidenceFlag, *flags.Confidence, byCommandLine})
	}
	for key, text := range flags.Options {
		if name, option, ok := cutOption(key); ok && name == analyzer {
			set(Value{option, text, byCommandLine})
		}
	}
	var sorted []Value
	for _, name := range slices.Sorted(maps.Keys(values)) {
		sorted = append(sorted, values[name])
	}
	return sorted
}

func (c *Config) origin(at Pos) string {
	name := filepath.Base(c.File)
	if at.File != "" {
		name = at.File
		if rel, err := filepath.Rel(filepath.Dir(c.File), at.File); err == nil && len(rel) < len(name) {
			name = rel
		}
	}
	return fmt.Sprintf("%s:%d:%d", filepath.ToSlash(name), at.Line, at.Col)
}

// VetFlags returns the flags for the analysis. Settings that make no difference
// give no flag, so that they do not invalidate the build cache. Confidence makes none:
// everything is recorded, and [Settings.Hide] chooses what is shown.
func (s *Settings) VetFlags() []string {
	var flags []string
	for _, a := range s.Analyzers {
		if !a.Runs {
			flags = append(flags, "-"+a.Name+"=false")
			continue
		}
		for _, v := range a.Options {
			if v.Name != catalog.ConfidenceFlag && v.Text != a.Flags.Lookup(v.Name).DefValue {
				flags = append(flags, "-"+a.Name+"."+v.Name+"="+v.Text)
			}
		}
	}
	return flags
}

// Reports reports whether findings of a category of an analyzer may be reported
// in a file, shown or not: the analyzer is on there and the options want the
// category. For a check that does not exist, it returns true.
func (s *Settings) Reports(analyzer, category, file string) bool {
	a := s.analyzer(analyzer)
	switch {
	case a == nil:
		return true
	case a.Categories.Has(category) && !a.recorded().Reports(category), !s.only.selects(analyzer, category):
		return false
	}
	_, ruled := s.ruled(analyzer, analyzer+"/"+category, file)
	return a.Runs && (a.On || ruled)
}

// analyzer returns the analyzer of that name, nil if there is none.
func (s *Settings) analyzer(name string) *Analyzer {
	if i := slices.IndexFunc(s.Analyzers, func(a Analyzer) bool { return a.Name == name }); i >= 0 {
		return &s.Analyzers[i]
	}
	return nil
}

// recorded returns the categories that the options leave on, whatever the confidence.
func (a Analyzer) recorded() *catalog.Set {
	var flags flag.FlagSet
	set := catalog.Bind(&flags, a.Name, a.Categories, catalog.Selection{Confidence: catalog.Least})
	if v, ok := a.option(catalog.Disable); ok {
		flags.Set(catalog.Disable, v.Text) // valid, see [Settle]
	}
	return set
}

// option returns the value of an option, if it is set.
func (a Analyzer) option(name string) (Value, bool) {
	if i := slices.IndexFunc(a.Options, func(v Value) bool { return v.Name == name }); i >= 0 {
		return a.Options[i], true
	}
	return Value{}, false
}

// least returns the least confidence of the findings that are shown.
func (a Analyzer) least() catalog.Confidence {
	var least catalog.Confidence
	if v, ok := a.option(catalog.ConfidenceFlag); ok {
		least.Set(v.Text) // valid, see [Settle]
	}
	return least
}

// allOptions returns the values of all options. Those that are set nowhere have
// their defaults, and are left out if the default is not a valid setting.
func (a Analyzer) allOptions() []Value {
	var all []Value
	a.Flags.VisitAll(func(f *flag.Flag) {
		v := Value{f.Name, f.DefValue, byDefault}
		if set, ok := a.option(f.Name); ok {
			v = set
		}
		if v.Name == catalog.Disable {
			v = a.disabled(v)
		}
		if v.Origin != byDefault || CheckOption(a.Entry, v.Name, v.Text) == nil {
			all = append(all, v)
		}
	})
	return all
}
