package gitdiff_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/ctxlint/ctxlint/internal/cli/gitdiff"
)

// A repo is a git repository for a test.
type repo struct {
	*testing.T
	dir string
}

func newRepo(t *testing.T) repo {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("no git")
	}
	for name, value := range map[string]string{
		"GIT_CONFIG_GLOBAL": os.DevNull, "GIT_CONFIG_NOSYSTEM": "1",
		"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.com", "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.com",
	} {
		t.Setenv(name, value)
	}
	r := repo{t, t.TempDir()}
	r.git("init", "-q", "-b", "main")
	return r
}

func (r repo) git(args ...string) {
	r.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = r.dir
	if out, err := cmd.CombinedOutput(); err != nil {
		r.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

func (r repo) write(name string, lines ...string) {
	r.Helper()
	file := filepath.Join(r.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		r.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(strings.Join(lines, "\n")+"\n"), 0o666); err != nil {
		r.Fatal(err)
	}
}

func (r repo) commit() {
	r.Helper()
	r.git("add", "-A")
	r.git("commit", "-q", "-m", "m")
}

// changed returns which of the first lines of a file have changed.
func (r repo) changed(revision, name string) []int {
	r.Helper()
	l, err := gitdiff.Since(context.Background(), r.dir, revision)
	if err != nil {
		r.Fatal(err)
	}
	var lines []int
	for n := 1; n <= 12; n++ {
		if l.Contains(filepath.Join(r.dir, filepath.FromSlash(name)), n) {
			lines = append(lines, n)
		}
	}
	return lines
}

func (r repo) want(revision, name string, want ...int) {
	r.Helper()
	if got := r.changed(revision, name); !slices.Equal(got, want) {
		r.Errorf("%s since %s: lines %v have changed, want %v", name, revision, got, want)
	}
}

func numbered(n int) []string {
	var lines []string
	for i := range n {
		lines = append(lines, fmt.Sprintf("line %d", i+1))
	}
	return lines
}

var all = []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}

func TestSince(t *testing.T) {
	r := newRepo(t)
	r.git("config", "diff.noprefix", "true") // the user's settings must make no difference
	r.git("config", "color.diff", "always")
	r.git("config", "diff.renames", "false")
	lines := numbered(10)
	for _, name := range []string{"same.go", "edited.go", "cut.go", "old.go", "with space \u00fc.go", "markers.go"} {
		r.write(name, lines...)
	}
	r.write(".gitignore", "ignored.go")
	r.commit()
	r.git("tag", "before")

	edited := slices.Clone(lines)
	edited[2] = "other"
	r.write("edited.go", edited...)
	r.write("with space \u00fc.go", edited...)
	r.write("cut.go", slices.Delete(slices.Clone(lines), 4, 6)...)
	r.write("markers.go", append([]string{"++ b/same.go", "-- a/same.go"}, lines...)...)
	r.git("mv", "old.go", "new.go")
	r.write("new.go", edited...)
	r.commit()
	edited[8] = "uncommitted"
	r.write("edited.go", edited...)
	r.write("added.go", "nothing", "like", "the", "others")
	r.git("add", "added.go")
	r.write("sub/untracked.go", lines...)
	r.write("ignored.go", lines...)

	r.want("before", "same.go") // also the header of a diff in markers.go
	r.want("before", "edited.go", 3, 9)
	r.want("before", "with space \u00fc.go", 3)
	r.want("before", "cut.go", 4, 5) // around what was removed
	r.want("before", "markers.go", 1, 2)
	r.want("before", "new.go", 3)
	r.want("before", "added.go", all...)
	r.want("before", "sub/untracked.go", all...)
	r.want("before", "ignored.go")
	r.want("before", "../outside.go")
	r.want("HEAD", "edited.go", 9)
	r.want("HEAD", "new.go")
}

// TestMergeBase checks that changes on the other branch in the meantime do not
// count.
func TestMergeBase(t *testing.T) {
	r := newRepo(t)
	r.write("a.go", numbered(6)...)
	r.commit()
	r.git("checkout", "-q", "-b", "feature")
	r.write("b.go", "new")
	r.commit()
	r.git("checkout", "-q", "main")
	r.write("a.go", numbered(3)...)
	r.commit()
	r.git("checkout", "-q", "feature")
	r.want("main", "a.go")
	r.want("main", "b.go", all...)
}

func TestErrors(t *testing.T) {
	r := newRepo(t)
	r.write("a.go", "x")
	r.commit()
	r.git("checkout", "-q", "--orphan", "other")
	r.write("a.go", "y")
	r.commit()
	for _, test := range []struct{ dir, revision, want string }{
		{r.dir, "nope", `git does not know the revision "nope"`},
		{r.dir, "--output=x", `"--output=x" is not a revision`},
		{r.dir, "main", "HEAD and main have no common ancestor"},
		{t.TempDir(), "main", "not a git repository"},
	} {
		if _, err := gitdiff.Since(context.Background(), test.dir, test.revision); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("Since %s: error %v, want one with %q", test.revision, err, test.want)
		}
	}
}
