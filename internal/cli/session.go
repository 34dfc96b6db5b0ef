package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/mod/modfile"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/internal/cli/config"
	"github.com/ctxlint/ctxlint/internal/driver/gocmd"
	"github.com/ctxlint/ctxlint/internal/evidence/snapshot"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/report/format"
	"github.com/ctxlint/ctxlint/internal/report/source"
	"github.com/ctxlint/ctxlint/internal/util/plainfile"
)

// A session is a command with its go command and its configuration.
type session struct {
	*command
	goCommand *gocmd.Go
	env       gocmd.Env
	settings  *config.Modules
	overlay   map[string]string
	files     *source.Files // that the go command lists
	known     *known
	snapshots []*snapshot.Snapshot // of the running program
}

// newSession finds the go command.
func (c *command) newSession() (*session, error) {
	if err := c.locate(); err != nil {
		return nil, err
	}
	goCommand, err := gocmd.Find(c.dir)
	if err != nil {
		return nil, err
	}
	goCommand.Log = func(argv []string) (ended func()) {
		start := time.Now()
		c.tell("in %s: %s", goCommand.Dir, strings.Join(argv, " "))
		return func() { c.tell("go %s took %v", argv[1], time.Since(start).Round(time.Millisecond)) }
	}
	goCommand.Tell = func(message string) { c.note("%s", message) }
	return &session{command: c, goCommand: goCommand, known: new(known)}, nil
}

// open asks the go command for its environment and reads the configuration.
func (s *session) open(ctx context.Context) (err error) {
	s.files = source.NewFiles(ctx)
	if s.env, err = s.goCommand.Env(ctx); err != nil {
		return err
	}
	if s.settings, err = s.readSettings(); err != nil {
		return err
	}
	if name := s.overlayFile(); name != "" {
		s.overlay, err = source.ReadOverlay(s.dir, name)
	}
	return err
}

// overlayFile returns the file of the -overlay flag, given here or in GOFLAGS.
func (s *session) overlayFile() string {
	if s.options.overlay != "" {
		return s.options.overlay
	}
	file := ""
	for flag := range strings.FieldsSeq(s.env.GOFLAGS) {
		if name, value, _ := strings.Cut(strings.TrimLeft(flag, "-"), "="); name == "overlay" {
			file = value // the last one counts
		}
	}
	return file
}

// readSettings reads the configuration files, if there are any, and combines them with
// the flags.
func (s *session) readSettings() (*config.Modules, error) {
	file := ""
	var err error
	switch {
	case s.configFile != "":
		file = s.abs(s.dir, s.configFile)
	case !s.noConfig:
		if file, err = s.findConfig(s.env.GOMOD); err != nil {
			return nil, err
		}
	}
	root := s.root()
	if file != "" && s.configFile == "" {
		root = filepath.Dir(file)
	}
	read := map[string]*config.Settings{}
	run, err := s.settle(file, root)
	if err != nil {
		return nil, err
	}
	read[file] = run
	all := &config.Modules{Settings: run}
	if s.configFile != "" || s.noConfig {
		return all, nil
	}
	for _, dir := range s.workspace() {
		file, err := s.findConfig(filepath.Join(dir, "go.mod"))
		if err != nil {
			return nil, err
		}
		if read[file] == nil {
			if read[file], err = s.settle(file, filepath.Dir(file)); err != nil {
				return nil, err
			}
		}
		all.Add(dir, read[file])
	}
	return all, nil
}

// settle combines a configuration file, "" for none, with the flags. Its globs are
// relative to root.
func (s *session) settle(file, root string) (*config.Settings, error) {
	cfg := new(config.Config)
	if file != "" {
		var err error
		if cfg, err = config.Read(file, s.extendable(file), s.suite, s.findInModule); err != nil {
			return nil, s.shortenPaths(err)
		}
		s.tell("configuration: %s", file)
	}
	flags := s.options.analyzers
	if flags.Baseline != nil && *flags.Baseline != "" {
		file := s.abs(s.dir, *flags.Baseline)
		flags.Baseline = &file
	}
	return config.Settle(cfg, flags, s.suite, root)
}

