package source

import (
	"context"
	"errors"
	"path/filepath"
	"sync"
	"time"

	"github.com/ctxlint/ctxlint/internal/util/plainfile"
)

// MaxSize is the size up to which a source file is read. It is several times that of
// the largest Go files there are, which are generated.
const MaxSize = 32 << 20

// Files knows which files are source: those that the go command lists as Go files of
// some package. The name of a file in a report proves nothing, because a //line
// directive can name any file of the system. A file that the go command does not list
// is not read, and neither is one that a symbolic link leads to outside its module.
//
// A nil Files knows no file. Files is safe for concurrent use.
type Files struct {
	ctx context.Context

	mu       sync.Mutex
	packages map[string]*Package // by directory
	more     func(context.Context) []Package
	asked    bool // more has been called
	stuck    bool // a file system does not answer
}

// A Package is a directory of which the go command lists Go files.
type Package struct {
	Dir   string          // absolute
	Root  string          // the files must really be in this directory: that of the module
	Names map[string]bool // base names
}

// NewFiles returns a Files with no packages. It reads as long as ctx lasts.
func NewFiles(ctx context.Context) *Files {
	return &Files{ctx: ctx, packages: make(map[string]*Package)}
}

// Add adds packages. Several may be in one directory.
func (f *Files) Add(packages ...Package) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.add(packages)
}

func (f *Files) add(packages []Package) {
	for _, p := range packages {
		dir := filepath.Clean(p.Dir)
		known := f.packages[dir]
		if known == nil {
			known = &Package{Dir: dir, Root: p.Root, Names: make(map[string]bool)}
			f.packages[dir] = known
		}
		for name := range p.Names {
			known.Names[name] = true
		}
	}
}

// Otherwise sets what lists further packages, such as dependencies, unless that has been
// set before. It is called once, when a Go file is asked for that no package has.
func (f *Files) Otherwise(more func(context.Context) []Package) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.more == nil {
		f.more = more
	}
}

// errNotListed is about a file that is none of a package.
var errNotListed = errors.New("the go command does not list the file")

// Resolve returns the file that the name of a listed file means when symbolic links are
// followed. The error says why it is not to be read or written.
func (f *Files) Resolve(name string) (string, error) {
	p := f.lookup(name)
	if p == nil {
		return "", errNotListed
	}
	return plainfile.Within(p.Root, name)
}

// lookup returns the package that lists the named file, or nil.
func (f *Files) lookup(name string) *Package {
	dir, base := filepath.Split(name)
	if f == nil || !filepath.IsAbs(name) {
		return nil
	}
	dir = filepath.Clean(dir)
	f.mu.Lock()
	defer f.mu.Unlock()
	if p := f.packages[dir]; p != nil && p.Names[base] {
		return p
	}
	if f.more != nil && !f.asked && filepath.Ext(base) == ".go" {
		f.asked = true
		f.add(f.more(f.ctx))
		if p := f.packages[dir]; p != nil && p.Names[base] {
			return p
		}
	}
	return nil
}

// patience is how long a file that a run was reading may take after the run has been
// interrupted. What was found until then is shown with its source.
const patience = time.Second

// read reads a file that has been found to be source. A file system that does not
// answer keeps nobody from ending the run.
func (f *Files) read(file string) ([]byte, error) {
	f.mu.Lock()
	stuck := f.stuck
	f.mu.Unlock()
	if stuck {
		return nil, context.Cause(f.ctx)
	}
	ctx, cancel := Lasting(f.ctx, patience)
	defer cancel()
	content, err := plainfile.Await(ctx, func() ([]byte, error) { return plainfile.Read(file, MaxSize) })
	if err != nil && ctx.Err() != nil {
		f.mu.Lock()
		f.stuck = true
		f.mu.Unlock()
	}
	return content, err
}

// Lasting returns a context that ends the given time after ctx does.
func Lasting(ctx context.Context, after time.Duration) (context.Context, context.CancelFunc) {
	longer, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(after, cancel) })
	return longer, func() {
		stop()
		cancel()
	}
}
