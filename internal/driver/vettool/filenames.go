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
// record in another checkout: with -trimpath the directory of a package is no
// part of the cache key. So a record must not say where the checkout is.
type names struct {
	dir   string   // the unit's directory
	root  string   // that of its module, "" if it is not known
	files []string // the unit's Go files, absolute, as given to the parser
}

func newNames(cfg *config) *names {
	n := &names{dir: filepath.Clean(cfg.Dir), files: cfg.GoFiles}
	if m := cfg.module(); m != nil {
		n.root, _ = location.ModuleRoot(n.dir, cfg.ImportPath, m.Path)
	}
	return n
}

// isOwn reports whether the file, named as in its [token.File], is one of the
// unit's. Any other is known from export data, whose names cmd/go has trimmed if
// it trims any.
func (n *names) isOwn(file string) bool { return slices.Contains(n.files, file) }

// own returns the name under which a record refers to a file, given the file's
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
		// cgo's output lies in a temporary directory. Its //line directives
		// mean files of the unit's directory, but with -trimpath name them by
		// import path, and so seem to mean something in the temporary one.
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
// directory if it is in the unit's module, which is where the unit is from.
func (n *names) beside(name string) string {
	if n.root == "" || !filepath.IsAbs(name) || !strings.HasPrefix(name, n.root+string(filepath.Separator)) {
		return name
	}
	return n.relative(name)
}

// relative returns an absolute name relative to the unit's directory, or the name
// itself where that cannot be.
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

// inFull reports whether the source has a //line directive with this name. The
// parser makes all names absolute, so a position does not tell.
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
