package bounded

import (
	"net/http"
	"sync"
	"sync/atomic"
)

// What lets new values through only as long as it has seen few caps them.

const maxAgents = 100

type agents struct {
	mu   sync.Mutex
	max  int
	seen map[string]struct{}
}

func newAgents(n int) *agents { return &agents{max: n, seen: make(map[string]struct{})} }

func (a *agents) name(agent string) string {
	a.mu.Lock()
	defer a.mu.Unlock()
	if _, ok := a.seen[agent]; ok {
		return agent
	}
	if len(a.seen) >= a.max {
		return "other"
	}
	a.seen[agent] = struct{}{}
	return agent
}

type counts struct {
	n    atomic.Int64
	seen sync.Map
}

func (c *counts) name(agent string) string {
	if _, ok := c.seen.Load(agent); ok {
		return agent
	}
	if c.n.Load() < maxAgents {
		c.n.Add(1)
		c.seen.Store(agent, true)
		return agent
	}
	return "other"
}

func (c *counts) first(agent string) string {
	if c.n.Add(1) > maxAgents {
		return "other"
	}
	return agent
}

var (
	namedMu sync.Mutex
	named   = map[string]bool{}
)

func global(agent string) string {
	namedMu.Lock()
	defer namedMu.Unlock()
	if !named[agent] {
		if len(named) == maxAgents || maxAgents < len(named) {
			return "other"
		}
		if len(named) < maxAgents {
			named[agent] = true
		} else {
			return "other"
		}
	}
	return agent
}

func capped(a *agents, c *counts) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		count(a.name(r.UserAgent()))
		count(c.name(r.UserAgent()))
		count(c.first(r.UserAgent()))
		count(global(r.UserAgent()))
	}
}

// What forgets values lets others through in their place.

type recent struct {
	mu   sync.Mutex
	seen map[string]int
}

func (s *recent) name(agent string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.seen[agent]; ok {
		return agent
	}
	if len(s.seen) >= maxAgents {
		return "other"
	}
	s.seen[agent] = 1
	return agent
}

func (s *recent) forget(agent string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.seen, agent)
}

// What counts something else caps nothing, nor does a limit on the length of a value.

type others struct{ seen map[string]bool }

func (o *others) name(agent string) string {
	if len(o.seen) >= maxAgents {
		return "other"
	}
	o.seen["agent"] = true
	return agent
}

func short(agent string) string {
	if len(agent) > maxAgents {
		return "other"
	}
	return agent
}

// A limit that only warns lets everything through.
func (a *agents) warned(agent string) string {
	if len(a.seen) >= a.max {
		println("too many")
	} else {
		a.seen[agent] = struct{}{}
	}
	return agent
}

func uncapped(s *recent, o *others, a *agents) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		count(s.name(r.UserAgent()))   // want `request: each r.UserAgent\(\)`
		count(o.name(r.UserAgent()))   // want `request: each r.UserAgent\(\)`
		count(short(r.UserAgent()))    // want `request: each r.UserAgent\(\)`
		count(a.warned(r.UserAgent())) // want `request: each r.UserAgent\(\)`
	}
}
