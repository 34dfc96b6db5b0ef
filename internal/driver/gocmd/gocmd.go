// Package gocmd finds the go command and runs it.
//
// Every child runs in its own process group, so that an interrupt also ends the
// compilers and analysis processes below it.
package gocmd

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync"
	"time"

	"go/version"
)

// The oldest go commands for a purpose.
const (
	MinVersion   = "go1.24" // its vet protocol is one that ctxlint speaks
	BuildVersion = "go1.26" // it can build ctxlint, whose go.mod asks for it
)

// replayVersion is the oldest go command that hands on what a vet tool prints, keeps it
// in the build cache and replays it; see [Go.Vet] for older ones.
const replayVersion = "go1.26"

// grace is how long an interrupted child may take to end before it is killed.
const grace = 5 * time.Second

// A Go runs the go command in one directory. Its methods may be called
// concurrently.
type Go struct {
	Dir string // working directory of the children

	// Log, if not nil, is called before a child starts; what it returns is
	// called when the child has ended.
	Log func(argv []string) (ended func())

	// Spent, if not nil, is given what a child took that has ended: time, and the
	// processor time of it and of all that it has run, 0 where the system does not tell.
	Spent func(argv []string, took, cpu time.Duration)

	// Tell, if not nil, is given what a user should know who waits: that another toolchain
	// is used, and that it is downloaded.
	Tell func(message string)

	// Oldest is the oldest version of the go command that will do, [MinVersion] if it is "".
	Oldest string

	path    string
	env     []string
	release string // of the toolchain in use, once [Go.Env] has asked

	mu      sync.Mutex
	running map[*exec.Cmd]group
}

// Env is the part of "go env" that matters to ctxlint.
type Env struct {
	GOVERSION   string // version of the toolchain in use
	GOTOOLCHAIN string
	GOMOD       string // the main module's go.mod, os.DevNull outside a module, "" without modules
	GOWORK      string // go.work file, "" outside a workspace
	GOFLAGS     string
	GOCACHE     string // directory of the build cache
}

// Find returns the go command in the PATH, to be run in dir. It is an error if
// there is none or if dir is not a directory.
func Find(dir string) (*Go, error) {
	if info, err := os.Stat(dir); err != nil {
		return nil, err
	} else if !info.IsDir() {
		return nil, fmt.Errorf("%s is not a directory", dir)
	}
	path, err := exec.LookPath("go")
	if err != nil {
		return nil, errors.New("the go command is not in PATH: install Go (https://go.dev/dl) or add its bin directory to PATH")
	}
	// The go command prefers PWD to a path with symbolic links resolved.
	env := append(os.Environ(), "PWD="+dir)
	return &Go{Dir: dir, path: path, env: env, running: make(map[*exec.Cmd]group)}, nil
}

// Env asks for the environment of the go command. If the toolchain is older
// than [Go.Oldest] and the user lets the go command choose toolchains, it and
// all later children use the one that ctxlint was built with; otherwise, an
// older toolchain is an error.
func (g *Go) Env(ctx context.Context) (Env, error) {
	env, err := g.readEnv(ctx)
	if err == nil && !g.recent(env.GOVERSION) {
		env, err = g.newerEnv(ctx, env)
	}
	g.release = env.Release()
	return env, err
}

// newerEnv makes the go command use a newer toolchain than the one that is too old.
func (g *Go) newerEnv(ctx context.Context, old Env) (Env, error) {
	found, needs := old.GOVERSION, g.needs()
	toolchain := newerToolchain(old.GOTOOLCHAIN)
	if toolchain == "" {
		return old, fmt.Errorf("%s is too old: %s, and GOTOOLCHAIN=%s keeps the go command from using one", found, needs, old.GOTOOLCHAIN)
	}
	name, _, _ := strings.Cut(toolchain, "+")
	g.tell(fmt.Sprintf("%s is too old for ctxlint; using %s", found, name))
	g.env = append(g.env, "GOTOOLCHAIN="+toolchain)
	env, err := g.readEnv(ctx)
	if err != nil {
		return env, fmt.Errorf("%s is too old (%s) and GOTOOLCHAIN=%s cannot be used: %w", found, needs, toolchain, err)
	}
	if !g.recent(env.GOVERSION) {
		return env, fmt.Errorf("%s is too old: %s", env.GOVERSION, needs)
	}
	return env, nil
}

