// Package collect has a collector of metrics.
package collect

import (
	"context"

	"github.com/prometheus/client_golang/prometheus"
)

type gauges struct {
	all   []prometheus.Metric
	descs []*prometheus.Desc
}

// A registry receives until the collector has returned.

func (g *gauges) collect(ctx context.Context, metrics chan<- prometheus.Metric) {
	_ = ctx.Err()
	for _, m := range g.all {
		metrics <- m
	}
}

func (g *gauges) describe(ctx context.Context, descs chan<- *prometheus.Desc) {
	_ = ctx.Err()
	for _, d := range g.descs {
		descs <- d
	}
}

func (g *gauges) names(ctx context.Context, names chan<- string) {
	_ = ctx.Err()
	for _, d := range g.descs {
		names <- d.String() // want "low no-done: the other side is out of sight"
	}
}