// findConfig returns the configuration file of a module, or that of the workspace.
func (s *session) findConfig(goMod string) (string, error) {
	file, err := config.Find(goMod, s.env.GOWORK)
	if err == nil && file != "" && s.leadsOut(file) {
		err = fmt.Errorf("%s is a link that leads out of %s: name the file with -config", s.formatOptions().Path(file), s.sourceRoot())
	}
	return file, err
}

// leadsOut reports whether a file that nobody has named is a link to one of something
// else: what is wrong with a configuration is shown with words of it.
func (s *session) leadsOut(file string) bool {
	_, beside := plainfile.Within(filepath.Dir(file), file)
	_, below := plainfile.Within(s.sourceRoot(), file)
	return errors.Is(beside, plainfile.ErrOutside) && errors.Is(below, plainfile.ErrOutside)
}

// extendable returns the directory that a configuration file may extend files of: the
// repository, if the file is in it.
func (s *session) extendable(file string) string {
	root := s.sourceRoot()
	if _, ok := plainfile.Below(root, file); !ok {
		return filepath.Dir(file)
	}
	return root
}

// findInModule is a [config.ModuleFinder]. The version of the module is the one that
// go.mod chooses, as for imports, and go.sum vouches for it.
func (s *session) findInModule(name string) (file, root string, err error) {
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		m, err := s.goCommand.Module(context.Background(), dir)
		switch {
		case err != nil:
			return "", "", err
		case m == nil:
		case m.Dir == "":
			return "", "", fmt.Errorf("the module %s is not in the module cache: run 'go mod download %[1]s'", dir)
		default:
			below := strings.TrimPrefix(name, dir+"/")
			return filepath.Join(m.Dir, filepath.FromSlash(below)), m.Dir, nil
		}
	}
	return "", "", errors.New("no module that go.mod requires has that file; a path relative to this file begins with ./ or ../")
}

// maxWork is how large go.work may be.
const maxWork = 1 << 20

// workspace returns the directories of the modules of the workspace, none if there is no
// workspace. What is wrong with go.work the go command says.
func (s *session) workspace() []string {
	content, err := plainfile.Read(s.env.GOWORK, maxWork)
	if err != nil {
		return nil
	}
	work, err := modfile.ParseWork(s.env.GOWORK, content, nil)
	if err != nil {
		return nil
	}
	var dirs []string
	for _, use := range work.Use {
		dirs = append(dirs, s.abs(filepath.Dir(s.env.GOWORK), filepath.FromSlash(use.Path)))
	}
	return dirs
}

// shortenPaths shows the configuration file's name in the same form as other
// files' names.
func (s *session) shortenPaths(err error) error {
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return err
	}
	var errs []error
	for _, err := range joined.Unwrap() {
		if e, ok := errors.AsType[*config.Error](err); ok {
			short := *e
			short.File = s.formatOptions().Path(e.File)
			err = &short
		}
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// root returns the directory of the main module, else of the workspace, else
// the one that the go command runs in.
func (s *session) root() string {
	for _, file := range []string{s.env.GOMOD, s.env.GOWORK} {
		if file != "" && file != os.DevNull {
			return filepath.Dir(file)
		}
	}
	return s.dir
}

// sourceRoot returns the directory that holds the whole source: the root of the
// version control repository if there is one, because other tools' paths are
// relative to it.
func (s *session) sourceRoot() string {
	root := s.root()
	for dir := root; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, ".git")); err == nil {
			return dir
		}
		if dir == filepath.Dir(dir) {
			return root
		}
	}
}

func (s *session) formatOptions() *format.Options {
	return &format.Options{
		Dir:     s.cwd,
		Root:    s.sourceRoot(),
		Blob:    blobURL(os.Getenv),
		Version: thisBuild().version,
		Sources: source.NewCache(s.files, s.overlay),
		Suite:   s.running(),
		Context: s.context,
		Full:    s.fullPath,

		Suppressed: s.suppressed,
	}
}

// running returns the analyzers that run; all if nothing is analysed.
func (s *session) running() []analyzers.Entry {
	var entries []analyzers.Entry
	if s.settings == nil {
		return s.suite
	}
	for _, a := range s.settings.Runs() {
		entries = append(entries, a.Entry)
	}
	return entries
}

func (s *session) category(analyzer, category string) catalog.Category {
	e, _ := s.entry(analyzer)
	row, _ := e.Categories.Row(category)
	return row
}
