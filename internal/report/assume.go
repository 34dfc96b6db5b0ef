package report

import "github.com/ctxlint/ctxlint/internal/pass/starts"

// program is a package that starts commands, and the packages of its module that it
// is made of.
type program struct {
	starts   []starts.Start
	packages map[string]bool
}

// programs returns the packages that start commands.
func (g *graph) programs() []program {
	var programs []program
	for _, u := range g.units {
		if len(u.Starts) > 0 {
			packages, _ := g.madeOf(u.ImportPath)
			programs = append(programs, program{u.Starts, packages})
		}
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
