// Package custombuild builds golangci-lint and gopls with ctxlint's analyzers in them.
//
// Neither program loads analyzers at run time. The new programs consist only of
// released modules, as the go command downloads them.
package custombuild

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"

	"github.com/ctxlint/ctxlint/internal/driver/gocmd"
)

// Path is the path of ctxlint's own module.
const Path = "github.com/ctxlint/ctxlint"

// A Tool is a program that can be built.
type Tool struct {
	Name   string
	module string // its module; by default, the newest release that the user's Go can build
	oldest string // the oldest release that builds with the dependencies of the analyzers, "" for any

	// assemble writes a main module into b.dir and returns the arguments of go
	// build.
	assemble func(ctx context.Context, b *builder) (args []string, err error)
}

var tools = []*Tool{golangciLint, gopls}

// Names returns the names of the tools.
func Names() []string {
	var names []string
	for _, t := range tools {
		names = append(names, t.Name)
	}
	return names
}

// Lookup returns the tool with that name, or nil if there is none.
func Lookup(name string) *Tool {
	i := slices.IndexFunc(tools, func(t *Tool) bool { return t.Name == name })
	if i < 0 {
		return nil
	}
	return tools[i]
}

// Options say what to build, and from which parts.
type Options struct {
	Version string // of the tool; "" means the newest that Go can build
	Output  string // absolute name of the program
	Source  string // directory of ctxlint's source; "" means Release
	Release string // version of ctxlint

	Note func(format string, args ...any) // reports what is chosen
}

// A builder is one build.
type builder struct {
	Options
	command   *gocmd.Go
	dir       string // of the main module, which is temporary
	goVersion string
	version   string // of the tool
}

// Build builds the tool with the go command g, which it makes run in a
// temporary directory. The error says what is missing: a module that cannot be
// downloaded, or a version that does not exist or needs a newer Go.
func (t *Tool) Build(ctx context.Context, g *gocmd.Go, o Options) error {
	program, err := newOutput(o.Output)
	if err != nil {
		return err
	}
	defer program.abort()
	dir, err := os.MkdirTemp("", "ctxlint-build")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	b := &builder{Options: o, command: g, dir: filepath.Join(dir, t.Name)}
	if err := os.Mkdir(b.dir, 0o777); err != nil {
		return err
	}
	g.Dir = b.dir
	// The user's workspace and flags concern the user's own modules.
	g.Setenv("PWD="+b.dir, "GOWORK=off", "GO111MODULE=on", "GOFLAGS=")
	env, err := g.Env(ctx)
	if err != nil {
		return err
	}
	b.goVersion = env.Release()
	if b.version, err = b.choose(ctx, t); err != nil {
		return err
	}
	b.Note("building %s %s with the analyzers of ctxlint %s, using %s", t.Name, b.version, b.origin(), env.GOVERSION)
	args, err := t.assemble(ctx, b)
	if err != nil {
		return err
	}
	args = slices.Concat([]string{"build", "-mod=mod", "-trimpath", "-o", program.temporary}, args)
	if _, err := b.command.Output(ctx, args...); err != nil {
		return explain(fmt.Errorf("build %s %s: %w", t.Name, b.version, err))
	}
	return program.commit()
}

// origin names the ctxlint that the analyzers are taken from.
func (b *builder) origin() string {
	if b.Source != "" {
		return "in " + b.Source
	}
	return b.Release
}

// requireSelf makes the main module, whose go.mod is f, require ctxlint.
func (b *builder) requireSelf(f *modfile.File) error {
	if b.Source == "" {
		return f.AddRequire(Path, b.Release)
	}
	return errors.Join(f.AddRequire(Path, "v0.0.0"), f.AddReplace(Path, "", b.Source, ""))
}

// write writes a file of the main module.
func (b *builder) write(name string, content []byte) error {
	return os.WriteFile(filepath.Join(b.dir, filepath.FromSlash(name)), content, 0o666)
}

func (b *builder) writeMod(f *modfile.File) error {
	f.Cleanup()
	text, err := f.Format()
	if err != nil {
		return err
	}
	return b.write("go.mod", text)
}

// explain adds, to an error of the go command, what can be done about it.
func explain(err error) error {
	for _, sign := range []string{"dial tcp", "lookup disabled by GOPROXY=off", "no such host", "connection refused", "i/o timeout", "proxyconnect"} {
		if strings.Contains(err.Error(), sign) {
			return fmt.Errorf("%w\nThe modules come from the module proxy, and not all of them are in the module cache. Check the network and GOPROXY, or use -version to name a version that was downloaded before", err)
		}
	}
	return err
}
