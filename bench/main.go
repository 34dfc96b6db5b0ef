// Command bench measures ctxlint beside go vet, staticcheck and golangci-lint.
//
//	go run ./bench [-targets std,golangci-lint] [-tools ctxlint,...] [-runs 5] [-write docs/benchmarks.md]
//
// Each tool analyses the same packages, tests included, of each target in four
// situations:
//
//   - cold: everything is compiled and nothing has been analysed;
//   - warm: the same again;
//   - comment: again after a comment was added to a file in the middle of the
//     import graph;
//   - body: again after the body of an exported function there has changed.
//
// Whatever has to be compiled because of the edits is compiled beforehand, so
// that all numbers are about analysis alone.
//
// A target is "std", the standard library; "golangci-lint", that program's own
// module; or the directory of a module. Targets are copied first and never
// changed. Tools take turns, so that a slow phase of the machine affects them
// all, and the report gives the median of the runs and ratios between medians.
//
// The other tools are built from fixed versions on first use and kept in the
// user's cache directory.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/ctxlint/ctxlint/internal/tool/docgen"
)

func main() {
	log.SetFlags(log.Ltime)
	var (
		targets = flag.String("targets", "std,golangci-lint", "comma-separated `targets`: std, golangci-lint or a module's directory")
		tools   = flag.String("tools", strings.Join(toolNames(), ","), "comma-separated `tools`")
		runs    = flag.Int("runs", 5, "how often each tool runs in each situation")
		write   = flag.String("write", "", "put each report into the section of this `file` that is named after the target, instead of printing it")
	)
	flag.Parse()
	if flag.NArg() > 0 || *runs < 1 {
		flag.Usage()
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := benchmark(ctx, strings.Split(*targets, ","), strings.Split(*tools, ","), *runs, *write); err != nil {
		log.Print(err)
		stop()
		os.Exit(1)
	}
}

// benchmark measures the tools on each target and publishes a report of each.
func benchmark(ctx context.Context, targets, tools []string, runs int, write string) error {
	scratch, err := os.MkdirTemp("", "ctxlint-bench-")
	if err != nil {
		return err
	}
	defer func() {
		if err := os.RemoveAll(scratch); err != nil {
			log.Print(err)
		}
	}()
	built, err := prepareTools(ctx, tools, scratch)
	if err != nil {
		return err
	}
	for _, name := range targets {
		dir := filepath.Join(scratch, "target")
		t, err := prepareTarget(ctx, name, dir)
		if err != nil {
			return fmt.Errorf("target %s: %w", name, err)
		}
		res, err := measureTarget(ctx, t, built, runs)
		if err != nil {
			return fmt.Errorf("target %s: %w", name, err)
		}
		rep := report{Date: time.Now(), Machine: thisMachine(ctx), Runs: runs, Tools: built, Result: res}
		if err := errors.Join(publish(name, rep.markdown(), write), os.RemoveAll(dir)); err != nil {
			return err
		}
	}
	return nil
}

// measureTarget runs all tools in all situations on t.
func measureTarget(ctx context.Context, t *target, tools []*tool, runs int) (*targetResult, error) {
	res := &targetResult{target: t}
	for round := range runs {
		// The first tool pays for what the others then find in memory.
		for i := range tools {
			tool := tools[(i+round)%len(tools)]
			samples, err := measureRound(ctx, t, tool)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", tool.Name, err)
			}
			for s, sample := range samples {
				res.add(tool.Name, situations[s], sample)
			}
			log.Printf("%s, run %d of %d: %s %s", t.Name, round+1, runs, tool.Name, seconds(samples))
		}
	}
	for _, tool := range tools {
		if !tool.isVet() {
			continue
		}
		counts, err := countRound(ctx, t, tool)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", tool.Name, err)
		}
		res.Counts = append(res.Counts, toolCounts{tool.Name, counts})
	}
	return res, nil
}

// seconds renders the wall times of samples.
func seconds(samples []sample) string {
	var s []string
	for _, sample := range samples {
		s = append(s, fmt.Sprintf("%.2fs", sample.Wall.Seconds()))
	}
	return strings.Join(s, " ")
}

// publish prints the report on a target, or puts it into the target's section of
// the file if there is a name. A report that the file has no place for is printed
// rather than lost.
func publish(target, report, file string) error {
	if file == "" {
		_, err := fmt.Println(report)
		return err
	}
	text, err := os.ReadFile(file)
	if err == nil {
		var updated string
		updated, err = docgen.Replace(string(text), target, report)
		if err == nil {
			return os.WriteFile(file, []byte(updated), 0o666)
		}
	}
	fmt.Println(report)
	return fmt.Errorf("%s: %w", file, err)
}

func toolNames() []string {
	var names []string
	for _, t := range allTools {
		names = append(names, t.Name)
	}
	return slices.Clip(names)
}
