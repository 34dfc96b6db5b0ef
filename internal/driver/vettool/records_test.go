package vettool_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ctxlint/ctxlint/internal/driver/record"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

var update = flag.Bool("update", false, "rewrite the .golden files")

// records runs go vet for records and returns them by ID, and the raw lines.
func records(t *testing.T, dir, scope string, args ...string) (map[string]record.Unit, []string) {
	t.Helper()
	out := vet(t, dir, append([]string{"-json", "-ctxlint.records=" + scope}, args...)...)
	if out.code != 0 {
		t.Fatalf("exit code %d\n%s", out.code, out.stderr)
	}
	lines := sortedLines(out.stdout)
	byID := make(map[string]record.Unit)
	for _, line := range lines {
		var u record.Unit
		if err := json.Unmarshal([]byte(line), &u); err != nil {
			t.Fatalf("%v in %q", err, line)
		}
		// The unit with the most findings is the one that includes the tests.
		if old, ok := byID[u.ID]; !ok || len(old.Findings) < len(u.Findings) {
			byID[u.ID] = u
		}
	}
	return byID, lines
}

// TestRecords compares the records of whole modules with .golden files.
func TestRecords(t *testing.T) {
	for _, archive := range []string{"uses.txtar", "broken.txtar", "misbehave.txtar", "panic.txtar", "trim.txtar", "cgo.txtar", "work.txtar"} {
		t.Run(archive, func(t *testing.T) {
			t.Parallel()
			patterns := []string{"./..."}
			switch archive {
			case "cgo.txtar":
				needCgo(t)
			case "work.txtar":
				patterns = []string{"./one/...", "./two/..."}
			}
			dir := extract(t, archive)
			_, cold := records(t, dir, "main", patterns...)
			_, warm := records(t, dir, "main", patterns...)
			if diff := cmp.Diff(cold, warm); diff != "" {
				t.Errorf("a warm run differs (-cold +warm):\n%s", diff)
			}
			var got strings.Builder
			for _, line := range cold {
				var u record.Unit
				if err := json.Unmarshal([]byte(line), &u); err != nil {
					t.Fatal(err)
				}
				fmt.Fprintln(&got, summary(u))
			}
			text := strings.ReplaceAll(got.String(), dir, "$DIR")
			testenv.Golden(t, strings.TrimSuffix(archive, ".txtar")+".golden", text, *update, "run with -update to accept the records")
		})
	}
}

// summary shows what tests check of a record.
func summary(u record.Unit) string {
	var b strings.Builder
	pos := func(p record.Position) string {
		return fmt.Sprintf("%s:%d:%d", filepath.ToSlash(p.File), p.Line, p.Col)
	}
	fmt.Fprintf(&b, "# %s (%s, for test %q, module %q, version %q)\n", u.ID, u.ImportPath, u.ForTest, u.Module, u.Version)
	if u.Error != "" {
		fmt.Fprintf(&b, "error: %s\n", u.Error)
	}
	if u.ErrorPos != nil {
		fmt.Fprintf(&b, "\tat %s\n", pos(*u.ErrorPos))
	}
	for _, f := range u.Findings {
		fmt.Fprintf(&b, "%s-%s: %s: %s %s: %s\n", pos(f.Pos), pos(f.End)[len(f.End.File)+1:], f.Func, f.Analyzer, f.Category, f.Message)
		if f.URL != "" {
			fmt.Fprintf(&b, "\tsee %s\n", f.URL)
		}
		for _, r := range f.Related {
			fmt.Fprintf(&b, "\t%s: %s\n", pos(r.Pos), r.Message)
		}
		for _, fix := range f.Fixes {
			fmt.Fprintf(&b, "\tfix: %s\n", fix.Message)
			for _, e := range fix.Edits {
				fmt.Fprintf(&b, "\t\t%s %d-%d %q\n", e.Start.File, e.Start.Offset, e.End.Offset, e.New)
			}
		}
		if s := f.Suppressed; s != nil {
			fmt.Fprintf(&b, "\tsuppressed at %s: %s\n", pos(s.Pos), s.Reason)
		}
	}
	for _, i := range u.Unused {
		fmt.Fprintf(&b, "%s: unused %s\n", pos(i.Pos), i.Text)
	}
	return b.String()
}

// TestAskedForLater checks that a package has its record even if cmd/go
// analysed it as a dependency before: whether only facts were wanted is not
// part of the cache key.
func TestAskedForLater(t *testing.T) {
	dir := extract(t, "trap.txtar")
	for _, pattern := range []string{"./b", "./a", "./b"} {
		got, _ := records(t, dir, "main", pattern)
		a, ok := got["example.com/main/a"]
		if !ok || len(a.Findings) != 1 {
			t.Errorf("after go vet %s: record of a: %+v", pattern, a)
		}
	}
}

// TestOtherCheckout checks that a record replayed in another checkout does not
// mention the first one.
func TestOtherCheckout(t *testing.T) {
	for _, archive := range []string{"trim.txtar", "cgo.txtar"} {
		t.Run(archive, func(t *testing.T) {
			t.Parallel()
			if archive == "cgo.txtar" {
				needCgo(t)
			}
			first, second := extract(t, archive), extract(t, archive)
			_, want := records(t, first, "main", "-trimpath", "./...")
			_, got := records(t, second, "main", "-trimpath", "./...")
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("records differ (-first +second):\n%s", diff)
			}
			// The same must hold when the tool runs: with another flag, nothing
			// is replayed.
			_, again := records(t, second, "main", "-trimpath", "-prints.text=again", "./...")
			for _, line := range slices.Concat(want, again) {
				if strings.Contains(line, filepath.Base(filepath.Dir(first))) || strings.Contains(line, filepath.Base(filepath.Dir(second))) {
					t.Errorf("the record names the checkout: %s", line)
				}
			}
		})
	}
}

// TestScope checks which units a run has records of.
func TestScope(t *testing.T) {
	dir := extract(t, "deps.txtar")
	for _, test := range []struct {
		scope string
		want  []string
	}{
		{"main", []string{"example.com/main"}},
		{"example.com/low", []string{"example.com/low"}},
		{"main,example.com/quiet", []string{"example.com/main", "example.com/quiet"}},
		{"example.com/none", nil},
	} {
		_, lines := records(t, dir, test.scope, "./...")
		var got []string
		for _, line := range lines {
			var u record.Unit
			if err := json.Unmarshal([]byte(line), &u); err != nil {
				t.Fatal(err)
			}
			got = append(got, u.ID)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("records with scope %s (-want +got):\n%s", test.scope, diff)
		}
	}

	got, _ := records(t, dir, "std", "errors")
	if u, ok := got["errors"]; !ok || u.Module != "" {
		t.Errorf("record of errors with scope std: %+v, %t", u, ok)
	}
}
