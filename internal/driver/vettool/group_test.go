package vettool

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/ctxlint/ctxlint/internal/pass/catalog"
)

// TestGroup wants the flag of an analyzer to beat that of its group, in any order, and no
// analyzer of a group to be made before it is needed.
func TestGroup(t *testing.T) {
	for _, test := range []struct {
		args, want string // the analyzers that run, with the confidence that they are asked for
	}{
		{"", "a G1=high G2=high"},
		{"-group=false", "a"},
		{"-group", "G1=high G2=high"},
		{"-G1", "G1=high"},
		{"-G1=false", "a G2=high"},
		{"-group=false -G1", "G1=high"},
		{"-G1 -group=false", "G1=high"},
		{"-G1=false -group", "G2=high"},
		{"-a", "a"},
		{"-a -group", "a G1=high G2=high"},
		{"-group=false -a=false", ""},
		{"-confidence=medium -G2.confidence=high", "a G1=medium G2=high"},
		{"-G1.confidence=medium", "a G1=medium G2=high"},
		{"-ctxlint.records=main", "a G1=low G2=low"},
	} {
		made := 0
		group := Group{"group", []string{"G1", "G2"}, func() []*analysis.Analyzer {
			made++
			return []*analysis.Analyzer{withConfidence("G1"), withConfidence("G2")}
		}}
		opts, err := parseOptions(append(strings.Fields(test.args), "-json", "unit.cfg"), []*analysis.Analyzer{{Name: "a"}}, group)
		if err != nil || made > 0 {
			t.Errorf("%s: %v, made %d times", test.args, err, made)
			continue
		}
		if err := opts.addGroups(); err != nil {
			t.Errorf("%s: %v", test.args, err)
		}
		var got []string
		for _, a := range opts.enabled {
			name := a.Name
			if f := a.Flags.Lookup(catalog.ConfidenceFlag); f != nil {
				name += "=" + f.Value.String()
			}
			got = append(got, name)
		}
		if got := strings.Join(got, " "); got != test.want {
			t.Errorf("%s: %q run, want %q", test.args, got, test.want)
		}
		if wanted := strings.Contains(test.want, "G"); made > 1 || wanted != (made == 1) {
			t.Errorf("%s: made %d times", test.args, made)
		}
	}
	if _, err := parseOptions([]string{"-G1.confidence=lower", "unit.cfg"}, nil, Group{Name: "group", Members: []string{"G1"}}); err == nil {
		t.Error("no error for a level that does not exist")
	}
}

func TestGroupOrder(t *testing.T) {
	args := []string{"-G1", "--group=false", "-groups", "-group", "group"}
	slices.SortStableFunc(args, func(a, b string) int { return Group{Name: "group"}.order(a) - Group{Name: "group"}.order(b) })
	if got := strings.Join(args, " "); got != "--group=false -group -G1 -groups group" {
		t.Errorf("order %q", got)
	}
}
