package sources

import "net/http"

// An object that is made with a name, and kept by another function, is one that the program
// looks after, whatever it is kept under.

type link struct{ name, upstream string }

func (p *link) start() {}

func newLink(name, upstream string) *link { return &link{name, upstream} }

type collection struct{ proxies map[string]*link }

func (c *collection) add(p *link) {
	c.proxies[p.name] = p
	p.start()
}

type wanted struct{ Name, Upstream, Reason string }

func (c *collection) create(w http.ResponseWriter, r *http.Request) {
	var in wanted
	if readJSON(r, &in) != nil {
		return
	}
	c.add(newLink(in.Name, in.Upstream))
	count(in.Name)     // want `low request: each in.Name .*; delete its series when it goes`
	count(in.Upstream) // want `low request: each in.Upstream`
	count(in.Reason)   // want `low request: each in.Reason`
}

// What is only used now is not kept.
func (c *collection) try(w http.ResponseWriter, r *http.Request) {
	var in wanted
	if readJSON(r, &in) != nil {
		return
	}
	newLink(in.Name, in.Upstream).start()
	count(in.Name) // want `low request: each in.Name`
}
