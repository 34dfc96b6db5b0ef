// Package names has functions and labels that are called like others.
package names

import (
	"encoding/json"
	"net/http"

	"github.com/prometheus/client_golang/prometheus"
)

var vec = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "seen_total"}, []string{"what"})

func count(what string) { vec.WithLabelValues(what).Inc() }

// To validate is more than to be called so.

type order struct{ Kind string }

func (o *order) Validate() error { return nil }

type cache struct{ kinds map[string]bool }

func (c *cache) Invalidate(o *order) {}

type checked struct{ Kind string }

func (c *checked) IsValid() bool { return c.Kind == "a" || c.Kind == "b" }

func validatesNothing(w http.ResponseWriter, r *http.Request) {
	var o order
	if json.NewDecoder(r.Body).Decode(&o) != nil || o.Validate() != nil {
		return
	}
	count(o.Kind) // want `low request: each o.Kind`
}

func invalidates(c *cache, w http.ResponseWriter, r *http.Request) {
	var o order
	if json.NewDecoder(r.Body).Decode(&o) != nil {
		return
	}
	c.Invalidate(&o)
	count(o.Kind) // want `low request: each o.Kind`
}

func validates(w http.ResponseWriter, r *http.Request) {
	var c checked
	if json.NewDecoder(r.Body).Decode(&c) != nil || !c.IsValid() {
		return
	}
	count(c.Kind)
}

type validator interface {
	ValidateStruct(v any) error
	InvalidateStruct(v any) error
}

func validatesElsewhere(v validator, w http.ResponseWriter, r *http.Request) {
	var o order
	if json.NewDecoder(r.Body).Decode(&o) != nil || v.ValidateStruct(&o) != nil {
		return
	}
	count(o.Kind)
}

func invalidatesElsewhere(v validator, w http.ResponseWriter, r *http.Request) {
	var o order
	if json.NewDecoder(r.Body).Decode(&o) != nil || v.InvalidateStruct(&o) != nil {
		return
	}
	count(o.Kind) // want `low request: each o.Kind`
}

// Members of a set.

type set interface {
	IsKnown(name string) bool
	IsUnknown(name string) bool
	Hash(name string) bool
	Has(name string) bool
}

func members(s set, w http.ResponseWriter, r *http.Request) {
	if s.IsKnown(r.Host) {
		count(r.Host)
	}
	if s.Has(r.URL.Path) {
		count(r.URL.Path)
	}
}

func strangers(s set, w http.ResponseWriter, r *http.Request) {
	if s.IsUnknown(r.Host) {
		count(r.Host) // want `low request: each r.Host`
	}
	if s.Hash(r.URL.Path) {
		count(r.URL.Path) // want `request: each r.URL.Path`
	}
}

// To find something is not to make it.

type session struct{ name string }

type sessions struct {
	byName map[string]*session
	all    []*session
}

type missing struct{}

func (missing) Error() string { return "missing" }

func (s *sessions) Load(name string) (*session, error) { return &session{name}, nil }

func (s *sessions) Get(name string) (*session, error) {
	if found := s.byName[name]; found != nil {
		return found, nil
	}
	return nil, missing{}
}

func (s *sessions) find(name string) (*session, error) {
	for _, one := range s.all {
		if one.name == name {
			return one, nil
		}
	}
	return nil, missing{}
}

func (s *sessions) LookUp(name string) (*session, error) { return s.find("s-" + name) }

func made(s *sessions, w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("session")
	if _, err := s.Load(name); err != nil {
		return
	}
	count(name) // want `low request: each r.PathValue\("session"\)`
}

func got(s *sessions, w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("session")
	if _, err := s.Get(name); err != nil {
		return
	}
	count(name)
}

func found(s *sessions, w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("session")
	if _, err := s.LookUp(name); err != nil {
		return
	}
	count(name)
}

type store interface {
	Finder(name string) (*session, error)
	FindByName(name string) (*session, error)
}

func findsElsewhere(s store, w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("session")
	if _, err := s.FindByName(name); err == nil {
		count(name)
	}
	if _, err := s.Finder(name); err == nil {
		count(name) // want `low request: each r.PathValue\("session"\)`
	}
}

// Labels for tenants are there on purpose, in any spelling, as long as something has
// accepted the tenant; those that are called like them are not.

var (
	orgs  = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "orgs_total"}, []string{"orgID"})
	names = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "names_total"}, []string{"project_name"})
	users = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "agents_total"}, []string{"user_agent"})
	organ = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "organs_total"}, []string{"organ"})
)

type registry interface{ Accepts(name string) error }

func tenants(reg registry, w http.ResponseWriter, r *http.Request) {
	org, project, agent, place := r.PathValue("org"), r.PathValue("project"), r.UserAgent(), r.PathValue("organ")
	if reg.Accepts(org) != nil || reg.Accepts(project) != nil || reg.Accepts(agent) != nil || reg.Accepts(place) != nil {
		return
	}
	orgs.WithLabelValues(org).Inc()
	names.WithLabelValues(project).Inc()
	users.WithLabelValues(agent).Inc() // want `request: each r.UserAgent\(\)`
	organ.WithLabelValues(place).Inc() // want `low request: each r.PathValue\("organ"\)`
}
