package regtest_test

import (
	"fmt"
	"go/version"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/ctxlint/ctxlint/internal/tool/drivertest"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

// TestStandardLibrary checks that the findings in the standard library and its
// tests are those of the list for this release of Go.
func TestStandardLibrary(t *testing.T) {
	needLists(t)
	gocommand := strings.TrimSpace(drivertest.Run(t, ".", "go", "env", "GOVERSION").Stdout)
	release := version.Lang(gocommand)
	lists := standardLists(t)
	name := standardList(t, release)
	judged := name
	if !slices.Contains(lists, name) {
		if !*update {
			t.Skipf("this is %s, and there are lists for other releases only; -update makes one", gocommand)
		}
		judged = lists[len(lists)-1]
	}
	findings := drivertest.Lint(t, tool, t.TempDir(), "-staticcheck=false", "std")
	title := fmt.Sprintf("What \"ctxlint std\" finds in %s on linux, tests included; each was read in the source.", release)
	compare(t, name, title, readList(t, judged), findings)
}

// TestDependencies checks that the findings in the libraries that the fixtures
// import, directly or not, are those of the list.
func TestDependencies(t *testing.T) {
	needLists(t)
	dir := testenv.Fixtures(t)
	packages := goList(t, dir, "-deps", "-test", "-f", "{{with .Module}}{{if not .Main}}{{$.ImportPath}}{{end}}{{end}}", "./...")
	if len(packages) < 100 {
		t.Fatalf("the fixtures import no more than %q", packages)
	}
	findings := drivertest.Lint(t, tool, dir, append([]string{"-test=false", "-staticcheck=false"}, packages...)...)
	title := "What \"ctxlint -test=false\" finds on linux in the packages of other modules that the fixtures import; each was read in the source."
	name := dependenciesList(t)
	compare(t, name, title, readList(t, name), findings)
}

// needLists skips the test unless end-to-end tests are asked for, and on a system that builds files
// other than those in the lists.
func needLists(t *testing.T) {
	t.Helper()
	testenv.EndToEnd(t, "hundreds of packages, and their tests, of the standard library and other modules")
	if runtime.GOOS != "linux" {
		t.Skip("the lists are about the files that linux builds")
	}
}

func dependenciesList(t *testing.T) string { return goldenFile(t, "dependencies.txt") }

func standardList(t *testing.T, release string) string {
	return goldenFile(t, "std-"+release+".txt")
}

func goldenFile(t *testing.T, base string) string {
	t.Helper()
	return filepath.Join(testenv.Root(t), "testdata", "golden", base)
}

// standardLists returns the files of all releases, newest last.
func standardLists(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob(standardList(t, "*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no list of findings over the standard library: %v", err)
	}
	slices.SortFunc(files, func(a, b string) int { return version.Compare(releaseOf(a), releaseOf(b)) })
	return files
}

// releaseOf returns the release of Go that a list is about.
func releaseOf(file string) string {
	return strings.TrimSuffix(strings.TrimPrefix(filepath.Base(file), "std-"), ".txt")
}

// compare fails the test if the findings are not those of the list, or if one
// has not been judged. With -update it writes the list to the file first.
func compare(t *testing.T, file, title string, judged list, findings []drivertest.Finding) {
	t.Helper()
	if t.Failed() {
		return
	}
	merged, differences := judged.merge(findings)
	if *update {
		merged.write(t, file, title)
		judged, differences = merged, nil
	}
	for _, d := range differences {
		t.Error(d)
	}
	if len(differences) > 0 {
		t.Errorf("%s is out of date; run\n\n\tgo test ./internal/tool/regtest -update\n\nthen read and judge what it marks as unjudged", file)
	}
	for _, j := range judged {
		if j.Verdict == unjudged {
			t.Errorf("read the source, and give a verdict in %s: %s", filepath.Base(file), j)
		}
	}
}
