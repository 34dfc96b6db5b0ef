// Package html writes a report as one page for a browser.
package html

import (
	"bufio"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"html/template"
	"io"
	"strings"

	"github.com/ctxlint/ctxlint/analyzers"
	"github.com/ctxlint/ctxlint/internal/driver/record"
	"github.com/ctxlint/ctxlint/internal/report"
	"github.com/ctxlint/ctxlint/internal/report/source"
)

//go:embed assets
var assets embed.FS

// The parts of the page's script, in the order in which the page runs them.
var scripts = []string{"dom.js", "state.js", "list.js", "code.js", "path.js", "finding.js", "overview.js", "main.js"}

// A page is one file: it loads nothing from the network, and its policy lets
// the browser use only the script and the style in it, whatever the source that
// it shows may contain.
type page struct {
	style, script string
	template      *template.Template
}

func newPage() *page {
	read := func(name string) string {
		data, err := assets.ReadFile("assets/" + name)
		if err != nil {
			panic(err) // an asset is missing from the build
		}
		return string(data)
	}
	var script strings.Builder
	script.WriteString("\"use strict\";\n")
	for _, name := range scripts {
		script.WriteString(read(name))
	}
	return &page{
		style:    read("page.css"),
		script:   script.String(),
		template: template.Must(template.New("page").Parse(read("page.html"))),
	}
}

// Options say what the page shows besides the report.
type Options struct {
	Version  string // of ctxlint, "" if unknown
	Sources  *source.Cache
	Suite    []analyzers.Entry        // the analyzers that ran
	File     func(file string) string // the name of a file, as it is shown
	Position func(record.Position) string
	Evidence []string // what was read as evidence, a sentence each
}

// Write writes the report to w. The page draws itself from a block of JSON; all
// text in it becomes text nodes, never markup. Any error comes from w.
func Write(w io.Writer, r *report.Report, o *Options) error {
	page := newPage()
	data := newDocument(r, o)
	out := bufio.NewWriter(w)
	err := page.template.Execute(out, struct {
		Title, Policy string
		Style         template.CSS
		Script        template.JS
		Data          *document
	}{
		Title:  pageTitle(data),
		Policy: page.policy(),
		Style:  template.CSS(page.style),
		Script: template.JS(page.script),
		Data:   data,
	})
	if err != nil {
		return err
	}
	return out.Flush()
}

func pageTitle(r *document) string {
	if r.Prefix == "" {
		return "ctxlint report"
	}
	return r.Prefix + " - ctxlint report"
}

// policy returns the page's content security policy.
func (p *page) policy() string {
	return "default-src 'none'; style-src " + sourceHash(p.style) + "; script-src " + sourceHash(p.script) +
		"; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
}

func sourceHash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
