package source_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/ctxlint/ctxlint/internal/report/source"
	"github.com/ctxlint/ctxlint/internal/report/source/sourcetest"
)

func write(t *testing.T, name, content string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, []byte(content), 0o666); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestLine(t *testing.T) {
	f := read(t, "one\r\n\ntwo\nlast")
	for n, want := range map[int]string{1: "one", 2: "", 3: "two", 4: "last"} {
		if got, ok := f.Line(n); got != want || !ok {
			t.Errorf("Line(%d) = %q, %v, want %q", n, got, ok, want)
		}
	}
	for _, n := range []int{-1, 0, 5} {
		if got, ok := f.Line(n); ok {
			t.Errorf("Line(%d) = %q, want none", n, got)
		}
	}
}

func TestUTF16Col(t *testing.T) {
	// é has two bytes and one unit, 😀 four and two.
	f := read(t, "é😀x\n")
	for col, want := range map[int]int{1: 1, 3: 2, 7: 4, 8: 5, 9: 9, 0: 0} {
		if got := f.UTF16Col(1, col); got != want {
			t.Errorf("UTF16Col(1, %d) = %d, want %d", col, got, want)
		}
	}
	if got := f.UTF16Col(7, 3); got != 3 {
		t.Errorf("UTF16Col of a line that does not exist = %d, want it unchanged", got)
	}
}

// read returns a listed file with the content.
func read(t *testing.T, content string) *source.File {
	t.Helper()
	file := write(t, "a.go", content)
	return source.NewCache(sourcetest.Below(t, filepath.Dir(file)), nil).File(file)
}

func TestOverlay(t *testing.T) {
	replaced, replacement := write(t, "a.go", "disk"), write(t, "b.go", "overlay")
	dir := filepath.Dir(replaced)
	rel, err := filepath.Rel(dir, replacement)
	if err != nil {
		t.Fatal(err)
	}
	file := write(t, "overlay.json", `{"Replace": {"a.go": "`+filepath.ToSlash(rel)+`"}}`)
	overlay, err := source.ReadOverlay(dir, file)
	if err != nil {
		t.Fatal(err)
	}
	c := source.NewCache(sourcetest.Below(t, dir), overlay)
	if got, _ := c.File(replaced).Line(1); got != "overlay" || !c.Overlaid(replaced) {
		t.Errorf("Line(1) = %q, want the overlay's", got)
	}
	if got := c.Original(replacement); got != replaced {
		t.Errorf("Original(%s) = %s, want %s", replacement, got, replaced)
	}
	if got := c.Original(replaced); got != replaced {
		t.Errorf("Original(%s) = %s, want the same", replaced, got)
	}
	if c.Overlaid(replacement) {
		t.Error("the replacement counts as replaced")
	}
	if _, err := source.ReadOverlay(dir, write(t, "bad.json", "[]")); err == nil {
		t.Error("a malformed overlay gives no error")
	}
}
