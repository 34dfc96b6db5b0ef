// Package record stands between the handlers and the series.
package record

import (
	"net/http"
	"strings"

	"ctxlint.test/metrics/labelcardinality/chain/series"
)

// Seen records a path.
func Seen(path string) { series.Count(strings.ToLower(path)) } // want Seen:"label\\(0\\)"

// Path returns the path of a request.
func Path(r *http.Request) string { return r.URL.Path } // want Path:"request\\(0\\)"

// Clean returns path without its slash.
func Clean(path string) string { return strings.Trim(path, "/") } // want Clean:"param0\\(0\\)"

// Class returns what kind of path it is.
func Class(path string) string {
	if strings.HasPrefix(path, "/api") {
		return "api"
	}
	return "other"
}

// Observe passes l on.
func Observe(l series.Labels) { series.Observe(l) } // want Observe:"label\\(0.Path\\)"
