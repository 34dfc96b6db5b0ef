package golangciplugin

import (
	"flag"
	"strings"
	"testing"

	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"

	"github.com/ctxlint/ctxlint/analyzers"
)

// build returns the analyzers that a linter gives golangci-lint.
func build(t *testing.T, linter string, settings any) ([]*analysis.Analyzer, error) {
	t.Helper()
	newPlugin, err := register.GetPlugin(linter)
	if err != nil {
		t.Fatal(err)
	}
	p, err := newPlugin(settings)
	if err != nil {
		return nil, err
	}
	if mode := p.GetLoadMode(); mode != register.LoadModeTypesInfo {
		t.Errorf("load mode %q", mode)
	}
	return p.BuildAnalyzers()
}

func TestRegistered(t *testing.T) {
	all, err := build(t, Name, nil)
	if err != nil || len(all) != len(analyzers.Suite()) {
		t.Errorf("%s has the analyzers %v, %v", Name, all, err)
	}
	for i, e := range analyzers.Suite() {
		if all[i].Name != e.Name {
			t.Errorf("analyzer %d of %s is %s, want %s", i, Name, all[i], e.Name)
		}
		if got, err := build(t, e.Name, nil); err != nil || len(got) != 1 || got[0].Name != e.Name {
			t.Errorf("%s has the analyzers %v, %v", e.Name, got, err)
		}
		e.Flags.VisitAll(func(f *flag.Flag) {
			if f.Name != strings.ToLower(f.Name) {
				t.Errorf("%s.%s: golangci-lint makes keys of its configuration lower-case", e.Name, f.Name)
			}
		})
	}
}

func TestSettings(t *testing.T) {
	first := analyzers.Suite()[0]
	category := first.Documentation.Categories()[0].Name
	disable := func(value any) map[string]any { return map[string]any{first.Name: map[string]any{"disable": value}} }

	disabled := func(t *testing.T, linter string, settings any) string {
		t.Helper()
		list, err := build(t, linter, settings)
		if err != nil {
			t.Fatal(err)
		}
		return list[0].Flags.Lookup("disable").Value.String()
	}

	t.Run("options", func(t *testing.T) {
		if got := disabled(t, Name, map[string]any{"options": disable([]any{category})}); got != category {
			t.Errorf("disable is %q, want %q", got, category)
		}
	})
	t.Run("options of one", func(t *testing.T) {
		if got := disabled(t, first.Name, map[string]any{"disable": category}); got != category {
			t.Errorf("disable is %q, want %q", got, category)
		}
	})
	t.Run("options of another linter", func(t *testing.T) {
		disabled(t, Name, map[string]any{"options": disable(category)})
		if got := disabled(t, first.Name, nil); got != "" {
			t.Errorf("disable is %q in linter %s, which has no settings", got, first.Name)
		}
	})
	t.Run("confidence", func(t *testing.T) {
		for _, test := range []struct {
			linter   string
			settings map[string]any
			want     string
		}{
			{Name, nil, "high"},
			{Name, map[string]any{"confidence": "medium"}, "medium"},
			{Name, map[string]any{"confidence": "medium", "options": map[string]any{first.Name: map[string]any{"confidence": "high"}}}, "high"},
			{first.Name, map[string]any{"confidence": "medium"}, "medium"},
			{first.Name, map[string]any{"confidence": "low"}, "low"},
		} {
			list, err := build(t, test.linter, test.settings)
			if err != nil {
				t.Fatal(err)
			}
			if got := list[0].Flags.Lookup("confidence").Value.String(); got != test.want {
				t.Errorf("%s with %v: confidence %s, want %s", test.linter, test.settings, got, test.want)
			}
		}
	})
	t.Run("enable", func(t *testing.T) {
		got, err := build(t, Name, map[string]any{"analyzers": map[string]any{"enable": []any{first.Name}}})
		if err != nil || len(got) != 1 || got[0].Name != first.Name {
			t.Errorf("runs %v, %v; want %s", got, err, first.Name)
		}
	})
}

func TestMistakesInSettings(t *testing.T) {
	first := analyzers.Suite()[0].Name
	for _, test := range []struct {
		linter   string
		settings any
		want     string
	}{
		{Name, map[string]any{"enabled": true}, `unknown key "enabled"; the keys are analyzers, confidence, options`},
		{Name, map[string]any{"version": 1}, `unknown key "version"`},
		{Name, map[string]any{"confidence": "sure"}, `confidence is high, medium or low, and not "sure"`},
		{Name, []any{first}, "must be a mapping"},
		{Name, map[string]any{"analyzers": map[string]any{"disable": []any{"nosuch"}}}, `unknown analyzer "nosuch"; the analyzers are ` + first},
		{Name, map[string]any{"options": map[string]any{first: map[string]any{"nosuch": 1}}}, first + ` has no option "nosuch"`},
		{Name, map[string]any{"options": map[string]any{first: map[string]any{"disable": []any{"a", "b"}}}}, first + ` has no category "a"`},
		{Name, map[string]any{"analyzers": map[string]any{"enable": []any{"a", "b"}}}, `unknown analyzer "b"`}, // beside "a"
		{first, map[string]any{"nosuch": "x"}, first + ` has no option "nosuch"`},
		{first, "x", "options." + first + " must be a mapping"},
	} {
		_, err := build(t, test.linter, test.settings)
		if err == nil || !strings.Contains(err.Error(), test.want) || !strings.HasPrefix(err.Error(), "linters.settings.custom."+test.linter+".settings: ") {
			t.Errorf("%s with %v: error %v, want %q in it", test.linter, test.settings, err, test.want)
		}
	}
	var all []any
	for _, e := range analyzers.Suite() {
		all = append(all, e.Name)
	}
	if _, err := build(t, Name, map[string]any{"analyzers": map[string]any{"disable": all}}); err == nil {
		t.Error("no error although every analyzer is off")
	}
}
