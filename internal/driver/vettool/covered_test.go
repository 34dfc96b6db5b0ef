package vettool

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/ctxlint/ctxlint/internal/driver/vettool/unit"
)

func TestTestedInside(t *testing.T) {
	for name, test := range map[string]struct {
		file, content string
		want          bool
	}{
		"inside":             {"p_test.go", "package p\n", true},
		"beside":             {"p_test.go", "package p_test\n", false},
		"on some platforms":  {"p_test.go", "//go:build linux\n\npackage p\n", false},
		"a platform's name":  {"p_linux_test.go", "package p\n", false},
		"ignored":            {"_p_test.go", "package p\n", false},
		"no test":            {"ptest.go", "package p\n", false},
		"broken":             {"p_test.go", "pkg p\n", false},
		"an ordinary remark": {"p_test.go", "// Copyright\n\npackage p\n", true},
	} {
		cfg := config{new(unit.Config)}
		cfg.Dir = t.TempDir()
		cfg.GoFiles = []string{filepath.Join(cfg.Dir, "p.go")}
		if err := os.WriteFile(filepath.Join(cfg.Dir, test.file), []byte(test.content), 0o666); err != nil {
			t.Fatal(err)
		}
		if got := cfg.testedInside(); got != test.want {
			t.Errorf("%s: testedInside = %t", name, got)
		}
		cfg.GoFiles = append(cfg.GoFiles, filepath.Join(cfg.Dir, "p_test.go"))
		if cfg.testedInside() {
			t.Errorf("%s: the variant with tests is left to itself", name)
		}
	}
}
