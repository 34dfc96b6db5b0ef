package custombuild_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ctxlint/ctxlint/internal/tool/drivertest"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

const release = "v0.98.76"

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
		"GOPROXY":    strings.Join([]string{drivertest.Release(t, release), drivertest.FileURL(filepath.Join(cache, "cache", "download")), proxy}, ","),
	} {
		t.Setenv(name, value)
	}
	empty := t.TempDir()
	if out := drivertest.Run(t, empty, "go", "install", drivertest.Module+"/cmd/ctxlint@latest"); out.Code != 0 {
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
