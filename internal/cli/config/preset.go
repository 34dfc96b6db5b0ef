package config

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/util/spelling"
)

// A Preset is a choice of what to report, for those who do not want to choose one by one.
// What the file or the flags say themselves takes precedence.
type Preset struct {
	Name    string
	Summary string
	// confidence is the least that is shown, "" for the default.
	confidence string
	// off are the analyzers, groups and categories that are not reported.
	off []string
}

// presets are all presets, from the least to the most that is reported.
var presets = []Preset{
	{
		Name:    "essential",
		Summary: "what leaks, hangs, panics or grows without bound, and is corrected where it is",
		off: []string{
			"missingctx", "ctxkey", "staticcheck", // ask for other calls and other parameters
			"ctxreset/chain", "ctxreset/blank", "selectdefault/cause", // and for other signatures
		},
	},
	{
		Name:    "recommended",
		Summary: "everything that is proved; the same as without a preset",
	},
	{
		Name:       "all",
		Summary:    "also what is likely and not proved, and what is seldom worth a change",
		confidence: catalog.Least.String(),
	},
}

// Presets returns the presets, from the least to the most that is reported.
func Presets() []Preset { return slices.Clone(presets) }

// PresetNames returns the names of the presets.
func PresetNames() []string {
	var names []string
	for _, p := range presets {
		names = append(names, p.Name)
	}
	return names
}

// CheckPreset reports why a value is not the name of a preset.
func CheckPreset(value string) error {
	names := PresetNames()
	if slices.Contains(names, value) {
		return nil
	}
	err := fmt.Errorf("there is no preset %q; the presets are %s", value, strings.Join(names, ", "))
	if question := spelling.Question(value, names); question != "" {
		err = fmt.Errorf("%w; %s", err, question)
	}
	return err
}

// A chosen preset knows where it was chosen.
type chosen struct {
	Preset
	origin string
}

// choose returns the preset that a setting names. Without one, nothing is different.
func choose(v Value) chosen {
	i := slices.IndexFunc(presets, func(p Preset) bool { return p.Name == v.Text })
	if i < 0 {
		return chosen{}
	}
	return chosen{presets[i], fmt.Sprintf("preset %s (%s)", v.Text, v.Origin)}
}

// turnsOff reports whether the preset leaves out an analyzer, or its group.
func (p chosen) turnsOff(e analyzers.Entry) bool {
	return slices.Contains(p.off, e.Name) || e.Group != "" && slices.Contains(p.off, e.Group)
}

// options returns the options that an analyzer has by the preset.
func (p chosen) options(analyzer string) []Value {
	var list []Value
	if p.confidence != "" {
		list = append(list, Value{catalog.ConfidenceFlag, p.confidence, p.origin})
	}
	if off := p.categories(analyzer); len(off) > 0 {
		list = append(list, Value{catalog.Disable, strings.Join(off, ","), p.origin})
	}
	return list
}

// categories returns the categories of an analyzer that the preset leaves out.
func (p chosen) categories(analyzer string) []string {
	var off []string
	for _, check := range p.off {
		if name, category := splitCheck(check); name == analyzer && category != "" {
			off = append(off, category)
		}
	}
	return off
}

// add returns the value of the file's option of an analyzer, together with what the preset
// says: to leave out more does not bring back what the preset leaves out.
func (p chosen) add(o Option, origin string) Value {
	off := p.categories(o.Analyzer)
	if o.Name != catalog.Disable || len(off) == 0 {
		return Value{o.Name, o.Value, origin}
	}
	all := append(off, Value{Text: o.Value}.List()...)
	slices.Sort(all)
	return Value{o.Name, strings.Join(slices.Compact(all), ","), cmp.Or(origin, p.origin)}
}
