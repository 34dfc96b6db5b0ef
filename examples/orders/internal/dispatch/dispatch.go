// Package dispatch tells a web hook what happens to orders.
package dispatch

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"example.com/orders/internal/metrics"
	"example.com/orders/internal/store"
)

const (
	batchSize       = 20
	pollInterval    = 2 * time.Second
	deliveryTimeout = 5 * time.Second
)

// An Outbox holds the events that are to be delivered.
type Outbox interface {
	Pending(ctx context.Context, limit int) ([]store.Event, error)
	Delivered(ctx context.Context, e store.Event) error
}

// Dispatcher delivers events in the background.
type Dispatcher struct {
	outbox  Outbox
	hook    string
	client  *http.Client
	metrics *metrics.Metrics
	cancel  context.CancelFunc
	done    chan struct{} // closed when the background work has ended
}

// Start returns a dispatcher that delivers the events of outbox to the URL hook
// until it is closed.
func Start(ctx context.Context, outbox Outbox, hook string, m *metrics.Metrics) (*Dispatcher, error) {
	ctx, cancel := context.WithCancel(ctx)
	backlog, err := outbox.Pending(ctx, batchSize)
	if err != nil {
		return nil, fmt.Errorf("start dispatcher: %w", err)
	}
	d := &Dispatcher{
		outbox:  outbox,
		hook:    hook,
		client:  &http.Client{Timeout: deliveryTimeout},
		metrics: m,
		cancel:  cancel,
		done:    make(chan struct{}),
	}
	go d.run(ctx, backlog)
	return d, nil
}

// Close ends the deliveries and waits for those in progress.
func (d *Dispatcher) Close() {
	d.cancel()
	<-d.done
}

func (d *Dispatcher) run(ctx context.Context, events []store.Event) {
	defer close(d.done)
	ticker := time.NewTicker(pollInterval)
	defer ticker.Stop()
	for {
		if err := d.deliver(ctx, events); err != nil {
			slog.WarnContext(ctx, "events not delivered", "error", err)
		}
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return
		}
		var err error
		if events, err = d.outbox.Pending(ctx, batchSize); err != nil {
			slog.WarnContext(ctx, "outbox not readable", "error", err)
		}
	}
}

// deliver sends all events at once, marks those that arrived, and returns an
// error if any did not.
func (d *Dispatcher) deliver(ctx context.Context, events []store.Event) error {
	var wg sync.WaitGroup
	arrived := make(chan store.Event, len(events))
	failed := make(chan error, len(events))
	for _, e := range events {
		wg.Go(func() {
			if err := d.send(ctx, e); err != nil {
				failed <- fmt.Errorf("event %d: %w", e.ID, err)
				return
			}
			arrived <- e
		})
	}
	go func() {
		wg.Wait()
		close(arrived)
	}()

	select {
	case err := <-failed:
		return err
	default:
	}
	for e := range arrived {
		if err := d.outbox.Delivered(ctx, e); err != nil {
			return err
		}
	}
	return nil
}

func (d *Dispatcher) send(ctx context.Context, e store.Event) error {
	data, err := json.Marshal(e)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, d.hook, bytes.NewReader(data))
	if err != nil {
		return err
	}
	resp, err := d.client.Do(req)
	if err != nil {
		d.metrics.Deliveries.WithLabelValues("unreachable").Inc()
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode/100 != 2 {
		d.metrics.Deliveries.WithLabelValues(string(e.Kind), "refused").Inc()
		return fmt.Errorf("hook answers %s", resp.Status)
	}
	d.metrics.Deliveries.WithLabelValues(string(e.Kind), "arrived").Inc()
	return nil
}
