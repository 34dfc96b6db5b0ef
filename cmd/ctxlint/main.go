// Command ctxlint finds lost contexts, leaking goroutines and unbounded
// metrics.
//
// It is both a standalone command ("ctxlint ./...", see "ctxlint -h") and a
// tool for "go vet -vettool". The former runs the latter.
package main

import (
	"os"
	"slices"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/analyzers/staticcheck"
	"github.com/ctxlint/ctxlint/internal/cli"
	"github.com/ctxlint/ctxlint/internal/driver/vettool"
	_ "github.com/ctxlint/ctxlint/internal/driver/vettool/early" // answers what needs no analyzers before they are initialised
)

func main() {
	if vettool.IsProtocol(os.Args[1:]) {
		vettool.Main(analyzers.All(), vettool.Group{Name: staticcheck.Group, Members: staticcheck.Names(), New: staticcheck.All})
	}
	os.Exit(cli.Main(slices.Concat(analyzers.Suite(), staticcheck.Suite()), os.Args[1:]))
}
