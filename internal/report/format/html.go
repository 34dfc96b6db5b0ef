package format

import (
	"bufio"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"html/template"
	"io"
	"strings"

	"github.com/ctxlint/ctxlint/internal/report"
)

//go:embed html
var htmlAssets embed.FS

// The parts of the page's script, in the order in which the page runs them.
var htmlScripts = []string{"dom.js", "state.js", "list.js", "code.js", "path.js", "finding.js", "overview.js", "main.js"}

// An htmlPage is a page in one file: it asks nothing of the network, and its
// policy lets the browser run the script and the style that are in it and
// nothing else, whatever the source that it shows may hold.
type htmlPage struct {
	style, script string
	template      *template.Template
}

func newHTMLPage() *htmlPage {
	read := func(name string) string {
		data, err := htmlAssets.ReadFile("html/" + name)
		if err != nil {
			panic(err) // an asset is missing from the build
		}
		return string(data)
	}
	var script strings.Builder
	script.WriteString("\"use strict\";\n")
	for _, name := range htmlScripts {
		script.WriteString(read(name))
	}
	return &htmlPage{
		style:    read("page.css"),
		script:   script.String(),
		template: template.Must(template.New("page").Parse(read("page.html"))),
	}
}

// HTML writes the report as one page for a browser. The page draws itself from
// a block of JSON; all text in it becomes text nodes, never markup.
func HTML(w io.Writer, r *report.Report, o *Options) error {
	page := newHTMLPage()
	data := newHTMLReport(r, o)
	out := bufio.NewWriter(w)
	err := page.template.Execute(out, struct {
		Title, Policy string
		Style         template.CSS
		Script        template.JS
		Data          *htmlReport
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

func pageTitle(r *htmlReport) string {
	if r.Prefix == "" {
		return "ctxlint report"
	}
	return r.Prefix + " - ctxlint report"
}

// policy returns the page's content security policy.
func (p *htmlPage) policy() string {
	return "default-src 'none'; style-src " + sourceHash(p.style) + "; script-src " + sourceHash(p.script) +
		"; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
}

func sourceHash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
