package vettool

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ctxlint/ctxlint/internal/pass/location"
)

// names turns the names of files into those of records. cmd/go may replay a
// record in another checkout: with -trimpath, the directory of a package is not
// part of the cache key. So a record must not say where the checkout is.
type names struct {
	dir   string   // the unit's directory
	root  string   // that of its module, "" if unknown
	files []string // the unit's Go files, absolute, as given to the parser
}

func newNames(cfg config) *names {
	n := &names{dir: filepath.Clean(cfg.Dir), files: cfg.GoFiles}
	if m := cfg.Owner(); m != nil {
		n.root, _ = location.ModuleRoot(n.dir, cfg.ImportPath, m.Path)
	}
	return n
}

// isOwn reports whether the file, named as in its [token.File], is one of the
// unit's. Any other file is known from export data, in which cmd/go has trimmed
// the names if it trims any.
func (n *names) isOwn(file string) bool { return slices.Contains(n.files, file) }

// own returns the name by which a record refers to a file, given the file's
// name in a position of the unit, as //line directives have it, and the name of
// the file that was parsed:
//
//   - the base name, if the file is in the unit's directory;
//   - "./a/b" or "../b", with slashes on every system, relative to the unit's
//     directory, if it is elsewhere;
//   - the name itself, if a //line directive gives it in full.
func (n *names) own(name, parsed string) string {
	if base, ok := n.source(name); ok {
		return base
	}
	if _, ok := n.source(parsed); !ok {
		// cgo's output is in a temporary directory. Its //line directives mean
		// files in the unit's directory, but with -trimpath they name them by
		// import path, and so seem to mean files in the temporary directory.
		if base := filepath.Base(name); n.exists(base) {
			return base
		}
		return name
	}
	if inFull(name, parsed) {
		return name
	}
	return n.relative(name)
}

// beside returns the name of a file of another package, relative to the unit's
// directory if it is in the unit's module.
func (n *names) beside(name string) string {
	if n.root == "" || !filepath.IsAbs(name) || !strings.HasPrefix(name, n.root+string(filepath.Separator)) {
		return name
	}
	return n.relative(name)
}

// relative returns an absolute name relative to the unit's directory, or the
// name itself if that is impossible.
func (n *names) relative(name string) string {
	rel, err := filepath.Rel(n.dir, name)
	if err != nil {
		return name
	}
	if rel = filepath.ToSlash(rel); !strings.HasPrefix(rel, "../") {
		rel = "./" + rel
	}
	return rel
}

// inFull reports whether the source has a //line directive with exactly this
// name. A position does not tell, because the parser makes all names absolute.
func inFull(name, parsed string) bool {
	src, err := os.ReadFile(parsed)
	return err == nil && (bytes.Contains(src, []byte("line "+name+":")) || bytes.Contains(src, []byte("line "+filepath.ToSlash(name)+":")))
}

// source returns the base name of the file if it is in the unit's directory.
func (n *names) source(file string) (base string, ok bool) {
	if filepath.Dir(file) != n.dir {
		return "", false
	}
	return filepath.Base(file), true
}

func (n *names) exists(base string) bool {
	_, err := os.Stat(filepath.Join(n.dir, base))
	return err == nil
}
