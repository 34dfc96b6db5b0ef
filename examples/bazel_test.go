package examples_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/mod/semver"
	"golang.org/x/tools/txtar"

	"github.com/ctxlint/ctxlint/internal/tool/drivertest"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

// oldestBazel is the version that the sample's rules_go requires.
const oldestBazel = "v7.7.0"

// TestBazel builds a service with Bazel and the unchanged files of the sample,
// except for the Go distribution, which is the one that runs the test. The
// findings, some of which rest on facts about another package, must be those of
// ctxlint. Then they must come from a cache that another machine has filled.
//
// It is skipped if there is no Bazel that is new enough. If Bazel needs more
// flags, such as overrides of modules that cannot be downloaded, set
// CTXLINT_BAZEL_FLAGS to them, separated by spaces.
func TestBazel(t *testing.T) {
	testenv.EndToEnd(t, "nogo")
	bazel := findBazel(t)
	dir := bazelService(t)
	disk := "--disk_cache=" + t.TempDir()

	ctxlint, err := drivertest.Build(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, line := range lintLikeNogo(t, ctxlint, dir) {
		want = append(want, filepath.ToSlash(strings.TrimPrefix(line, dir+string(filepath.Separator))))
	}
	if len(want) < 2 {
		t.Errorf("%d findings are too few to compare", len(want))
	}

	out := bazel(dir, disk)
	if diff := cmp.Diff(want, findings(out)); diff != "" {
		t.Fatalf("-ctxlint +bazel:\n%s\n%s", diff, out.Stderr)
	}
	if out.Code == 0 {
		t.Error("a build with findings succeeds")
	}

	out = bazel(dir, disk) // another machine: its own server and directories
	if diff := cmp.Diff(want, findings(out)); diff != "" {
		t.Errorf("-ctxlint +bazel, from the cache:\n%s\n%s", diff, out.Stderr)
	}
	ran := regexp.MustCompile(`INFO: .* processes?: .*`).FindString(out.Stderr)
	if !strings.Contains(ran, "disk cache hit") {
		t.Errorf("nothing comes from the cache: %s", ran)
	}
}

// findBazel returns a function that builds everything in a workspace with
// Bazel, each time with a new output directory.
func findBazel(t *testing.T) func(dir string, flags ...string) drivertest.Outcome {
	t.Helper()
	exe, err := exec.LookPath("bazel")
	if err != nil {
		t.Skip("no bazel")
	}
	out := drivertest.Run(t, t.TempDir(), exe, "--version")
	version := "v" + regexp.MustCompile(`\d+\.\d+\.\d+`).FindString(out.Stdout)
	if semver.Compare(version, oldestBazel) < 0 {
		t.Skipf("bazel is %s, and rules_go needs %s", version, oldestBazel)
	}
	more := strings.Fields(os.Getenv("CTXLINT_BAZEL_FLAGS"))
	return func(dir string, flags ...string) drivertest.Outcome {
		root, err := os.MkdirTemp("", "bazel") // which Bazel makes partly read-only
		if err != nil {
			t.Fatal(err)
		}
		startup := "--output_user_root=" + root
		t.Cleanup(func() {
			drivertest.Run(t, dir, exe, startup, "clean", "--expunge")
			drivertest.Run(t, dir, exe, startup, "shutdown")
			os.RemoveAll(root)
		})
		args := append([]string{startup, "build", "--keep_going", "--color=no", "--curses=no"}, append(flags, more...)...)
		return drivertest.Run(t, dir, exe, append(args, "//...")...)
	}
}

// bazelService writes a service that Bazel builds into a new directory.
func bazelService(t *testing.T) (dir string) {
	t.Helper()
	sample := filepath.Join("integrations", "nogo")
	var files []txtar.File
	for _, name := range []string{"BUILD.bazel", "MODULE.bazel", "nogo.json"} {
		text, err := os.ReadFile(filepath.Join(sample, name))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, txtar.File{Name: name, Data: regexp.MustCompile(`go_sdk\.download\(.*\)`).ReplaceAll(text, []byte("go_sdk.host()"))})
	}
	dir = drivertest.Extract(t, filepath.Join("testdata", "bazel.txtar"), files...)
	run(t, dir, "go", "mod", "edit", "-replace=github.com/ctxlint/ctxlint="+testenv.Root(t))
	run(t, dir, "go", "mod", "tidy")
	return dir
}

// findings returns the findings that a build shows, sorted and each once.
func findings(out drivertest.Outcome) []string {
	found := nogoFindings(out.Stderr)
	slices.Sort(found)
	return slices.Compact(found)
}
