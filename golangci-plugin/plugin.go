// Package golangciplugin is the module plugin of ctxlint for golangci-lint v2.
//
// It registers a linter "ctxlint", which is all analyzers, and one linter for
// each analyzer, with its name. With the latter, //nolint comments, exclusions
// and severities apply to single analyzers. Enable either the one or the
// others: with both, findings are reported twice.
//
// The settings of "ctxlint" are the keys "analyzers", "confidence" and "options" of
// .ctxlint.yml; those of an analyzer are its options.
package golangciplugin

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/internal/cli/config"
	"github.com/ctxlint/ctxlint/internal/pass/rewire"
	"github.com/ctxlint/ctxlint/internal/pass/scope"
)

// Name is the name of the linter that is all analyzers.
const Name = "ctxlint"

func init() {
	suite := analyzers.Suite()
	register.Plugin(Name, func(raw any) (register.LinterPlugin, error) { return newPlugin(Name, suite, raw) })
	for _, e := range suite {
		register.Plugin(e.Name, func(raw any) (register.LinterPlugin, error) {
			if raw != nil {
				raw = map[string]any{"options": map[string]any{e.Name: raw}}
			}
			return newPlugin(e.Name, []analyzers.Entry{e}, raw)
		})
	}
}

// A plugin is one linter with its settings.
type plugin struct{ running []*analysis.Analyzer }

// newPlugin returns the linter that runs those analyzers of suite that the
// settings leave on, with the options in the settings. The error lists every
// mistake in the settings.
func newPlugin(linter string, suite []analyzers.Entry, raw any) (*plugin, error) {
	settings, err := parse(raw, suite)
	if err != nil {
		return nil, fmt.Errorf("linters.settings.custom.%s.settings: %w", linter, err)
	}
	p := new(plugin)
	for _, a := range settings.Analyzers {
		if !a.Runs {
			continue
		}
		fresh := a.New() // the linter's own, because an analyzer has its options once
		for _, v := range a.Options {
			if err := fresh.Flags.Set(v.Name, v.Text); err != nil {
				return nil, err
			}
		}
		p.running = append(p.running, fresh)
	}
	p.running = rewire.Analyzers(p.running, rewire.Map{scope.Analyzer: scope.Own})
	for i, a := range p.running {
		p.running[i] = adapt(a)
	}
	return p, nil
}

// BuildAnalyzers implements [register.LinterPlugin].
func (p *plugin) BuildAnalyzers() ([]*analysis.Analyzer, error) { return p.running, nil }

// GetLoadMode implements [register.LinterPlugin].
func (p *plugin) GetLoadMode() string { return register.LoadModeTypesInfo }

// keys are those of .ctxlint.yml that golangci-lint has nothing else for.
var keys = []string{"analyzers", "confidence", "options"}

// parse reads settings, which are what golangci-lint decoded from its
// configuration file, by the rules of .ctxlint.yml.
func parse(raw any, suite []analyzers.Entry) (*config.Settings, error) {
	doc := map[string]any{"version": 1}
	switch raw := raw.(type) {
	case nil:
	case map[string]any:
		for key, value := range raw {
			if !slices.Contains(keys, key) {
				return nil, fmt.Errorf("unknown key %q; the keys are %s", key, strings.Join(keys, ", "))
			}
			doc[key] = value
		}
	default:
		return nil, fmt.Errorf("they must be a mapping with the keys %s", strings.Join(keys, ", "))
	}
	text, err := json.Marshal(doc) // which is YAML, too
	if err != nil {
		return nil, err
	}
	c, err := config.Parse("", text, suite)
	if err != nil {
		return nil, withoutPlaces(err)
	}
	return config.Settle(c, config.CommandLine{}, suite, "")
}

// withoutPlaces removes from an error of [config.Parse] what is meaningless
// because the text was not the user's.
func withoutPlaces(err error) error {
	var messages []string
	for _, err := range err.(interface{ Unwrap() []error }).Unwrap() {
		message := err.Error()
		if e, ok := errors.AsType[*config.Error](err); ok {
			message = e.Message
		}
		if !slices.Contains(messages, message) {
			messages = append(messages, message)
		}
	}
	return errors.New(strings.Join(messages, "; "))
}
