// Package edge handles requests.
package edge

import (
	"net/http"

	"ctxlint.test/metrics/labelcardinality/chain/record"
	"ctxlint.test/metrics/labelcardinality/chain/series"
	"ctxlint.test/metrics/labelcardinality/chain/tidy"
)

func serve(w http.ResponseWriter, r *http.Request) {
	record.Seen(r.URL.Path) // want `request: label "path" of seen_total is unbounded: each r.URL.Path`
}

func cleaned(w http.ResponseWriter, r *http.Request) {
	record.Seen(record.Clean(r.URL.Path)) // want `request: label "path" of seen_total is unbounded: each r.URL.Path`
}

func fetched(w http.ResponseWriter, r *http.Request) {
	series.Count(record.Path(r)) // want `request: label "path" of seen_total is unbounded: each r.URL.Path`
}

func added(c series.Counter, w http.ResponseWriter, r *http.Request) {
	c.Add(1, r.URL.Path) // want `request: label "path" of seen_total is unbounded: each r.URL.Path`
}

func classified(w http.ResponseWriter, r *http.Request) {
	record.Seen(record.Class(r.URL.Path))
}

func opened(w http.ResponseWriter, r *http.Request) {
	tidy.Open.WithLabelValues(r.PathValue("bucket")).Inc()
}

// A struct of labels of another package.

func observed(w http.ResponseWriter, r *http.Request) {
	series.Observe(series.Labels{Path: r.URL.Path}) // want `request: label "path" of seen_total is unbounded: each r.URL.Path`
	l := &series.Labels{Zone: r.Host}
	l.Path = r.RequestURI
	series.ObserveAt(l) // want `request: label "path" of seen_total is unbounded: each r.RequestURI`
}

func passedOn(w http.ResponseWriter, r *http.Request) {
	record.Observe(series.Labels{Path: r.URL.Path}) // want `request: label "path" of seen_total is unbounded: each r.URL.Path`
}

func otherField(w http.ResponseWriter, r *http.Request) {
	series.Observe(series.Labels{Path: "/", Zone: r.Host})
	record.Observe(series.Labels{Zone: r.URL.Path})
}
