package cli

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/internal/cli/config"
	"github.com/ctxlint/ctxlint/internal/evidence"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/report"
	"github.com/ctxlint/ctxlint/internal/report/format"
)

// options are the flags of the command line.
type options struct {
	chdir      string
	buildFlags []string // for the go command, unchanged
	overlay    string
	tests      bool
	analyzers  config.CommandLine

	formats  []destination
	output   string
	context  int
	color    string
	fullPath bool
	quiet    bool
	verbose  bool

	fix, diff     bool
	writeBaseline string
	unusedIgnores bool
	suppressed    bool
	exitZero      bool

	observedGoroutines, observedValues int64
	configFile                         string
	noConfig                           bool
	version, V                         bool
}

// A destination is a report in some format, to a file or, if File is empty, to
// standard output.
type destination struct{ Format, File string }

// colors are the values of -color.
var colors = []string{"auto", "always", "never"}

// A flagGroup is flags that help shows under one title, and that verbs have or have not
// as a whole.
type flagGroup struct {
	title string
	names []string
}

// The groups of flags. Those of analyzers are not listed, but follow from the suite.
const (
	packageFlags    = "What to analyse"
	selectionFlags  = "What to report"
	productionFlags = "What production shows"
	reportFlags     = "How to report"
	fixFlags        = "Fixes"
	AnalyzerFlags   = "Analyzers" // of which the manual has one group for all
	commonFlags     = "Common flags"
)

var flagGroups = []flagGroup{
	{packageFlags, []string{"test", "tags", "mod", "modfile", "overlay", "race", "msan", "asan", "trimpath", "modcacherw", "a", "p"}},
	{selectionFlags, []string{"preset", "only", "baseline", "ratchet", "write-baseline", "new-from", "confidence", "unused-ignores", "suppressed", "fail-on", "exit-zero", "config", "no-config"}},
	{productionFlags, []string{"evidence", "observed-goroutines", "observed-values"}},
	{reportFlags, []string{"format", "o", "json", "c", "fullpath"}},
	{fixFlags, []string{"fix", "diff"}},
	{commonFlags, []string{"C", "color", "q", "v"}},
}

// flagNames returns the names of the flags in some groups.
func flagNames(titles []string) []string {
	var names []string
	for _, group := range flagGroups {
		if slices.Contains(titles, group.title) {
			names = append(names, group.names...)
		}
	}
	return names
}

// analyzerFlags returns the flags that are about analyzers.
func (c *command) analyzerFlags() []*flag.Flag {
	var list []*flag.Flag
	c.flags.VisitAll(func(f *flag.Flag) {
		name, _, _ := strings.Cut(f.Name, ".")
		if _, ok := c.entry(name); ok || c.members(name) != nil {
			list = append(list, f)
		}
	})
	return list
}