func (g *Go) oldest() string { return cmp.Or(g.Oldest, MinVersion) }

// needs says which version of the go command is needed.
func (g *Go) needs() string {
	if g.oldest() == BuildVersion {
		return "building ctxlint's analyzers takes " + BuildVersion + " or later"
	}
	return "ctxlint needs " + g.oldest() + " or later"
}

// recent reports whether a GOVERSION is recent enough.
func (g *Go) recent(goversion string) bool {
	return version.Compare(release(goversion), g.oldest()) >= 0
}

func (g *Go) tell(message string) {
	if g.Tell != nil {
		g.Tell(message)
	}
}

func (g *Go) readEnv(ctx context.Context) (Env, error) {
	var env Env
	var out bytes.Buffer
	stderr, err := g.run(ctx, &out, "env", "-json", "GOVERSION", "GOTOOLCHAIN", "GOMOD", "GOWORK", "GOFLAGS", "GOCACHE")
	if err != nil {
		return env, commandError("go env", stderr, err)
	}
	if err := json.Unmarshal(out.Bytes(), &env); err != nil {
		return env, fmt.Errorf("go env: %w", err)
	}
	return env, nil
}

// Release returns GOVERSION in the form that go/version expects, without what
// an experiment or a development tree puts around the version.
func (e Env) Release() string { return release(e.GOVERSION) }

// Newer reports whether the toolchain's language version is newer than that of
// the toolchain that ctxlint was built with, whose type checker may then not
// understand the source.
func (e Env) Newer() bool {
	return version.Compare(version.Lang(release(e.GOVERSION)), version.Lang(release(runtime.Version()))) > 0
}

// release strips what surrounds the version in GOVERSION and runtime.Version:
// "devel go1.27-abcdef Mon ...", "go1.26.1 X:experiment", "go1.26-custom".
func release(goversion string) string {
	for field := range strings.FieldsSeq(goversion) {
		if field, _, _ = strings.Cut(field, "-"); version.IsValid(field) {
			return field
		}
	}
	return ""
}

// newerToolchain returns the GOTOOLCHAIN that makes the go command use the
// toolchain that ctxlint was built with, or "" if the user's setting forbids
// that.
func newerToolchain(setting string) string {
	built := release(runtime.Version())
	if !version.IsValid(built) {
		built = BuildVersion + ".0"
	}
	switch _, mode, _ := strings.Cut("+"+setting, "+"); {
	case mode == "auto" || strings.HasSuffix(mode, "+auto"):
		return built + "+auto"
	case mode == "path" || strings.HasSuffix(mode, "+path"):
		return built + "+path"
	}
	return ""
}

// commandError describes why a go command failed, in its own words if it
// printed any.
func commandError(what, stderr string, err error) error {
	if errors.Is(err, context.Canceled) {
		return err
	}
	var own strings.Builder
	for line := range strings.Lines(stderr) {
		if !isProgress(line) {
			own.WriteString(line)
		}
	}
	if said := strings.TrimSpace(own.String()); said != "" {
		return errors.New(strings.TrimPrefix(said, "go: "))
	}
	return fmt.Errorf("%s: %w", what, err)
}

// Setenv adds variables, "NAME=value", to the environment of all later children.
func (g *Go) Setenv(vars ...string) { g.env = append(g.env, vars...) }

// Output runs the go command and returns what it prints. The error has what it
// prints on standard error.
func (g *Go) Output(ctx context.Context, args ...string) ([]byte, error) {
	var out bytes.Buffer
	stderr, err := g.run(ctx, &out, args...)
	if err != nil {
		return nil, commandError("go "+args[0], stderr, err)
	}
	return out.Bytes(), nil
}
