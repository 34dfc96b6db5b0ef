package evidence

import (
	"path/filepath"
	"slices"
	"testing"
)

// TestImportPath checks that a package of a nested main module is of that, in whatever order
// the modules are given.
func TestImportPath(t *testing.T) {
	root := filepath.Join(t.TempDir(), "service")
	modules := []Module{{"example.com/service", root}, {"example.com/tools", filepath.Join(root, "tools")}}
	for range 2 {
		c := &code{modules: modules}
		for dir, want := range map[string]string{
			root:                                 "example.com/service",
			filepath.Join(root, "store"):         "example.com/service/store",
			filepath.Join(root, "tools"):         "example.com/tools",
			filepath.Join(root, "tools", "gen"):  "example.com/tools/gen",
			filepath.Join(root, "toolset"):       "example.com/service/toolset",
			filepath.Join(root, "..", "another"): "",
		} {
			if got := c.importPath(dir); got != want {
				t.Errorf("the package in %s is %q, want %q", dir, got, want)
			}
		}
		slices.Reverse(modules)
	}
}
