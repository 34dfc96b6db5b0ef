package report_test

import (
	"testing"

	"github.com/ctxlint/ctxlint/internal/driver/record"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/keys"
)

// What a finding assumes about keys is settled by what all packages of the run set.
func TestKeys(t *testing.T) {
	assumes := func(message string, a keys.Assumption) record.Finding {
		f := finding(at("p.go", 1, 1), message)
		f.Confidence, f.AssumesKey = catalog.Medium, a
		return f
	}
	reader := unit("", "example.com/p",
		assumes("unset", keys.Assumption{Unset: "p.K{}", Type: "p.K", Confidence: catalog.High}),
		assumes("twice", keys.Assumption{Elsewhere: "string(\"a\")", Value: "int", Confidence: catalog.Medium}))
	other := func(program bool, uses ...keys.Use) record.Unit {
		return record.Unit{ID: "example.com/q", ImportPath: "example.com/q", Imports: []string{"example.com/p"}, Program: program, Keys: uses}
	}
	failed := func(u record.Unit) record.Unit {
		u.Error = "undefined: x"
		return u
	}
	set := func(key, value string) keys.Use {
		return keys.Use{Key: key, Kind: keys.Set, Value: value, Place: "example.com/q/q.go:3"}
	}
	const unset, twice = "p.go unset", "p.go twice (q/q.go:3)"
	for _, test := range []struct {
		name string
		with record.Unit
		want []string
		high int
	}{
		{"in a library", other(false), nil, 0},
		{"a package that does not compile", failed(other(true)), nil, 0},
		{"in a program", other(true), []string{unset}, 1},
		{"set", other(true, set("p.K{}", "int")), nil, 0},
		{"perhaps set", other(true, keys.Use{Key: "p.K", Kind: keys.Unknown}), nil, 0},
		{"keys of any type", other(true, keys.Use{Kind: keys.Unknown}), []string{unset}, 0},
		{"another key", other(true, set("q.K{}", "int")), []string{unset}, 1},
		{"twice, the same type", other(false, set("string(\"a\")", "int")), []string{twice}, 0},
		{"twice, another type", other(false, set("string(\"a\")", "string")), []string{twice}, 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := build([]record.Unit{reader, test.with}, pkgP)
			wantMessages(t, r.Findings, test.want...)
			high := 0
			for _, f := range r.Findings {
				if f.Confidence == catalog.High {
					high++
				}
			}
			if high != test.high {
				t.Errorf("%d findings of high confidence, want %d", high, test.high)
			}
		})
	}
}