// newFlagSet returns the flag set that fills in the command's options.
func (c *command) newFlagSet(suite []analyzers.Entry) *flag.FlagSet {
	fs := flag.NewFlagSet("ctxlint", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	o := &c.options
	o.analyzers = config.CommandLine{Switches: make(map[string]bool), Options: make(map[string]string)}

	fs.StringVar(&o.chdir, "C", "", "run in the directory `dir`; files named by other flags are relative to it")
	fs.BoolVar(&o.tests, "test", true, "analyse tests, too")
	for _, name := range []string{"tags", "mod", "modfile", "p"} {
		fs.Var(&buildFlag{name: name, list: &o.buildFlags}, name, buildUsage[name])
	}
	for _, name := range []string{"race", "msan", "asan", "trimpath", "modcacherw", "a"} {
		fs.Var(&buildFlag{name: name, list: &o.buildFlags, bool: true}, name, buildUsage[name])
	}
	fs.Var(&buildFlag{name: "overlay", list: &o.buildFlags, value: &o.overlay}, "overlay", buildUsage["overlay"])

	fs.Func("format", "write a report in `format`: "+strings.Join(format.Names(), ", ")+"; with format:file, also write it to the file; may be repeated", o.addFormat)
	fs.StringVar(&o.output, "o", "", "write the report to `file` instead of standard output")
	fs.BoolFunc("json", "short for -format json", func(v string) error {
		on, err := strconv.ParseBool(v)
		if err == nil && on {
			err = o.addFormat("json")
		}
		return err
	})
	fs.IntVar(&o.context, "c", 0, "show `n` source lines around a finding; -1 shows none, not even its own")
	fs.StringVar(&o.color, "color", "auto", "colour text `when`: auto, always or never")
	fs.BoolVar(&o.fullPath, "fullpath", false, "show the full names of files in text and JSON")
	fs.BoolVar(&o.quiet, "q", false, "print findings and errors only: no progress, no summary")
	fs.BoolVar(&o.verbose, "v", false, "print the go commands that are run, how long they take, and where the time went")

	fs.BoolVar(&o.fix, "fix", false, "apply the fixes of the findings, and report what is left")
	fs.BoolVar(&o.diff, "diff", false, "with -fix, print the changes as a diff and apply nothing")
	fs.Func("baseline", "do not report the findings in the baseline `file`", given(&o.analyzers.Baseline, nil))
	fs.StringVar(&o.writeBaseline, "write-baseline", "", "write the findings to the baseline `file`, and remove those that are gone")
	fs.Func("new-from", "report only findings on lines changed since the git `revision`", given(&o.analyzers.NewFrom, nil))
	fs.Func(catalog.ConfidenceFlag, "report findings with this `level` of confidence or a higher one: high (all is proved, the default), medium (one step is likely) or low (few of the kind were worth a change)", given(&o.analyzers.Confidence, new(catalog.Confidence).Set))
	fs.Func("evidence", "lay what a running program shows over the findings: comma-separated `files` with goroutine profiles, dumps, heap profiles or metrics; - is standard input", given(&o.analyzers.Evidence, nil))
	fs.Int64Var(&o.observedGoroutines, "observed-goroutines", evidence.DefaultGoroutines, "with -evidence, report `n` and more goroutines at one place that no finding explains")
	fs.Int64Var(&o.observedValues, "observed-values", evidence.DefaultValues, "with -evidence, report labels with `n` and more values that no finding explains")
	fs.BoolVar(&o.unusedIgnores, "unused-ignores", false, "report suppression comments, entries of the baseline and parts of the configuration that silence nothing")
	fs.Func("only", "report only these comma-separated `checks`: analyzers (cancelleak) or categories (cancelleak/path); may be repeated", func(v string) error {
		for name := range strings.SplitSeq(v, ",") {
			checks, err := config.FindChecks(suite, strings.TrimSpace(name))
			if err != nil {
				return err
			}
			o.analyzers.Only = append(o.analyzers.Only, checks...)
		}
		return nil
	})
	fs.Func("preset", "report what the `preset` asks for: "+presetsText()+"; other flags and the configuration take precedence", given(&o.analyzers.Preset, config.CheckPreset))
	fs.BoolFunc("ratchet", "entries of the baseline whose findings are gone fail the run, which removes them; nothing is added", func(v string) error {
		on, err := strconv.ParseBool(v)
		v = strconv.FormatBool(on)
		o.analyzers.Ratchet = &v
		return err
	})
	fs.Func("fail-on", "exit with 1 only for findings of this `severity` or a worse one: error, warning, note (the default) or never", given(&o.analyzers.FailOn, report.CheckFailOn))
	fs.BoolVar(&o.exitZero, "exit-zero", false, "short for -fail-on never: findings do not fail the run")
	fs.BoolVar(&o.suppressed, "suppressed", false, "show suppressed findings, with who silenced them, in text and SARIF; JSON and HTML have them anyway")
	fs.StringVar(&o.configFile, "config", "", "read the configuration from `file` instead of .ctxlint.yml")
	fs.BoolVar(&o.noConfig, "no-config", false, "read no configuration file")
	for _, e := range suite {
		o.addAnalyzer(fs, e)
	}
	for _, group := range analyzers.Groups(suite) {
		o.addSwitch(fs, group)
	}
	return fs
}

// given returns what sets a flag that has no default; check may be nil.
func given(to **string, check func(string) error) func(string) error {
	return func(v string) error {
		*to = &v
		if check == nil {
			return nil
		}
		return check(v)
	}
}

// presetsText lists the presets.
func presetsText() string {
	var list []string
	for _, p := range config.Presets() {
		list = append(list, p.Name+" ("+p.Summary+")")
	}
	return strings.Join(list, ", ")
}

var buildUsage = map[string]string{
	"tags":       "build `tags`, separated by commas",
	"mod":        "module download `mode`: readonly, vendor or mod",
	"modfile":    "use `file` instead of go.mod",
	"overlay":    "JSON `file` that replaces source files for the run",
	"race":       "analyse as if built with the race detector",
	"msan":       "analyse as if built for the memory sanitizer",
	"asan":       "analyse as if built for the address sanitizer",
	"trimpath":   "leave absolute paths out of what the build cache stores",
	"modcacherw": "leave downloaded modules writable",
	"a":          "analyse everything again, whatever is in the build cache",
	"p":          "analyse `n` packages at once",
}

// addAnalyzer defines the flags of one analyzer.
func (o *options) addAnalyzer(fs *flag.FlagSet, e analyzers.Entry) {
	o.addSwitch(fs, e.Name)
	e.Flags.VisitAll(func(f *flag.Flag) {
		name := e.Name + "." + f.Name
		set := func(v string) error {
			o.analyzers.Options[name] = v
			return config.CheckOption(e, f.Name, v)
		}
		if b, ok := f.Value.(interface{ IsBoolFlag() bool }); ok && b.IsBoolFlag() {
			fs.BoolFunc(name, f.Usage, set)
		} else {
			fs.Func(name, f.Usage, set)
		}
	})
}

// addSwitch defines the flag that turns an analyzer or a group on or off.
func (o *options) addSwitch(fs *flag.FlagSet, name string) {
	fs.BoolFunc(name, "run "+name+" only, or not with =false", func(v string) error {
		on, err := strconv.ParseBool(v)
		o.analyzers.Switches[name] = on
		return err
	})
}

// categoryHint says what to use instead of a flag that is not defined, if it is the name
// of a category of an analyzer.
func (c *command) categoryHint(name string) string {
	analyzer, option, _ := strings.Cut(name, ".")
	if e, ok := c.entry(analyzer); ok {
		return config.CategoryOption(e, option)
	}
	return ""
}

// addFormat adds the value of a -format flag, "format" or "format:file".
func (o *options) addFormat(value string) error {
	name, file, toFile := strings.Cut(value, ":")
	switch {
	case format.ByName(name) == nil:
		return fmt.Errorf("unknown format %q; the formats are %s", name, strings.Join(format.Names(), ", "))
	case toFile && file == "":
		return errors.New("the name of the file is missing")
	case !toFile && slices.ContainsFunc(o.formats, func(d destination) bool { return d.File == "" && d.Format != name }):
		return errors.New("only one report can go to standard output; write the other to a file with format:file")
	}
	o.formats = append(o.formats, destination{name, file})
	return nil
}

// check validates what no single flag can validate.
func (o *options) check(patterns []string) error {
	for _, p := range patterns {
		if isFlag(p) {
			return fmt.Errorf("%s is not a package: after --, there are no flags", p)
		}
	}
	switch {
	case o.context < -1:
		return errors.New("-c must be -1 or more")
	case !slices.Contains(colors, o.color):
		return fmt.Errorf("-color must be auto, always or never, not %q", o.color)
	case o.configFile != "" && o.noConfig:
		return errors.New("-config and -no-config exclude each other")
	case o.quiet && o.verbose:
		return errors.New("-q and -v exclude each other")
	case o.observedGoroutines < 1 || o.observedValues < 1:
		return errors.New("-observed-goroutines and -observed-values must be 1 or more")
	case o.analyzers.Only != nil && len(o.analyzers.Switches) > 0:
		return errors.New("-only and the flags that turn analyzers on or off exclude each other")
	case o.exitZero && o.analyzers.FailOn != nil && *o.analyzers.FailOn != report.Never:
		return errors.New("-exit-zero and -fail-on exclude each other")
	case o.diff && !o.fix:
		return errors.New("-diff needs -fix")
	case o.diff && len(o.formats) > 0:
		return errors.New("-fix -diff prints a diff and no report: leave out -format and -json")
	}
	if o.exitZero {
		o.analyzers.FailOn = new(report.Never)
	}
	if err := o.checkFiles(); err != nil {
		return err
	}
	return o.checkKnown()
}

// checkFiles makes sure that nothing is written twice to one file: the last report would
// be left, and whoever reads the others would read that.
func (o *options) checkFiles() error {
	files := []string{o.writeBaseline}
	for _, d := range o.destinations() {
		files = append(files, d.File)
	}
	for i, file := range files {
		if file != "" && file != os.DevNull && slices.ContainsFunc(files[:i], func(other string) bool {
			return other != "" && filepath.Clean(other) == filepath.Clean(file)
		}) {
			return fmt.Errorf("%s would be written twice: give each report a file of its own", file)
		}
	}
	return nil
}

// destinations returns where reports go. Standard output gets text unless the
// flags say otherwise.
func (o *options) destinations() []destination {
	all := slices.Clone(o.formats)
	i := slices.IndexFunc(all, func(d destination) bool { return d.File == "" })
	if i < 0 {
		all = append(all, destination{Format: "text"})
		i = len(all) - 1
	}
	all[i].File = o.output
	return all
}

// buildFlag is a flag that is passed to the go command unchanged.
type buildFlag struct {
	name  string
	list  *[]string
	value *string // also stored here, if not nil
	bool  bool
}

func (f *buildFlag) String() string   { return "" }
func (f *buildFlag) IsBoolFlag() bool { return f.bool }

func (f *buildFlag) Set(v string) error {
	if _, err := strconv.ParseBool(v); f.bool && err != nil {
		return errors.New("it must be true or false")
	}
	*f.list = append(*f.list, "-"+f.name+"="+v)
	if f.value != nil {
		*f.value = v
	}
	return nil
}
