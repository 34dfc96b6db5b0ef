// Package flags has what is reported, or not, when flags say so.
package flags

import (
	"net/http"
	"strconv"

	"github.com/prometheus/client_golang/prometheus"

	"ctxlint.test/metrics/labelcardinality/flags/own"
)

var vec = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "seen_total"}, []string{"what"})

var tenants = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "tenant_total"}, []string{"tenant"})

// Names that say what a value is.

func named(userEmail string, orderID int, zone string) {
	vec.WithLabelValues(userEmail).Inc()             // want `low strict: label "what" of seen_total is unbounded: each userEmail`
	vec.WithLabelValues(strconv.Itoa(orderID)).Inc() // want `low strict: each orderID`
	vec.WithLabelValues(zone).Inc()
}

func spelled(user_id, HTTPTraceID, announce, reorder string) {
	vec.WithLabelValues(user_id).Inc()     // want `low strict: each user_id`
	vec.WithLabelValues(HTTPTraceID).Inc() // want `low strict: each HTTPTraceID`
	vec.WithLabelValues(announce).Inc()
	vec.WithLabelValues(reorder).Inc()
}

type session struct{ sessionID string }

func (s *session) close() { vec.WithLabelValues(s.sessionID).Inc() } // want `low strict: each s.sessionID`

type known map[string]bool

func (k known) accepts(w http.ResponseWriter, tenant string) bool { return w != nil && k[tenant+"!"] }

func ofTenant(k known, w http.ResponseWriter, r *http.Request) {
	tenant := r.Header.Get("X-Scope-OrgID")
	if k.accepts(w, tenant) {
		tenants.WithLabelValues(tenant).Inc() // silent "the label is named after tenants, so"
	}
}

// -sinks

func counted(c *own.Client, w http.ResponseWriter, r *http.Request) {
	c.Count("seen", r.URL.Path) // want `request: each r.URL.Path`
	c.Count("seen", "/")
}

// -sources

func model(m own.Model) {
	vec.WithLabelValues(m.Name()).Inc() // want `low request: each m.Name\(\)`
}

// -sanitizers

func sanitized(w http.ResponseWriter, r *http.Request) {
	vec.WithLabelValues(own.Route(r.URL.Path)).Inc() // silent "the value is the result of a function"
}

// -disable=method

func method(w http.ResponseWriter, r *http.Request) {
	vec.WithLabelValues(r.Method).Inc()
}
