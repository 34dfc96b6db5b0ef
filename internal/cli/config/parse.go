package config

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
	"github.com/ctxlint/ctxlint/internal/report"
)

// Parse parses the content of a configuration file; the file's name is kept,
// and used in errors. See [Read].
func Parse(file string, data []byte, suite []analyzers.Entry) (*Config, error) {
	p := &parser{file: file, suite: suite}
	c := &Config{File: file}
	if root := p.load(data); root != nil {
		p.config(root, c)
	}
	if p.errs != nil {
		slices.SortStableFunc(p.errs, func(a, b *Error) int {
			return cmp.Or(cmp.Compare(a.Pos.Line, b.Pos.Line), cmp.Compare(a.Pos.Col, b.Pos.Col))
		})
		if more := p.mistakes - len(p.errs); more > 0 {
			p.errs = append(p.errs, &Error{File: p.file, Message: fmt.Sprintf("%d more mistakes", more)})
		}
		errs := make([]error, len(p.errs))
		for i, e := range p.errs {
			errs[i] = e
		}
		return nil, errors.Join(errs...)
	}
	return c, nil
}

type parser struct {
	file  string
	suite []analyzers.Entry
	errs  []*Error

	mistakes int
}

// maxErrors is how many mistakes of a file are listed.
const maxErrors = 50

func (p *parser) errorf(at Pos, format string, args ...any) {
	if p.mistakes++; p.mistakes <= maxErrors {
		p.errs = append(p.errs, &Error{p.file, at, fmt.Sprintf(format, args...)})
	}
}

// load returns the top-level node of the file, or nil after an error.
func (p *parser) load(data []byte) *yaml.Node {
	var doc yaml.Node
	err := yaml.Load(data, &doc)
	var at *yaml.LoadError
	switch {
	case doc.Kind == 0 && (err == nil || strings.Contains(err.Error(), "no documents in stream")):
		p.errorf(Pos{Line: 1, Col: 1}, "the file is empty; it needs at least \"version: 1\"")
		return nil
	case errors.As(err, &at):
		p.errorf(Pos{Line: max(at.Mark.Line, 1), Col: max(at.Mark.Column, 1)}, "%s", strings.TrimPrefix(at.Message, "yaml: "))
		return nil
	case err != nil:
		p.errorf(Pos{Line: 1, Col: 1}, "%s", strings.TrimPrefix(err.Error(), "yaml: "))
		return nil
	}
	switch n, within := expanded(&doc); {
	case within != nil:
		p.errorf(pos(within), "the alias %q is within its own anchor", within.Value)
		return nil
	case n > maxExpanded:
		p.errorf(Pos{Line: 1, Col: 1}, "with its aliases, the file has more than %d values", maxExpanded)
		return nil
	}
	return doc.Content[0]
}

func (p *parser) config(n *yaml.Node, c *Config) {
	version := false
	keys := fields{
		"version": func(v *yaml.Node) {
			version = true
			if v.Kind != yaml.ScalarNode || v.Value != "1" {
				p.errorf(pos(v), "version must be 1")
			}
		},
		"analyzers": func(v *yaml.Node) {
			p.mapping(v, "analyzers", fields{
				"enable":  func(v *yaml.Node) { c.Enable = p.analyzerNames(v, "analyzers.enable") },
				"disable": func(v *yaml.Node) { c.Disable = p.analyzerNames(v, "analyzers.disable") },
			})
		},
		"options": func(v *yaml.Node) { c.Options = p.options(v) },
		"exclude": func(v *yaml.Node) {
			p.each(v, "exclude", func(v *yaml.Node) { c.Exclude = append(c.Exclude, p.exclude(v)) })
		},
		"rules": func(v *yaml.Node) {
			p.each(v, "rules", func(v *yaml.Node) { c.Rules = append(c.Rules, p.rule(v)) })
		},
		"extends":    func(v *yaml.Node) { c.Extends = p.extends(v) },
		"baseline":   func(v *yaml.Node) { c.Baseline = p.word(v, "baseline") },
		"evidence":   func(v *yaml.Node) { c.Evidence = p.items(v, "evidence") },
		"new-from":   func(v *yaml.Node) { c.NewFrom = p.word(v, "new-from") },
		"confidence": func(v *yaml.Node) { c.Confidence = p.checked(v, catalog.ConfidenceFlag, new(catalog.Confidence).Set) },
		"fail-on":    func(v *yaml.Node) { c.FailOn = p.checked(v, "fail-on", report.CheckFailOn) },
		"preset":     func(v *yaml.Node) { c.Preset = p.checked(v, "preset", CheckPreset) },
		"ratchet":    func(v *yaml.Node) { c.Ratchet = p.checked(v, "ratchet", checkRatchet) },
	}
	switches := make(map[string]*yaml.Node)
	for _, group := range analyzers.Groups(p.suite) {
		keys[group] = func(v *yaml.Node) { switches[group] = v }
	}
	p.mapping(n, "the configuration", keys)
	for _, group := range analyzers.Groups(p.suite) {
		if v := switches[group]; v != nil {
			p.switchGroup(c, group, v)
		}
	}
	if !version && n.Kind == yaml.MappingNode {
		p.errorf(pos(n), "the key \"version\" is missing: write \"version: 1\"")
	}
	p.settleGroups(c)
	for _, d := range c.Disable {
		for _, e := range c.Enable {
			if d.Text == e.Text {
				p.errorf(d.Pos, "%s is enabled in line %d already", cmp.Or(d.Group, d.Text), e.Pos.Line)
			}
		}
	}
}

