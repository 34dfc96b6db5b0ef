// Package pool has values that go back to a sync.Pool with what is in them, and others.
package pool

import "sync"

type item struct{ name string }

type buffer struct {
	items []*item
	index map[string]*item
	n     int
}

var buffers = sync.Pool{New: func() any { return &buffer{index: make(map[string]*item)} }}

func grows(names []string) int {
	b := buffers.Get().(*buffer)
	for _, n := range names {
		b.items = append(b.items, &item{n})
	}
	n := len(b.items)
	buffers.Put(b) // want `pool: the value goes back to the pool with what this use has put into its field items`
	return n
}

func fills(names []string) {
	b := buffers.Get().(*buffer)
	defer buffers.Put(b) // want `pool: .* its field index`
	for _, n := range names {
		b.index[n] = &item{n}
	}
}

var sets = sync.Pool{New: func() any { return make(map[string]bool) }}

func whole(names []string) int {
	set := sets.Get().(map[string]bool)
	for _, n := range names {
		set[n] = true
	}
	n := len(set)
	sets.Put(set) // want `pool: .* the map`
	return n
}

func cleared(names []string) {
	b := buffers.Get().(*buffer)
	for _, n := range names {
		b.items = append(b.items, &item{n})
		b.index[n] = &item{n}
	}
	clear(b.index)
	b.items = b.items[:0]
	buffers.Put(b) // silent "what is put into the value is cleared"
}

func clearedFirst(names []string) {
	b := buffers.Get().(*buffer)
	b.items = b.items[:0]
	for _, n := range names {
		b.items = append(b.items, &item{n})
	}
	buffers.Put(b)
}

func (b *buffer) reset() { *b = buffer{} }

func reset(names []string) {
	b := buffers.Get().(*buffer)
	b.reset()
	for _, n := range names {
		b.items = append(b.items, &item{n})
	}
	buffers.Put(b) // silent "code out of sight gets the value, and"
}

func emptied(names []string) {
	set := sets.Get().(map[string]bool)
	for _, n := range names {
		set[n] = true
	}
	for n := range set {
		delete(set, n)
	}
	sets.Put(set)
}

var interned = sync.Pool{New: func() any { return make(map[string]string) }}

// It is a cache.
func intern(s string) string {
	m := interned.Get().(map[string]string)
	defer interned.Put(m)
	if known, ok := m[s]; ok {
		return known
	}
	m[s] = s
	return s
}

func number() {
	b := buffers.Get().(*buffer)
	b.n++
	buffers.Put(b) // silent "no map and no list of the value is seen"
}
