// Package prefilter decides which dependencies are worth analysing for facts.
//
// Most packages in the import graph of a service have nothing to do with
// contexts, metrics or exits: parsing and type-checking them would yield no
// fact. The vet driver skips such a package before it is parsed, and collectors
// of facts ask the same questions, so that every driver sees the same facts.
//
// A skipped package may still hold a function that matters (one that takes a
// func() and drops it, say). Without a fact about it, its callers treat it as
// unknown code, which can lose a finding but never makes a false one. This
// trade is made only for packages outside the main modules.
package prefilter

import (
	"bytes"
	"iter"

	"github.com/ctxlint/ctxlint/internal/model/metriclib/sinktable"
)

// Imports reports whether a package with the given import paths can have
// functions, types or fields that an analyzer wants facts about.
func Imports(paths iter.Seq[string]) bool {
	for path := range paths {
		switch path {
		case "context", // makes, derives, carries and cancels contexts
			"golang.org/x/net/context",   // the same, under its former name
			"golang.org/x/sync/errgroup", // a group's Wait releases its context
			"net/http",                   // a request carries a context; a response body is bound to one
			"os/signal",                  // NotifyContext's stop
			"github.com/prometheus/client_golang/prometheus/promauto", // makes vectors
			"k8s.io/component-base/metrics/legacyregistry":            // registers them
			return true
		}
		if sinktable.InPackage(path) { // makes vectors, or series from values that it is given
			return true
		}
	}
	return false
}

// Source reports whether a Go file looks as if it declares a function that
// never returns. A dependency's wrapper of os.Exit or log.Fatal ends a path in
// its callers; missing it would make false findings. The file is searched as
// bytes: a comment or a string that looks like a call costs time and nothing
// else.
func Source(src []byte) bool {
	for _, call := range noReturn {
		if bytes.Contains(src, call) {
			return true
		}
	}
	return false
}

// noReturn matches calls that never return. A panic counts where gofmt puts the
// unconditional statements of a top-level function, one tab deep; elsewhere it
// nearly always stands in a branch.
var noReturn = [...][]byte{
	[]byte(".Exit("),
	[]byte(".Fatal"),
	[]byte(".Goexit("),
	[]byte("\n\tpanic("),
}