// word returns a string that is not empty.
func (p *parser) word(n *yaml.Node, what string) Item {
	item := Item{Text: strings.TrimSpace(p.text(n, what)), Pos: pos(n)}
	if item.Text == "" && isText(target(n)) {
		p.errorf(item.Pos, "%s is empty", what)
	}
	return item
}

// checked returns a string about which check has no error.
func (p *parser) checked(n *yaml.Node, what string, check func(string) error) Item {
	item := Item{Text: p.text(n, what), Pos: pos(n)}
	if err := check(item.Text); err != nil && isText(target(n)) {
		p.errorf(item.Pos, "%v", err)
	}
	return item
}

// checkRatchet reports why a value is not one of ratchet.
func checkRatchet(value string) error {
	if value != "true" && value != "false" {
		return errors.New("ratchet must be true or false")
	}
	return nil
}

// extends returns the names of other files.
func (p *parser) extends(n *yaml.Node) []Item {
	return slices.DeleteFunc(p.items(n, "extends"), func(i Item) bool {
		if i.Text == "" {
			p.errorf(i.Pos, "extends is empty")
		}
		return i.Text == ""
	})
}

func (p *parser) exclude(n *yaml.Node) Exclude {
	e := Exclude{Pos: pos(n)}
	p.mapping(n, "an entry of exclude", fields{
		"path":   func(v *yaml.Node) { e.Paths = p.globs(v) },
		"checks": func(v *yaml.Node) { e.Checks = p.checks(v) },
		"reason": func(v *yaml.Node) { e.Reason = strings.TrimSpace(p.text(v, "reason")) },
	})
	p.require(n, "an entry of exclude", "path", "reason")
	if e.Reason == "" && has(n, "reason") {
		p.errorf(e.Pos, "the reason is empty")
	}
	return e
}

func (p *parser) rule(n *yaml.Node) Rule {
	r := Rule{Pos: pos(n)}
	p.mapping(n, "an entry of rules", fields{
		"path":     func(v *yaml.Node) { r.Paths = p.globs(v) },
		"severity": func(v *yaml.Node) { r.Severity = p.levels(v) },
	})
	p.require(n, "an entry of rules", "path", "severity")
	return r
}

func (p *parser) levels(n *yaml.Node) []Level {
	var levels []Level
	p.pairs(n, "severity", func(key, v *yaml.Node) {
		checks := p.expand([]Item{{Text: key.Value, Pos: pos(key)}})
		if !p.knownCheck(checks[0]) {
			return
		}
		switch s := analyzers.Severity(p.text(v, "a severity")); s {
		case analyzers.Error, analyzers.Warning, analyzers.Note:
			for _, check := range checks {
				levels = append(levels, Level{check.Text, s, check.Pos, check.Group})
			}
		case "off":
			p.errorf(pos(v), "a rule cannot turn a check off: use exclude, which states a reason")
		default:
			p.errorf(pos(v), "unknown severity %q: use error, warning or note", s)
		}
	})
	// What is said of an analyzer counts more than what is said of its group.
	slices.SortStableFunc(levels, func(a, b Level) int { return cmp.Compare(b.Group, a.Group) })
	return levels
}

