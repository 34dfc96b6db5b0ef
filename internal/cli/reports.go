package cli

import (
	"fmt"
	"os"

	"github.com/ctxlint/ctxlint/internal/report"
	"github.com/ctxlint/ctxlint/internal/report/format"
	"github.com/ctxlint/ctxlint/internal/util/atomicfile"
)

// reports are the reports of a run. Their files are opened before the analysis,
// so that a long run does not end with an error about them.
type reports []*reportFile

type reportFile struct {
	format string
	name   string           // "" for standard output
	file   *atomicfile.File // nil for standard output, and once it is written
}

func (s *session) openReports() (reports, error) {
	var all reports
	for _, d := range s.destinations() {
		r := &reportFile{format: d.Format}
		if err := s.refuseTerminal(d); err != nil {
			all.abort()
			return nil, err
		}
		if d.File != "" {
			r.name = s.abs(s.dir, d.File)
			var err error
			if r.file, err = s.createFile(r.name); err != nil {
				all.abort()
				return nil, err
			}
		}
		all = append(all, r)
	}
	return all, nil
}

// abort leaves files that have not been written as they were.
func (rs reports) abort() {
	for _, r := range rs {
		if r.file != nil {
			r.file.Abort()
			r.file = nil
		}
	}
}

// write writes the reports, and writes errors and a summary to standard error.
// If the run was interrupted, reports to files are not written: they would
// replace complete ones.
func (s *session) write(rs reports, rep *report.Report, interrupted bool) error {
	o := s.formatOptions()
	for _, r := range rs {
		if r.name != "" && interrupted {
			s.note("%s is left unchanged", o.Path(r.name))
			continue
		}
		if err := s.writeReport(r, rep, *o); err != nil {
			return err
		}
	}
	if err := s.writeErrors(rep); err != nil {
		return err
	}
	if s.quiet {
		return nil
	}
	_, err := fmt.Fprintln(s.stderr, format.Summary(rep))
	return err
}

// writeErrors writes the errors of a report to standard error.
func (s *session) writeErrors(rep *report.Report) error {
	o := s.formatOptions()
	o.Color = s.colorOn(s.stderr)
	return format.Errors(s.stderr, rep, o)
}

// blobURL returns the address below which the forge that a CI job runs for shows files of
// the commit, or "" outside of such jobs.
func blobURL(getenv func(string) string) string {
	if server, repository, commit := getenv("GITHUB_SERVER_URL"), getenv("GITHUB_REPOSITORY"), getenv("GITHUB_SHA"); server != "" && repository != "" && commit != "" {
		return server + "/" + repository + "/blob/" + commit // Forgejo and Gitea set the same, and redirect
	}
	if project, commit := getenv("CI_PROJECT_URL"), getenv("CI_COMMIT_SHA"); project != "" && commit != "" {
		return project + "/-/blob/" + commit
	}
	return ""
}

func (s *session) writeReport(r *reportFile, rep *report.Report, o format.Options) error {
	if workspace := os.Getenv("GITHUB_WORKSPACE"); r.format == "github" && workspace != "" {
		o.Dir = workspace // annotations are relative to it
	}
	if r.format == "summary" {
		o.Owners = s.owners()
	}
	write := format.ByName(r.format)
	if r.name == "" {
		o.Color = s.colorOn(s.stdout)
		o.Width = terminalWidth(s.stdout)
		if r.format == "github" {
			if unseen := format.Unseen(rep, &o); unseen != "" {
				s.note("%s; -format markdown and SARIF have all", unseen)
			}
		}
		return write(s.stdout, rep, &o)
	}
	o.Color = s.color == "always"
	err := write(r.file, rep, &o)
	if err != nil {
		r.file.Abort()
	} else {
		err = r.file.Commit()
	}
	r.file = nil
	return err
}
