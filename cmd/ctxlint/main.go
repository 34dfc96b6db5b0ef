// Command ctxlint finds lost cancel functions and the leaks around them.
//
// It is both a tool for "go vet -vettool" and a command of its own.
package main

import (
	"os"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/internal/unit"
)

func main() {
	if unit.IsProtocol(os.Args[1:]) {
		unit.Main(analyzers.All()...)
	}
}
