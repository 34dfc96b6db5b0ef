package cli

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// A cover is an overlay for the go command that hides files, or puts files where there are
// none, on top of what the user's overlay does.
type cover struct {
	base    map[string]string // the user's overlay
	replace map[string]string // "" hides a file
	dir     string            // a temporary directory, "" until it is needed
	file    string            // the overlay as it is in replace, "" if it has to be written
	err     error
}

func newCover(base map[string]string) *cover {
	return &cover{base: base, replace: make(map[string]string)}
}

// remove removes what was written.
func (c *cover) remove() {
	if c.dir != "" {
		os.RemoveAll(c.dir)
	}
}

// put replaces a file. It reports whether that is new.
func (c *cover) put(name, by string) bool {
	if old, ok := c.replace[name]; ok && old == by {
		return false
	}
	c.replace[name] = by
	c.file = ""
	return true
}

// hideTests hides the test files in dir. It reports whether there are any that were not
// hidden before.
func (c *cover) hideTests(dir string) bool {
	fresh := false
	hide := func(name string) {
		if strings.HasSuffix(name, "_test.go") && c.put(name, "") {
			fresh = true
		}
	}
	entries, _ := os.ReadDir(dir) // what cannot be read is nothing to the go command either
	for _, e := range entries {
		hide(filepath.Join(dir, e.Name()))
	}
	for name := range c.base {
		if filepath.Dir(name) == dir {
			hide(name)
		}
	}
	return fresh
}

// hides reports whether a file in dir is hidden.
func (c *cover) hides(dir string) bool {
	for name, by := range c.replace {
		if by == "" && filepath.Dir(name) == dir {
			return true
		}
	}
	return false
}

// standIn puts an empty file where there is none. It reports whether that is new.
func (c *cover) standIn(name string) bool {
	if _, ok := c.replace[name]; ok || !c.open() {
		return false
	}
	empty := filepath.Join(c.dir, "empty")
	if err := os.WriteFile(empty, nil, 0o666); err != nil {
		c.err = err
		return false
	}
	return c.put(name, empty)
}

// open makes the temporary directory.
func (c *cover) open() bool {
	if c.dir == "" && c.err == nil {
		c.dir, c.err = os.MkdirTemp("", "ctxlint-overlay")
	}
	return c.err == nil
}

// flags returns the flags that make the go command use the overlay, after those of the
// user, as the last one counts. If the overlay cannot be written, there are none.
func (c *cover) flags() []string {
	if len(c.replace) == 0 || !c.open() {
		return nil
	}
	if c.file == "" {
		all := maps.Clone(c.base)
		if all == nil {
			all = make(map[string]string)
		}
		maps.Copy(all, c.replace)
		file := filepath.Join(c.dir, strconv.Itoa(len(c.replace))+".json")
		if c.err = writeOverlay(file, all); c.err != nil {
			return nil
		}
		c.file = file
	}
	return []string{"-overlay=" + c.file}
}

// writeOverlay writes a file for the go command's -overlay flag.
func writeOverlay(file string, replace map[string]string) error {
	content, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return err
	}
	return os.WriteFile(file, content, 0o666)
}
