package gocmd

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"strings"
)

// A Package is what "go list" says about a package.
type Package struct {
	ImportPath string
	Name       string
	Dir        string
	Standard   bool
	Module     *Module
	ForTest    string
	Match      []string // patterns of the command line that name the package
	Deps       []string // imported, directly or not
	Error      *PackageError
	DepsErrors []*PackageError

	// Files in Dir.
	GoFiles, CgoFiles, TestGoFiles, XTestGoFiles []string
	IgnoredGoFiles                               []string // left out because of build constraints
}

// sourceFields are the fields of a Package that tell its files.
const sourceFields = "Dir,Module,GoFiles,CgoFiles,TestGoFiles,XTestGoFiles"

// Module is the module of a package.
type Module struct {
	Path    string
	Main    bool
	Version string
	Dir     string
}

// PackageError is an error of cmd/go about loading a package.
type PackageError struct {
	ImportStack []string
	Pos         string // "file:line:col" if known, relative to the working directory
	Err         string
}

// List returns the packages that the patterns name, without loading what they
// import. For a pattern that matches nothing, there is a Package with Error
// set, or no package at all.
func (g *Go) List(ctx context.Context, buildFlags, patterns []string) ([]Package, error) {
	return g.list(ctx, []string{"-find", "-json=ImportPath,Name,Standard,Match,Error,IgnoredGoFiles," + sourceFields}, buildFlags, patterns)
}

// ListErrors is like [Go.List], but also loads imports and tests, and so finds
// every error that keeps "go vet" from starting. It also returns the test
// variants.
func (g *Go) ListErrors(ctx context.Context, buildFlags, patterns []string) ([]Package, error) {
	// Without fields about them, embedded files are not looked for.
	const fields = "ImportPath,ForTest,Deps,Error,DepsErrors,EmbedFiles,TestEmbedFiles,XTestEmbedFiles"
	return g.list(ctx, []string{"-test", "-json=" + fields}, buildFlags, patterns)
}

// ListSources returns the packages that the patterns name, and all that they import,
// with their files.
func (g *Go) ListSources(ctx context.Context, buildFlags, patterns []string) ([]Package, error) {
	return g.list(ctx, []string{"-deps", "-test", "-json=" + sourceFields}, buildFlags, patterns)
}

// Module returns the module with that path that the main modules require, or nil if there
// is none. It asks no network, so that its Dir is empty if it is not in the module cache.
func (g *Go) Module(ctx context.Context, path string) (*Module, error) {
	var out bytes.Buffer
	// With -mod=vendor, no module has a directory.
	stderr, err := g.runWith(ctx, []string{"GOPROXY=off"}, &out, "list", "-m", "-e", "-mod=readonly", "-json=Path,Main,Version,Dir,Error", "--", path)
	if err != nil {
		return nil, commandError("go list", stderr, err)
	}
	if out.Len() == 0 {
		return nil, nil
	}
	var m struct {
		Module
		Error *struct{ Err string }
	}
	if err := json.Unmarshal(out.Bytes(), &m); err != nil {
		return nil, errors.New("cannot read the output of go list: " + strings.TrimSpace(err.Error()))
	}
	if m.Error != nil && m.Version == "" {
		return nil, nil
	}
	return &m.Module, nil
}

func (g *Go) list(ctx context.Context, flags, buildFlags, patterns []string) ([]Package, error) {
	args := append([]string{"list", "-e"}, flags...)
	args = append(args, buildFlags...)
	args = append(args, "--")
	args = append(args, patterns...)
	var out bytes.Buffer
	stderr, err := g.run(ctx, &out, args...)
	if err != nil {
		return nil, commandError("go list", stderr, err)
	}
	var packages []Package
	for dec := json.NewDecoder(&out); ; {
		var p Package
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return packages, nil
		} else if err != nil {
			return nil, errors.New("cannot read the output of go list: " + strings.TrimSpace(err.Error()))
		}
		packages = append(packages, p)
	}
}
