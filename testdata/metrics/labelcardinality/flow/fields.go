package flow

import "net/http"

// What a field holds is known of one object where the trace can tell which. Other
// fields stand for those of all objects of their type: a guess that is made once.

type event struct{ Name string }

type entry struct{ Name string }

type record struct{ name string }

func newEvent(r *http.Request) *event { return &event{Name: r.URL.Path} }

func defaultEvent() *event { return &event{Name: "default"} }

func (m *metrics) ofEvent(e *event) { m.requests.WithLabelValues(e.Name, "a").Inc() } // want `request: each r.URL.Path`

func newEntry(e *event) *entry { return &entry{Name: e.Name} }

func defaultEntry() *entry { return &entry{Name: "default"} }

// Who knows that this is an entry for a request, and not the default?
func (m *metrics) ofEntry(e *entry) { m.requests.WithLabelValues(e.Name, "a").Inc() }

func (m *metrics) named(name string) { m.requests.WithLabelValues(name, "a").Inc() }

func (m *metrics) ofEntries(all []*entry) {
	for _, e := range all {
		m.named(e.Name)
	}
}

// An object that is known is no guess.
func (m *metrics) known(w http.ResponseWriter, r *http.Request) {
	e := newEntry(newEvent(r))
	m.named(e.Name) // want `request: each r.URL.Path`
}

// One place stores into this field, and nothing else can.
func newRecord(e *event) *record { return &record{name: e.Name} }

func (m *metrics) ofRecord(x *record) { m.requests.WithLabelValues(x.name, "a").Inc() } // want `request: each r.URL.Path`
