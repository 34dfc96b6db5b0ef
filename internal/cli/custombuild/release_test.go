package custombuild_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"golang.org/x/mod/module"
	"golang.org/x/mod/zip"

	"github.com/ctxlint/ctxlint/internal/tool/drivertest"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

const (
	self    = "github.com/ctxlint/ctxlint"
	release = "v0.98.76"
)

// TestRelease does what the documentation tells new users to do, in an empty
// directory: it installs a release of ctxlint from a module proxy, and has it
// build gopls. The other tests take the analyzers from the source.
func TestRelease(t *testing.T) {
	testenv.EndToEnd(t, "gopls")
	bin := t.TempDir()
	// Use a separate module cache, because the release must not be there
	// afterwards. What is in the user's cache is not downloaded again.
	cache := strings.TrimSpace(drivertest.Run(t, ".", "go", "env", "GOMODCACHE").Stdout)
	proxy := strings.TrimSpace(drivertest.Run(t, ".", "go", "env", "GOPROXY").Stdout)
	for name, value := range map[string]string{
		"GOBIN":      bin,
		"GOMODCACHE": t.TempDir(),
		"GOFLAGS":    "-modcacherw",
		"GOSUMDB":    "off",
		"GOPROXY":    strings.Join([]string{fileURL(proxyOf(t, release)), fileURL(filepath.Join(cache, "cache", "download")), proxy}, ","),
	} {
		t.Setenv(name, value)
	}
	empty := t.TempDir()
	if out := drivertest.Run(t, empty, "go", "install", self+"/cmd/ctxlint@latest"); out.Code != 0 {
		t.Fatalf("go install: %s", out.Stderr)
	}
	ctxlint, err := exec.LookPath(filepath.Join(bin, "ctxlint"))
	if err != nil {
		t.Fatal(err)
	}
	if out := drivertest.Run(t, empty, ctxlint, "version"); !strings.HasPrefix(out.Stdout, "ctxlint "+release+" ") {
		t.Errorf("ctxlint version: %s%s", out.Stdout, out.Stderr)
	}
	out := drivertest.Run(t, empty, ctxlint, "build", "gopls", "-o", filepath.Join("bin", "gopls-ctxlint"))
	if out.Code != 0 || !strings.Contains(out.Stderr, "with the analyzers of ctxlint "+release+", using ") {
		t.Fatalf("ctxlint build gopls: exit code %d\n%s", out.Code, out.Stderr)
	}

	file := filepath.Join(empty, "m.go")
	for name, text := range map[string]string{
		filepath.Join(empty, "go.mod"): "module example.com/m\n\ngo 1.26\n",
		file:                           "package m\n\nimport \"context\"\n\nfunc f(ctx context.Context) {\n\tctx, _ = context.WithCancel(ctx)\n\t<-ctx.Done()\n}\n",
	} {
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("GOPLSCACHE", t.TempDir())
	gopls := filepath.Join(empty, "bin", "gopls-ctxlint")
	if out := drivertest.Run(t, empty, gopls, "version"); !strings.Contains(out.Stdout, "+ctxlint."+strings.TrimPrefix(release, "v")) {
		t.Errorf("gopls version: %s%s", out.Stdout, out.Stderr)
	}
	if out := drivertest.Run(t, empty, gopls, "check", file); !strings.Contains(out.Stdout, "the cancel function of context.WithCancel is discarded") {
		t.Errorf("gopls check: %s%s", out.Stdout, out.Stderr)
	}
}

// proxyOf returns the directory of a module proxy that has the source as the
// release of this version, and nothing else.
func proxyOf(t *testing.T, version string) string {
	t.Helper()
	proxy := t.TempDir()
	dir := filepath.Join(proxy, filepath.FromSlash(self), "@v")
	if err := os.MkdirAll(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	root := testenv.Root(t)
	f, err := os.Create(filepath.Join(dir, version+".zip"))
	if err != nil {
		t.Fatal(err)
	}
	mod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err := errors.Join(err,
		zip.CreateFromDir(f, module.Version{Path: self, Version: version}, root),
		f.Close(),
		os.WriteFile(filepath.Join(dir, version+".mod"), mod, 0o666),
		os.WriteFile(filepath.Join(dir, version+".info"), fmt.Appendf(nil, "{\"Version\": %q}", version), 0o666),
		os.WriteFile(filepath.Join(dir, "list"), []byte(version+"\n"), 0o666),
	); err != nil {
		t.Fatal(err)
	}
	return proxy
}

// fileURL returns the URL of a directory.
func fileURL(dir string) string {
	dir = filepath.ToSlash(dir)
	if runtime.GOOS == "windows" {
		dir = "/" + dir
	}
	return "file://" + dir
}
