package examples_test

import (
	"bytes"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

// releaseConfig is what the tests read of .goreleaser.yaml; "goreleaser check" checks the
// rest.
type releaseConfig struct {
	Before struct{ Hooks []string }
	Builds []struct {
		Main         string
		Goos, Goarch []string
	}
	Archives []struct {
		Files []any
	}
	DockersV2 []struct{ Dockerfile string } `yaml:"dockers_v2"`
	Casks     []struct {
		Manpages    []string
		Completions map[string]string
	} `yaml:"homebrew_casks"`
}

// TestRelease checks that what the configuration of a release names is there, and makes the
// completion scripts as a release does.
func TestRelease(t *testing.T) {
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(root, ".goreleaser.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var c releaseConfig
	if err := yaml.Load(text, &c); err != nil {
		t.Fatal(err)
	}
	if len(c.Builds) != 1 || len(c.Archives) != 1 || len(c.DockersV2) != 1 || len(c.Casks) != 1 {
		t.Fatalf("want one of each: %+v", c)
	}
	ci, err := os.ReadFile(filepath.Join(root, ".ci", "run"))
	if err != nil {
		t.Fatal(err)
	}
	for _, list := range [][]string{c.Builds[0].Goos, c.Builds[0].Goarch} {
		if want := " in " + strings.Join(list, " ") + "; do"; !bytes.Contains(ci, []byte(want)) {
			t.Errorf("CI builds for others than %s", list)
		}
	}

	dir := "dist-completions"
	made := t.TempDir()
	hooks := strings.Join(c.Before.Hooks, "\n")
	if !strings.Contains(hooks, "completions.sh "+dir) {
		t.Fatalf("no hook makes %s: %s", dir, hooks)
	}
	out := shell(t, root, "bash .github/release/completions.sh "+filepath.ToSlash(made))
	if out.Code != 0 {
		t.Fatalf("exit code %d\n%s", out.Code, out.Stderr)
	}
	inArchive := archived(t, root, c.Archives[0].Files, dir, made)
	for _, name := range slices.Concat(c.Casks[0].Manpages, slices.Sorted(maps.Values(c.Casks[0].Completions))) {
		if !slices.Contains(inArchive, name) {
			t.Errorf("the cask wants %s, and the archive has %s", name, inArchive)
		}
	}
	for _, name := range []string{c.Builds[0].Main, c.DockersV2[0].Dockerfile} {
		if _, err := os.Stat(filepath.Join(root, filepath.FromSlash(name))); err != nil {
			t.Error(err)
		}
	}
}

// archived returns the names that files have in an archive. Those below dir are in made.
func archived(t *testing.T, root string, files []any, dir, made string) []string {
	t.Helper()
	var names []string
	for _, f := range files {
		source, to := "", "."
		switch f := f.(type) {
		case string:
			source = f
		case map[string]any:
			source, to = f["src"].(string), f["dst"].(string)
		}
		where := filepath.Join(root, filepath.FromSlash(source))
		if below, ok := strings.CutPrefix(source, dir+"/"); ok {
			where = filepath.Join(made, below)
		}
		matches, err := filepath.Glob(where)
		if err != nil || len(matches) == 0 {
			t.Errorf("%s matches nothing: %v", source, err)
		}
		for _, m := range matches {
			info, err := os.Stat(m)
			if err != nil || info.Mode()&fs.ModeType != 0 || info.Size() == 0 {
				t.Errorf("%s is no file with something in it: %v", m, err)
			}
			names = append(names, path.Join(to, filepath.Base(m)))
		}
	}
	return names
}

// TestWorkflows checks that the workflows are YAML, and that each job has a time limit.
func TestWorkflows(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("..", ".github", "workflows", "*.yml"))
	if err != nil || len(files) == 0 {
		t.Fatal("no workflows", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var w struct {
			Jobs map[string]struct {
				Timeout int `yaml:"timeout-minutes"`
				Steps   []map[string]any
			}
		}
		if err := yaml.Load(text, &w); err != nil {
			t.Errorf("%s: %v", file, err)
		}
		for name, job := range w.Jobs {
			if job.Timeout == 0 || len(job.Steps) == 0 {
				t.Errorf("%s: the job %s has no time limit, or no steps", file, name)
			}
		}
		if len(w.Jobs) == 0 {
			t.Errorf("%s has no jobs", file)
		}
	}
}
