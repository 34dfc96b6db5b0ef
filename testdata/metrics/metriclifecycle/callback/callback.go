// Package callback registers callbacks.
package callback

import (
	"context"
	"net/http"

	"go.opentelemetry.io/otel/metric"
)

type pool struct {
	size  int64
	gauge metric.Int64ObservableGauge
	reg   metric.Registration
}

func newPool(meter metric.Meter) (*pool, error) {
	p := &pool{}
	var err error
	if p.gauge, err = meter.Int64ObservableGauge("pool.size"); err != nil {
		return nil, err
	}
	_, err = meter.RegisterCallback(func(_ context.Context, o metric.Observer) error { // want `medium callback: the registration of a callback of pool is dropped, so the callback outlives Close and keeps the pool alive; keep it and call its Unregister in Close`
		o.ObserveInt64(p.gauge, p.size)
		return nil
	}, p.gauge)
	return p, err
}

func (p *pool) register(meter metric.Meter) error {
	_, err := meter.RegisterCallback(p.observe, p.gauge) // want `medium callback: the registration of a callback of pool is dropped`
	return err
}

func (p *pool) observe(_ context.Context, o metric.Observer) error {
	o.ObserveInt64(p.gauge, p.size)
	return nil
}

func (p *pool) Close() {}

// kept keeps the registration.
func (p *pool) kept(meter metric.Meter) (err error) {
	p.reg, err = meter.RegisterCallback(p.observe, p.gauge) // silent "the registration of the callback is"
	return err
}

func returned(meter metric.Meter, p *pool) (metric.Registration, error) {
	return meter.RegisterCallback(p.observe, p.gauge)
}

type server struct {
	meter metric.Meter
	gauge metric.Int64ObservableGauge
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	_, err := s.meter.RegisterCallback(func(_ context.Context, o metric.Observer) error { // want `callback: RegisterCallback runs on each call of the HTTP handler ServeHTTP and adds a callback each time; register it once, or keep the result and call its Unregister`
		o.ObserveInt64(s.gauge, r.ContentLength)
		return nil
	}, s.gauge)
	if err != nil {
		http.Error(w, "no", http.StatusInternalServerError)
	}
}

// A process has one of these, and no way to close it.
func Process(meter metric.Meter, gauge metric.Int64ObservableGauge) error {
	n := int64(1)
	_, err := meter.RegisterCallback(func(_ context.Context, o metric.Observer) error { // silent "nothing that the callback captures has"
		o.ObserveInt64(gauge, n)
		return nil
	}, gauge)
	return err
}

// There is one for each tenant.

type tenant struct{ size int64 }

func newTenant(meter metric.Meter, gauge metric.Int64ObservableGauge) (*tenant, error) {
	t := new(tenant)
	_, err := meter.RegisterCallback(func(_ context.Context, o metric.Observer) error { // want `callback: the registration of a callback of tenant is dropped`
		o.ObserveInt64(gauge, t.size)
		return nil
	}, gauge)
	return t, err
}

func (t *tenant) Close() {}

func Tenants(meter metric.Meter, gauge metric.Int64ObservableGauge, names []string) {
	for range names {
		t, err := newTenant(meter, gauge)
		if err == nil {
			defer t.Close()
		}
	}
}
