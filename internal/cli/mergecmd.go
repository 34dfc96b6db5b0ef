package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/ctxlint/ctxlint/internal/driver/gocmd"
	"github.com/ctxlint/ctxlint/internal/report"
	"github.com/ctxlint/ctxlint/internal/report/format"
	"github.com/ctxlint/ctxlint/internal/report/source"
	"github.com/ctxlint/ctxlint/internal/util/plainfile"
)

const mergeText = `Makes one report, in any format, of several that were written with -format json: of
other modules, or of the same code for other platforms or with other tags. What
several have found is one finding, reported if one of them reports it. The paths
in a report count from the current directory, or from DIR in DIR=FILE.

    GOOS=linux   ctxlint -format json:linux.json ./...
    GOOS=windows ctxlint -format json:windows.json ./...
    ctxlint merge -format sarif linux.json windows.json

The exit code is that of a run which has found the same.
`

// maxReport is how large a report may be.
const maxReport = 1 << 30

func (c *command) mergeVerb() *verb {
	v := &verb{
		name: "merge", args: "[DIR=]FILE...", short: "make one report of several in the format json", long: mergeText,
		groups: []string{reportFlags, commonFlags}, own: flag.NewFlagSet("", flag.ContinueOnError),
		complete: completeFiles,
	}
	v.own.Func("fail-on", c.flags.Lookup("fail-on").Usage, c.flags.Lookup("fail-on").Value.Set)
	v.own.BoolVar(&c.suppressed, "suppressed", false, c.flags.Lookup("suppressed").Usage)
	v.run = func(args []string) (int, error) { return c.merge(v, args) }
	return v
}

// merge runs "ctxlint merge".
func (c *command) merge(v *verb, args []string) (code int, err error) {
	if len(args) == 0 {
		return 0, usageError{errors.New("merge needs reports that were written with -format json"), v}
	}
	if err := c.check(nil); err != nil {
		return 0, usageError{err, v}
	}
	if err := c.locate(); err != nil {
		return 0, err
	}
	s := &session{command: c, known: new(known), files: source.NewFiles(context.Background())}
	rep, err := s.readReports(args)
	if err != nil {
		return 0, err
	}
	if c.analyzers.FailOn != nil {
		rep.FailOn = *c.analyzers.FailOn
	}
	reports, err := s.openReports()
	if err != nil {
		return 0, err
	}
	defer reports.abort()
	if err := s.write(reports, rep, false); err != nil {
		return 0, err
	}
	return rep.ExitCode(), nil
}

// addSources makes the source of the packages below a directory known, if it is there and
// there is a go command to list them: without, findings are shown without their lines.
func (s *session) addSources(dir string) {
	g, err := gocmd.Find(dir)
	if err != nil {
		return
	}
	packages, err := g.List(context.Background(), nil, []string{"./..."})
	if err != nil {
		return
	}
	for i := range packages { // for any platform
		packages[i].GoFiles = append(packages[i].GoFiles, packages[i].IgnoredGoFiles...)
	}
	s.files.Add(sourcePackages(packages)...)
}

// readReports reads reports and makes one of them. Those of one directory are of the same
// packages, and those of several directories are not.
func (s *session) readReports(args []string) (*report.Report, error) {
	var all []*report.Report
	most := make(map[string]int) // packages, by directory
	for _, arg := range args {
		dir, name, named := strings.Cut(arg, "=")
		if !named {
			dir, name = "", arg
		}
		dir = s.abs(s.dir, filepath.FromSlash(dir))
		data, err := plainfile.Read(s.abs(s.dir, filepath.FromSlash(name)), maxReport)
		if err != nil {
			return nil, err
		}
		r, err := format.ReadJSON(data, dir)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		all = append(all, r)
		if _, seen := most[dir]; !seen {
			s.addSources(dir)
		}
		most[dir] = max(most[dir], r.Packages)
	}
	packages := 0
	for _, n := range most {
		packages += n
	}
	return report.Union(all, packages), nil
}
