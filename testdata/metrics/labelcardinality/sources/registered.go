package sources

import (
	"net/http"
	"sync"
)

// What a request asks the program to look after has a name, of which there may be few.

type database struct{ path string }

func (d *database) sync() {}

type registration struct {
	Path   string
	Reason string
}

type store struct {
	mu        sync.Mutex
	databases map[string]*database
	seen      map[string]int
}

func (s *store) open(path string) *database {
	s.mu.Lock()
	defer s.mu.Unlock()
	d := &database{path}
	s.databases[path] = d
	return d
}

func (s *store) register(w http.ResponseWriter, r *http.Request) {
	var reg registration
	if readJSON(r, &reg) != nil {
		return
	}
	s.open(reg.Path).sync()
	count(reg.Path)   // want `low request: each reg.Path .*; delete its series when it goes`
	count(reg.Reason) // want `low request: each reg.Reason`
}

func (s *store) replace(w http.ResponseWriter, r *http.Request) {
	var reg registration
	if readJSON(r, &reg) != nil {
		return
	}
	s.databases[reg.Path] = &database{reg.Path}
	count(reg.Path) // want `low request: each reg.Path`
}

// A number for each is no object, and neither is what is only looked up.
func (s *store) tally(w http.ResponseWriter, r *http.Request) {
	var reg registration
	if readJSON(r, &reg) != nil {
		return
	}
	s.seen[reg.Path]++
	count(reg.Path) // want `low request: each reg.Path`
}

func (s *store) ask(w http.ResponseWriter, r *http.Request) {
	var reg registration
	if readJSON(r, &reg) != nil {
		return
	}
	d := s.databases[reg.Path]
	println(d)
	count(reg.Path) // want `low request: each reg.Path`
}

// Everybody has an agent.
func (s *store) agents(w http.ResponseWriter, r *http.Request) {
	s.open(r.UserAgent())
	count(r.UserAgent()) // want `request: each r.UserAgent\(\)`
}
