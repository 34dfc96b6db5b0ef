package catalog_test

import (
	"flag"
	"strings"
	"testing"

	"github.com/ctxlint/ctxlint/internal/pass/catalog"
)

var table = catalog.Table{
	{Name: "path", Severity: catalog.Error},
	{Name: "method", Severity: catalog.Warning},
	{Name: "strict", Severity: catalog.Note, Confidence: catalog.Medium},
	{Name: "style", Severity: catalog.Note, Confidence: catalog.Low},
}

func TestRow(t *testing.T) {
	for category, want := range map[string]catalog.Severity{"path": catalog.Error, "strict": catalog.Note, catalog.Internal: catalog.Warning} {
		row, ok := table.Row(category)
		if row.Name != category || row.Severity != want || ok != (category != catalog.Internal) {
			t.Errorf("Row(%q) = %+v, %t", category, row, ok)
		}
		if !table.Has(category) {
			t.Errorf("Has(%q) = false", category)
		}
	}
	if table.Has("paths") {
		t.Error(`Has("paths") = true`)
	}
}

func TestSet(t *testing.T) {
	for _, test := range []struct {
		selection catalog.Selection
		args      string
		want      string
	}{
		{catalog.Selection{}, "", "path method"},
		{catalog.Selection{Confidence: catalog.Medium}, "", "path method strict"},
		{catalog.Selection{Confidence: catalog.Medium}, "-confidence=high", "path method"},
		{catalog.Selection{Confidence: catalog.Least}, "", "path method strict style"},
		{catalog.Selection{}, "-confidence=low", "path method strict style"},
		{catalog.Selection{Disable: []string{"path"}}, "", "method"},
		{catalog.Selection{Disable: []string{"path"}}, "-disable=", "path method"},
		{catalog.Selection{Confidence: catalog.Medium, Disable: []string{"strict"}}, "", "path method"},
		{catalog.Selection{}, "-confidence=medium -disable=method", "path strict"},
		{catalog.Selection{}, "-confidence=medium -disable=strict,internal", "path method"},
		{catalog.Selection{}, "-disable=method,path", ""},
	} {
		var flags flag.FlagSet
		set := catalog.Bind(&flags, "labels", table, test.selection)
		if err := flags.Parse(strings.Fields(test.args)); err != nil {
			t.Errorf("%s: %v", test.args, err)
		}
		var got []string
		for _, c := range table {
			if set.Reports(c.Name) {
				got = append(got, c.Name)
			}
		}
		if got := strings.Join(got, " "); got != test.want {
			t.Errorf("%+v with %q reports %q, want %q", test.selection, test.args, got, test.want)
		}
	}
}

func TestTableOf(t *testing.T) {
	var flags, single flag.FlagSet
	catalog.Bind(&flags, "labels", table, catalog.Selection{})
	catalog.Bind(&single, "path", table[:1], catalog.Selection{})
	if got := catalog.TableOf(&flags); got.Names() != table.Names() {
		t.Errorf("TableOf = %v", got)
	}
	if got := catalog.TableOf(&single); got != nil {
		t.Errorf("TableOf = %v of an analyzer that is its only category", got)
	}
}

func TestDisableFlag(t *testing.T) {
	var flags flag.FlagSet
	catalog.Bind(&flags, "labels", table, catalog.Selection{})
	if err := flags.Set(catalog.Disable, " path , method "); err != nil || flags.Lookup(catalog.Disable).Value.String() != "path,method" {
		t.Errorf("value %q, %v", flags.Lookup(catalog.Disable).Value, err)
	}
	for _, value := range []string{"paths", "path,", "path,,strict", "path strict"} {
		if err := flags.Set(catalog.Disable, value); err == nil || !strings.Contains(err.Error(), "it has path, method, strict") {
			t.Errorf("Set(%q): %v", value, err)
		}
	}
}

func TestMistakes(t *testing.T) {
	for name, f := range map[string]func(){
		"disabled": func() {
			catalog.Bind(new(flag.FlagSet), "labels", table, catalog.Selection{Disable: []string{"paths"}})
		},
		"asked": func() {
			catalog.Bind(new(flag.FlagSet), "labels", table, catalog.Selection{}).Reports("paths")
		},
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic for a category that does not exist", name)
				}
			}()
			f()
		}()
	}
}
