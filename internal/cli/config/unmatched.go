package config

import (
	"errors"
	"os"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/ctxlint/ctxlint/internal/driver/record"
	"github.com/ctxlint/ctxlint/internal/report"
)

// Unmatched returns what the configuration file says in vain: paths of exclude and rules
// that match no file, whatever the run analyses, and, if the run is whole, entries of
// exclude that have silenced nothing since s was made and match no unseen file. What the
// file extends is written for other modules, too.
func (s *Settings) Unmatched(whole bool, unseen []string) []report.Unused {
	var all []report.Unused
	add := func(at Pos, problem, text string) {
		pos := record.Position{File: s.File, Line: at.Line, Col: at.Col}
		all = append(all, report.Unused{Ignore: record.Ignore{Pos: pos, Text: text}, Config: problem})
	}
	missing := func(paths []Item) (none bool) {
		none = true
		for _, path := range paths {
			if s.exists(path.Text) {
				none = false
			} else {
				add(path.Pos, "no file matches this path", path.Text)
			}
		}
		return none
	}
	for i, e := range s.exclude {
		if e.Pos.File != "" || missing(e.Paths) || !whole || s.silenced[i] || e.observed() || s.matchesSome(e, unseen) {
			continue
		}
		add(e.Pos, "this entry of exclude silences nothing", strings.Join(texts(e.Paths), ", "))
	}
	for _, r := range s.rules {
		if r.Pos.File == "" {
			missing(r.Paths)
		}
	}
	return all
}

// observed reports whether an entry is only about what evidence shows.
func (e Exclude) observed() bool {
	return len(e.Checks) > 0 && !slices.ContainsFunc(e.Checks, func(check Item) bool { return !isObserved(check.Text) })
}

// matchesSome reports whether an entry is about one of the files.
func (s *Settings) matchesSome(e Exclude, files []string) bool {
	for _, file := range files {
		if matchesAny(e.Paths, s.relative(file)) {
			return true
		}
	}
	return false
}

// exists reports whether a glob matches a file or a directory below the root.
func (s *Settings) exists(glob string) bool {
	found := errors.New("found")
	err := doublestar.GlobWalk(os.DirFS(s.Root), strings.TrimSuffix(glob, "/"), func(string, os.DirEntry) error { return found })
	return errors.Is(err, found)
}

func texts(items []Item) []string {
	var list []string
	for _, item := range items {
		list = append(list, item.Text)
	}
	return list
}
