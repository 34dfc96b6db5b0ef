package report

import (
	"github.com/ctxlint/ctxlint/internal/driver/record"
	"github.com/ctxlint/ctxlint/internal/pass/starts"
)

// program is a package that starts commands, and the packages of its module that it
// is made of.
type program struct {
	starts   []starts.Start
	packages map[string]bool
}

// programsOf returns the programs among the units.
func programsOf(units []record.Unit) []program {
	imports := make(map[string][]string)
	var starters []record.Unit
	for _, u := range chooseVariants(units) {
		if _, external := ownerOf(u); external {
			continue
		}
		imports[u.ImportPath] = u.Imports
		if len(u.Starts) > 0 {
			starters = append(starters, u)
		}
	}
	var programs []program
	for _, u := range starters {
		p := program{u.Starts, map[string]bool{u.ImportPath: true}}
		for todo := []string{u.ImportPath}; len(todo) > 0; todo = todo[1:] {
			for _, path := range imports[todo[0]] {
				if !p.packages[path] {
					p.packages[path] = true
					todo = append(todo, path)
				}
			}
		}
		programs = append(programs, p)
	}
	return programs
}

// settleAssumptions decides the findings that take the context of commands to have an
// end, by how those programs start them that the finding's package is a part of. If
// it has an end, the assumption counts as proved. If all give a root, nothing is lost,
// and there is no finding. Otherwise it stays in doubt, and has no fixes.
func settleAssumptions(r *Report, programs []program) {
	r.Drop(func(f *Finding) bool {
		if f.Assumes.Library == "" {
			return false
		}
		switch contextIn(programs, f.Package, f.Assumes.Library) {
		case starts.Live:
			f.Confidence = f.Assumes.Confidence
		case starts.Root:
			return true
		default:
			f.Fixes = nil
		}
		return false
	})
}

// contextIn returns the context that commands of the library get in a package: live if
// some program gives them one that is, and a root if all that start them do.
func contextIn(programs []program, pkg, library string) starts.Context {
	given := make(map[starts.Context]bool)
	for _, p := range programs {
		for _, s := range p.starts {
			if p.packages[pkg] && s.Library == library {
				given[s.Context] = true
			}
		}
	}
	switch {
	case given[starts.Live]:
		return starts.Live
	case given[starts.Root] && !given[starts.Unknown]:
		return starts.Root
	}
	return starts.Unknown
}
