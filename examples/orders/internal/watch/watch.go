// Package watch counts what happens to orders while customers look at them.
package watch

import (
	"sync"
	"sync/atomic"

	"example.com/orders/internal/metrics"
	"example.com/orders/internal/store"
)

// Hub has those who look at orders.
type Hub struct {
	metrics *metrics.Metrics
	seen    atomic.Int64

	mu   sync.Mutex
	open map[string][]chan store.Status // by order

	looking sync.Map // by order, how many look at it
}

// NewHub returns a hub that shows in m how many look at each order that somebody
// looks at.
func NewHub(m *metrics.Metrics) *Hub {
	return &Hub{metrics: m, open: make(map[string][]chan store.Status)}
}

// Join counts the changes of an order until [Hub.Leave].
func (h *Hub) Join(order string) {
	changes := make(chan store.Status, 1)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.open[order] = append(h.open[order], changes)
	h.looking.Store(order, len(h.open[order]))
	go h.count(changes)
	h.show()
}

// Leave ends what Join began, for all who look at the order.
func (h *Hub) Leave(order string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, changes := range h.open[order] {
		close(changes)
	}
	delete(h.open, order)
	h.looking.Delete(order)
}

// Tell tells those who look at an order that its status has changed.
func (h *Hub) Tell(order string, status store.Status) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, changes := range h.open[order] {
		select {
		case changes <- status:
		default: // the change before it has not been counted yet
		}
	}
}

// Seen returns how many changes were seen.
func (h *Hub) Seen() int64 { return h.seen.Load() }

func (h *Hub) count(changes <-chan store.Status) {
	for range changes {
		h.seen.Add(1)
	}
}

// show updates the gauge.
func (h *Hub) show() {
	h.looking.Range(func(order, n any) bool {
		h.metrics.Looking.WithLabelValues(order.(string)).Set(float64(n.(int)))
		return true
	})
}
