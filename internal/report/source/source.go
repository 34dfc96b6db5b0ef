// Package source reads the lines of source files for people and for tools
// that count columns in other units than bytes.
package source

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path/filepath"
	"sort"

	"github.com/ctxlint/ctxlint/internal/util/plainfile"
)

// A Cache reads each file once. It is not safe for concurrent use.
type Cache struct {
	listed  *Files
	overlay map[string]string
	files   map[string]*File
}

// NewCache returns an empty cache that reads the listed files through the given
// overlay, a map from a path to the path of its replacement, which may be nil.
func NewCache(listed *Files, overlay map[string]string) *Cache {
	return &Cache{listed: listed, overlay: overlay, files: make(map[string]*File)}
}

// maxOverlay is the size up to which the file of an overlay is read.
const maxOverlay = 64 << 20

// ReadOverlay reads a file for the go command's -overlay flag, as
// "go help build" describes it. Relative paths in it count from dir.
func ReadOverlay(dir, name string) (map[string]string, error) {
	abs := func(p string) string {
		if p == "" || filepath.IsAbs(p) {
			return filepath.Clean(p)
		}
		return filepath.Join(dir, p)
	}
	data, err := plainfile.Read(abs(name), maxOverlay)
	if err != nil {
		return nil, err
	}
	var file struct{ Replace map[string]string }
	if err := json.Unmarshal(data, &file); err != nil {
		return nil, fmt.Errorf("overlay %s: %w", name, err)
	}
	overlay := make(map[string]string)
	for from, to := range file.Replace {
		if to != "" { // which stands for no file
			to = abs(to)
		}
		overlay[abs(from)] = to
	}
	return overlay, nil
}

// Original returns the name of the file that the named file replaces, or the
// name itself if the overlay does not mention it.
func (c *Cache) Original(name string) string {
	original := ""
	for from, to := range c.overlay {
		if to == name && (original == "" || from < original) {
			original = from
		}
	}
	if original == "" {
		return name
	}
	return original
}

// Overlaid reports whether another file replaces the named one.
func (c *Cache) Overlaid(name string) bool {
	_, ok := c.overlay[name]
	return ok
}

// File returns the named file, or an empty one if it is not listed or cannot be read.
func (c *Cache) File(name string) *File {
	f, ok := c.files[name]
	if !ok {
		content, _ := c.Read(name) // then shown without its source
		f = NewFile(content)
		c.files[name] = f
	}
	return f
}

// Read reads the named file anew. The error says why that is impossible.
func (c *Cache) Read(name string) ([]byte, error) {
	if to, ok := c.overlay[name]; ok && c.listed.lookup(name) != nil {
		return c.listed.read(to) // wherever it is: the user names it
	}
	file, err := c.listed.Resolve(name)
	if err != nil {
		return nil, err
	}
	return c.listed.read(file)
}

// A File is the content of a file with an index of its lines.
type File struct {
	Content []byte
	starts  []int // offset of each line
}

// NewFile returns a file with the given content.
func NewFile(content []byte) *File {
	f := &File{Content: content}
	for start := 0; start < len(content); {
		f.starts = append(f.starts, start)
		n := bytes.IndexByte(content[start:], '\n')
		if n < 0 {
			break
		}
		start += n + 1
	}
	return f
}

// Line returns line n, which counts from 1, without its line ending; ok is
// false if the file has no such line.
func (f *File) Line(n int) (line string, ok bool) {
	if n < 1 || n > len(f.starts) {
		return "", false
	}
	rest := f.Content[f.starts[n-1]:]
	if end := bytes.IndexByte(rest, '\n'); end >= 0 {
		rest = rest[:end]
	}
	return string(bytes.TrimSuffix(rest, []byte("\r"))), true
}

// Start returns the offset of line n, which counts from 1; ok is false if the
// file has no such line.
func (f *File) Start(n int) (offset int, ok bool) {
	if n < 1 || n > len(f.starts) {
		return 0, false
	}
	return f.starts[n-1], true
}

// LineAt returns the line that holds the byte at an offset of the file, and the
// offset of that line.
func (f *File) LineAt(offset int) (line, start int) {
	line = sort.Search(len(f.starts), func(i int) bool { return f.starts[i] > offset })
	start, _ = f.Start(line)
	return line, start
}

// UTF16Col converts a column of line n from bytes to UTF-16 code units, both
// counting from 1. A column outside the line, or in a line that cannot be read,
// is returned unchanged.
func (f *File) UTF16Col(n, col int) int {
	line, ok := f.Line(n)
	if !ok || col < 1 || col-1 > len(line) {
		return col
	}
	units := 1
	for _, r := range line[:col-1] {
		units++
		if r > 0xFFFF {
			units++
		}
	}
	return units
}
