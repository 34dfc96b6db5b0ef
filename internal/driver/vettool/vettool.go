// Package vettool is the tool's side of the protocol of "go vet -vettool": cmd/go
// runs the tool once per package, in dependency order, with a description of the
// compilation unit, the .cfg file. The tool reads the facts of the direct imports
// and writes the unit's own facts and, for a package that was asked for, its
// diagnostics. cmd/go keeps both in the build cache.
//
// The package is an alternative to golang.org/x/tools/go/analysis/unitchecker,
// made for runs over more than a thousand packages of which few can matter:
//
//   - A dependency that cannot have facts worth knowing is answered before any
//     of it is parsed; see [unit.Config.Factless]. In ctxlint itself, package early
//     does so before most of the program is initialised.
//
//   - Fact files hold facts only. Types come from the compiler's export data,
//     which cmd/go has at hand anyway.
//
//   - On request (see unit.RecordsFlag) a unit answers with a [record.Unit], which
//     says more than vet's JSON.
//
//   - Fixes are type-checked before they are applied; see [fix].
//
// Everything else is left to unitchecker: -V=full and -flags, and the
// plain-text mode of cmd/go before 1.26.
package vettool

import (
	"errors"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/ctxlint/ctxlint/internal/driver/vettool/unit"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/pass/decision"
)

// IsProtocol reports whether the command-line arguments (without the program's
// name) are those with which cmd/go runs a vet tool.
func IsProtocol(args []string) bool {
	if len(args) == 0 {
		return false
	}
	last := args[len(args)-1]
	return last == "-V=full" || last == "-flags" || strings.HasSuffix(last, ".cfg")
}

// Main is the main function of a vet tool with the given analyzers and groups of
// analyzers. It takes its arguments from [os.Args] and does not return.
//
// The exit code is 0 if the unit was analysed, with or without diagnostics, and
// 1 if it could not be, so that cmd/go caches what it may cache.
func Main(analyzers []*analysis.Analyzer, groups ...Group) {
	if opts, err := parseOptions(os.Args[1:], analyzers, groups...); err == nil && opts.ours() {
		os.Exit(run(opts))
	}
	// The flags are declared for go vet, which accepts only flags that it finds
	// in the output of -flags. That of confidence has been passed on already.
	flag.String(unit.RecordsFlag, "", recordsUsage)
	flag.Bool(unit.DecisionsFlag, false, decisionsUsage)
	flag.Bool(unit.EveryFlag, false, everyUsage)
	flag.Bool(unit.CheckedFlag, false, checkedUsage)
	flag.TextVar(new(catalog.Confidence), catalog.ConfidenceFlag, catalog.High, confidenceUsage)
	for _, g := range groups {
		g.declareForUnitchecker()
		analyzers = append(analyzers, g.New()...)
	}
	unitchecker.Main(analyzers...)
}

// run analyses the unit that opts names and returns the exit code.
func run(opts *options) (code int) {
	defer func() {
		if p := recover(); p != nil {
			code = fail(fmt.Errorf("internal error: %v (please report it)\n%s", p, debug.Stack()))
		}
	}()
	read, err := unit.Read(opts.cfgFile)
	if err != nil {
		return fail(err)
	}
	cfg := config{read}
	watch := unit.StartWatch(read)
	defer watch.Write()
	in, err := cfg.ReadImports()
	if err != nil {
		return fail(err)
	}
	factless, err := cfg.Factless(in)
	if err != nil {
		return fail(err)
	}
	factless = factless || !slices.ContainsFunc(opts.enabled, usesFacts)
	wanted := cfg.Wanted(opts.Records)
	if opts.Records != nil && wanted && opts.leavesToTests(cfg) {
		left := emptyRecord(cfg)
		left.Covered = true
		if code := cfg.printRecord(left); code != 0 {
			return code
		}
		wanted = false
	}
	if factless && !wanted && !cfg.CarryTypes {
		return cfg.writeFacts(in.Forward())
	}
	return analyze(opts, cfg, in, factless, wanted, watch)
}

// analyze runs the analyzers over the unit and writes its facts (only those of
// its imports if factless is set) and, if they are wanted, its findings.
func analyze(opts *options, cfg config, in *unit.Imports, factless, wanted bool, watch *unit.Stopwatch) int {
	tune()
	registerFacts(opts.all)
	pkg, err := load(cfg, in, nil)
	watch.Load()
	if err != nil {
		return loadFailed(opts, cfg, in, wanted, err)
	}
	facts := newFactSet(pkg.types, pkg.packages, in)
	if wanted {
		if err := opts.addGroups(); err != nil {
			return fail(err)
		}
	}
	var decisions *decision.Log
	if opts.Decisions && wanted {
		decisions = new(decision.Log)
	}
	results := execute(cfg, pkg, facts, opts.enabled, wanted, decisions, watch)

	out := in.Forward()
	if !factless {
		if out, err = facts.encode(); err != nil {
			return fail(err)
		}
	}
	if err := facts.err(); err != nil {
		return fail(err)
	}
	if cfg.CarryTypes {
		if err := setTypes(out, pkg.fset, pkg.types); err != nil {
			return fail(err)
		}
	}
	if code := cfg.writeFacts(out); code != 0 || !wanted {
		return code
	}
	if opts.fix {
		return fix(opts, cfg, in, pkg, results)
	}
	if opts.Records != nil {
		return cfg.printRecord(newRecord(cfg, pkg, results, opts.checks()))
	}
	return cfg.print(newTree(cfg.ID, pkg.fset, results))
}

// loadFailed handles a unit that does not parse or type-check. In records mode
// that is an outcome like any other, and cached like any other; otherwise it is
// an error, which cmd/go prints. For a dependency it is not reported: the
// compiler accepts the package, so at worst the tool is older than the
// toolchain.
func loadFailed(opts *options, cfg config, in *unit.Imports, wanted bool, err error) int {
	var source sourceError
	switch isSource := errors.As(err, &source); {
	case isSource && opts.Records != nil:
		if code := cfg.writeFacts(in.Forward()); code != 0 || !wanted {
			return code
		}
		return cfg.printRecord(newFailure(cfg, source.error))
	case isSource && cfg.VetxOnly:
		return 1
	case isSource:
		// Print no program name in front, so that cmd/go sees a position.
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return fail(err)
}

// fail reports an error of the tool or of its input and returns the exit code.
func fail(err error) int {
	fmt.Fprintf(os.Stderr, "%s: %v\n", strings.TrimSuffix(filepath.Base(os.Args[0]), ".exe"), err)
	return 1
}

// tune keeps the garbage collector from running until the heap has some size. Most units
// finish before that; with a small heap, there would be a dozen collections. Then it runs
// as usual, but keeps the process small as long as most of what it finds is garbage.
func tune() {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	debug.SetGCPercent(-1)
	debug.SetMemoryLimit(smallProcess)
	afterCollection(func() {
		debug.SetGCPercent(100)
		if live() > mostlyLive {
			debug.SetMemoryLimit(math.MaxInt64)
		}
	})
}

const (
	smallProcess = 112 << 20            // what nearly all units can do with
	mostlyLive   = smallProcess * 2 / 3 // beyond that, to keep the process small would take too many collections
)

// afterCollection calls f after each collection of garbage.
func afterCollection(f func()) {
	runtime.AddCleanup(new([64]byte), func(struct{}) {
		f()
		afterCollection(f)
	}, struct{}{})
}

// live returns the size of what the last collection has left.
func live() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
