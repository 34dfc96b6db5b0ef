// Command ctxlint finds lost contexts, leaking goroutines and metrics without bound.
//
// It is a command of its own ("ctxlint ./...", see "ctxlint -h") and a tool for
// "go vet -vettool". The former runs the latter.
package main

import (
	"os"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/internal/frontend"
	"github.com/ctxlint/ctxlint/internal/unit"
)

func main() {
	if unit.IsProtocol(os.Args[1:]) {
		unit.Main(analyzers.All()...)
	}
	os.Exit(frontend.Main(os.Args[1:]))
}
