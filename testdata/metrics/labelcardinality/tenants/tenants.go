// Package tenants has labels for the tenants of a service, which are few unless a
// client can make one up.
package tenants

import (
	"net/http"
	"os"
	"strconv"
	"strings"

	"github.com/prometheus/client_golang/prometheus"

	"ctxlint.test/metrics/labelcardinality/tenants/gate"
)

var (
	byTenant = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "calls_total"}, []string{"tenant"})
	byOrg    = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "orgs_total"}, []string{"org_id"})
)

// What the client says, unchecked, is reported whatever the label is called.

func header(w http.ResponseWriter, r *http.Request) {
	byTenant.WithLabelValues(r.Header.Get("X-Scope-OrgID")).Inc() // want `low request: label "tenant" of calls_total is unbounded: each r.Header.Get\("X-Scope-OrgID"\) .*; map it to a fixed set, or log it`
}

func query(w http.ResponseWriter, r *http.Request) {
	byOrg.WithLabelValues(r.URL.Query().Get("org")).Inc() // want `low request: label "org_id" of orgs_total is unbounded`
}

func path(w http.ResponseWriter, r *http.Request) {
	org := strings.ToLower(r.PathValue("org"))
	if org == "" {
		http.Error(w, "no org", http.StatusBadRequest)
		return
	}
	byOrg.WithLabelValues(org).Inc() // want `low request: each r.PathValue\("org"\)`
}

func elsewhere(w http.ResponseWriter, r *http.Request) {
	byTenant.WithLabelValues(gate.Tenant(r)).Inc() // want `low request: each r.Header.Get\("X-Tenant"\)`
}

// A look at the form tells nothing about which tenants there are.
func form(w http.ResponseWriter, r *http.Request) {
	tenant := r.Header.Get("X-Tenant")
	if _, err := strconv.Atoi(tenant); err != nil || !wellFormed(tenant) {
		return
	}
	byTenant.WithLabelValues(tenant).Inc() // want `low request: each r.Header.Get\("X-Tenant"\)`
}

func wellFormed(name string) bool { return len(name) < 100 && !strings.Contains(name, "/") }

// Neither does a check that comes later, or whose outcome is ignored.
func tooLate(keys gate.Keys, w http.ResponseWriter, r *http.Request) {
	tenant := r.Header.Get("X-Tenant")
	byTenant.WithLabelValues(tenant).Inc() // want `low request: each r.Header.Get\("X-Tenant"\)`
	if keys.Allows(r.Context(), tenant) != nil {
		w.WriteHeader(http.StatusForbidden)
	}
}

func ignored(keys gate.Keys, w http.ResponseWriter, r *http.Request) {
	tenant := r.Header.Get("X-Tenant")
	if keys.Allows(r.Context(), tenant) != nil {
		w.WriteHeader(http.StatusForbidden)
	}
	byTenant.WithLabelValues(tenant).Inc() // want `low request: each r.Header.Get\("X-Tenant"\)`
}

// Whom the service has accepted is one of those it knows.

type service struct {
	keys gate.Keys
	open map[string]bool
	own  string
}

func (s *service) authorised(user, tenant string) bool { return s.open[user+"/"+tenant] }

func (s *service) accepted(w http.ResponseWriter, r *http.Request) {
	tenant := r.Header.Get("X-Tenant")
	if err := s.keys.Allows(r.Context(), tenant); err != nil {
		return
	}
	byTenant.WithLabelValues(tenant).Inc()
}

func (s *service) authorisedOnly(w http.ResponseWriter, r *http.Request) {
	user, tenant := r.Header.Get("X-User"), r.Header.Get("X-Tenant")
	if !s.authorised(user, tenant) {
		return
	}
	s.count(tenant)
}

func (s *service) count(tenant string) { byTenant.WithLabelValues(tenant).Inc() }

func admitted(keys gate.Keys, w http.ResponseWriter, r *http.Request) {
	tenant, err := gate.Admit(keys, r)
	if err != nil {
		return
	}
	byTenant.WithLabelValues(tenant).Inc()
}

// Configuration is bounded.
func (s *service) configured() {
	byTenant.WithLabelValues(s.own).Inc()
	byTenant.WithLabelValues(os.Getenv("TENANT")).Inc()
}

// A label of another kind needs a bound, and not only somebody who agrees.
var byAgent = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "agents_total"}, []string{"agent"})

func (s *service) agreed(w http.ResponseWriter, r *http.Request) {
	agent := r.UserAgent()
	if err := s.keys.Allows(r.Context(), agent); err != nil {
		return
	}
	byAgent.WithLabelValues(agent).Inc() // want `request: each r.UserAgent\(\)`
}