func (p *parser) options(n *yaml.Node) []Option {
	var options []Option
	p.pairs(n, "options", func(key, v *yaml.Node) {
		analyzer := Item{Text: key.Value, Pos: pos(key)}
		if !p.knownAnalyzer(analyzer) {
			return
		}
		p.pairs(v, "options."+analyzer.Text, func(key, v *yaml.Node) {
			o := Option{Analyzer: analyzer.Text, Name: key.Value, Value: p.optionValue(v), Pos: pos(v)}
			entry := p.suite[indexOf(p.suite, analyzer.Text)]
			if entry.Flags.Lookup(o.Name) == nil {
				p.errorf(pos(key), "%v", noOption(entry, o.Name))
			} else if err := CheckOption(entry, o.Name, o.Value); err != nil {
				p.errorf(o.Pos, "options.%s.%s: %s", o.Analyzer, o.Name, err)
			} else {
				options = append(options, o)
			}
		})
	})
	return options
}

// optionValue returns the flag's value for a scalar or a list of scalars.
func (p *parser) optionValue(n *yaml.Node) string {
	if n = target(n); n.Kind != yaml.SequenceNode {
		return p.text(n, "an option")
	}
	var parts []string
	p.each(n, "an option", func(v *yaml.Node) { parts = append(parts, p.text(v, "an item of an option")) })
	return strings.Join(parts, ",")
}

func (p *parser) analyzerNames(n *yaml.Node, what string) []Item {
	names := p.items(n, what)
	return slices.DeleteFunc(p.expand(names), func(i Item) bool { return !p.knownAnalyzer(i) })
}

func (p *parser) checks(n *yaml.Node) []Item {
	return slices.DeleteFunc(p.expand(p.items(n, "checks")), func(i Item) bool { return !isObserved(i.Text) && !p.knownCheck(i) })
}

// isObserved reports whether a check is one of those that evidence makes, and that no
// analyzer has.
func isObserved(check string) bool {
	analyzer, category, narrow := strings.Cut(check, "/")
	return analyzer == report.Observed && (!narrow || category == report.ObservedGoroutine || category == report.ObservedSeries)
}

func (p *parser) knownAnalyzer(name Item) bool {
	if indexOf(p.suite, name.Text) >= 0 {
		return true
	}
	if analyzer, category, ok := strings.Cut(name.Text, "/"); ok && indexOf(p.suite, analyzer) >= 0 {
		p.errorf(name.Pos, "%q is not an analyzer; to turn off one category, write options: {%s: {disable: %s}}", name.Text, analyzer, category)
	} else {
		p.errorf(name.Pos, "%v", UnknownAnalyzer(p.suite, name.Text))
	}
	return false
}

func (p *parser) knownCheck(check Item) bool {
	analyzer, category, narrow := strings.Cut(check.Text, "/")
	i := indexOf(p.suite, analyzer)
	if i < 0 {
		p.errorf(check.Pos, "%v", UnknownAnalyzer(p.suite, analyzer))
		return false
	}
	if table := p.suite[i].Categories; narrow && !table.Has(category) {
		p.errorf(check.Pos, "%s", &catalog.UnknownError{Analyzer: analyzer, Category: category, Table: table})
		return false
	}
	return true
}

func (p *parser) globs(n *yaml.Node) []Item {
	globs := p.items(n, "path")
	if len(globs) == 0 && target(n).Kind == yaml.SequenceNode {
		p.errorf(pos(n), "path is empty")
	}
	return slices.DeleteFunc(globs, func(g Item) bool {
		switch {
		case g.Text == "":
			p.errorf(g.Pos, "path is empty")
		case g.Text == ".":
			p.errorf(g.Pos, "path \".\": write \"**\" for everything")
		case strings.Contains(g.Text, `\`):
			p.errorf(g.Pos, "path %q: separate directories with slashes", g.Text)
		case strings.HasPrefix(g.Text, "/"), strings.HasPrefix(g.Text, "./"), g.Text == "..", strings.HasPrefix(g.Text, "../"):
			p.errorf(g.Pos, "path %q: paths are relative to the root of the module or workspace and do not begin with /, ./ or ../", g.Text)
		case !doublestar.ValidatePattern(g.Text):
			p.errorf(g.Pos, "path %q: malformed pattern", g.Text)
		default:
			return false
		}
		return true
	})
}
