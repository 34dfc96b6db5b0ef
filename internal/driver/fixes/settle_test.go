package fixes_test

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/ctxlint/ctxlint/internal/driver/fixes"
	"github.com/ctxlint/ctxlint/internal/driver/record"
)

// word returns a fix of the package that inserts a word into the package's file.
func word(pkg, text string, offset int) *fixes.Fix {
	at := record.Position{File: pkg + ".go", Offset: offset}
	return &fixes.Fix{Package: pkg, Edits: []record.Edit{{Start: at, End: at, New: "/*" + text + "*/"}}}
}

func TestSettle(t *testing.T) {
	content := "package p\n\n" + strings.Repeat("// x\n", 40)
	m := fixes.Maker{Content: func(string) ([]byte, string) { return []byte(content), "" }}
	all := []*fixes.Fix{
		word("a", "one", 11), word("a", "two", 16), word("a", "three", 21),
		word("b", "four", 11), word("b", "five", 16), word("c", "six", 11),
	}
	for name, test := range map[string]struct {
		bad     map[string]string // words that must not occur together in the files, and the package that they break
		applied string
		left    []string // reasons
	}{
		"none":        {nil, "one two three four five six", nil},
		"one":         {map[string]string{"two": "a"}, "one three four five six", []string{"a: two"}},
		"each":        {map[string]string{"two": "a", "four": "b", "five": "b", "six": "c"}, "one three", []string{"a: two", "b: four", "b: five", "c: six"}},
		"together":    {map[string]string{"one three": "a"}, "one two four five six", []string{"a: one three"}},
		"a dependent": {map[string]string{"five": "d"}, "one two three four six", []string{"d: five"}},
	} {
		t.Run(name, func(t *testing.T) {
			rounds := 0
			plan, err := m.Settle(all, func(p *fixes.Plan) (map[string]string, error) {
				rounds++
				text := ""
				for _, f := range p.Files {
					text += string(f.After)
				}
				broken := make(map[string]string)
				for _, words := range slices.Sorted(maps.Keys(test.bad)) {
					has := func(w string) bool { return strings.Contains(text, "/*"+w+"*/") }
					if !slices.ContainsFunc(strings.Fields(words), func(w string) bool { return !has(w) }) {
						broken[test.bad[words]] = fmt.Sprintf("%s: %s", test.bad[words], words)
					}
				}
				return broken, nil
			})
			if err != nil {
				t.Fatal(err)
			}
			var applied, left []string
			skipped := make(map[*fixes.Fix]bool)
			for _, s := range plan.Skipped {
				skipped[s.Fix] = true
				left = append(left, strings.TrimPrefix(s.Reason, "the code would not compile with it: "))
			}
			for _, f := range all {
				if !skipped[f] {
					applied = append(applied, strings.Trim(f.Edits[0].New, "/*"))
				}
			}
			if got := strings.Join(applied, " "); got != test.applied || !slices.Equal(left, test.left) {
				t.Errorf("applied %q, left out %q, want %q, %q", got, left, test.applied, test.left)
			}
			n := 0
			for _, f := range plan.Files {
				n += f.Fixes
			}
			if n != len(applied) {
				t.Errorf("the files have %d fixes, want %d", n, len(applied))
			}
			if rounds > len(all)+2 {
				t.Errorf("%d rounds", rounds)
			}
		})
	}
}

// TestSettleGivesUp checks that nothing is applied if no single fix is at
// fault.
func TestSettleGivesUp(t *testing.T) {
	m := fixes.Maker{Content: func(string) ([]byte, string) { return []byte("package p\n"), "" }}
	n := 0
	plan, err := m.Settle([]*fixes.Fix{word("a", "one", 10)}, func(*fixes.Plan) (map[string]string, error) {
		n++
		if n == 2 { // compiles only when tried alone
			return nil, nil
		}
		return map[string]string{"a": "no"}, nil
	})
	if err != nil || len(plan.Files) != 0 || len(plan.Skipped) != 1 {
		t.Errorf("plan %+v, error %v", plan, err)
	}
	want := errors.New("no go command")
	if _, err := m.Settle(nil, func(*fixes.Plan) (map[string]string, error) { return nil, want }); !errors.Is(err, want) {
		t.Errorf("error %v, want %v", err, want)
	}
}
