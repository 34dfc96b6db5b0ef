// Command ctxlint finds lost contexts, leaking goroutines and unbounded
// metrics.
//
// It is both a standalone command ("ctxlint ./...", see "ctxlint -h") and a
// tool for "go vet -vettool". The former runs the latter.
package main

import (
	"os"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/internal/cli"
	"github.com/ctxlint/ctxlint/internal/driver/vettool"
)

func main() {
	if vettool.IsProtocol(os.Args[1:]) {
		vettool.Main(analyzers.All()...)
	}
	os.Exit(cli.Main(os.Args[1:]))
}
