// Package testenv prepares what tests need from their environment: the modules
// of fixtures and, in the module cache, the libraries that those import; and
// processes that end with the test.
package testenv

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// Root returns the directory of the module that the running test belongs to, or
// fails the test. It looks upwards from the working directory, which is that of
// the test's package: with -trimpath, the file names that the runtime knows are
// useless.
func Root(t testing.TB) string {
	t.Helper()
	wd, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for dir := wd; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		if dir == filepath.Dir(dir) {
			t.Fatalf("no go.mod in %s or above it", wd)
		}
	}
}

// Fixtures returns the directory of the module of fixtures, testdata, after
// making sure that the module cache holds all it imports; otherwise it fails
// the test. Package analyzertest runs go list with GOPROXY=off, so a machine
// that has just cloned the repository must download the modules first.
func Fixtures(t testing.TB) string {
	t.Helper()
	return module(t, "testdata")
}

// MetricFixtures does for the fixtures about metrics what [Fixtures] does for
// the others. They are in a separate module, testdata/metrics, because the many
// libraries that they import would slow down every test of the others.
func MetricFixtures(t testing.TB) string {
	t.Helper()
	return module(t, filepath.Join("testdata", "metrics"))
}

// WebFixtures does the same for testdata/web, which imports each framework of
// package web in each of its versions.
func WebFixtures(t testing.TB) string {
	t.Helper()
	return module(t, filepath.Join("testdata", "web"))
}

// ClientFixtures does the same for testdata/clients, which imports the clients that
// the tables of package ctxforms are about.
func ClientFixtures(t testing.TB) string {
	t.Helper()
	return module(t, filepath.Join("testdata", "clients"))
}

func module(t testing.TB, rel string) string {
	t.Helper()
	dir := filepath.Join(Root(t), rel)
	if err := fetch(dir); err != nil {
		t.Fatal(err)
	}
	return dir
}

var (
	fetchMu sync.Mutex
	fetched = make(map[string]error) // by directory; a failure is not tried again for each test
)

// fetch downloads the modules that the packages below dir and their tests
// import. Unlike go mod download, go list leaves out those that are only in the
// module graph.
func fetch(dir string) error {
	fetchMu.Lock()
	defer fetchMu.Unlock()
	if err, ok := fetched[dir]; ok {
		return err
	}
	cmd := exec.Command("go", "list", "-deps", "-test", "-f", "", "./...")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GO111MODULE=on", "GOWORK=off", "PWD="+dir)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	var err error
	if runErr := Run(cmd); runErr != nil {
		err = fmt.Errorf("the libraries that the fixtures in %s import cannot be downloaded (is the module proxy reachable?): %v\n%s",
			dir, runErr, strings.TrimSpace(out.String()))
	}
	fetched[dir] = err
	return err
}
