package metriclifecycle

import (
	"github.com/ctxlint/ctxlint/internal/engine/vectors"
	"github.com/ctxlint/ctxlint/internal/pass/catalog"
)

// A finding names its metric if what it is about shows in the number of series. What
// panics, or counts where nobody looks, does not.

// metricOfSeries returns the metric whose series pile up, and the label if it is one that
// tells them apart: with several, none has as many values as there are series.
func metricOfSeries(name string, labels []string) catalog.Metric {
	m := catalog.Metric{Name: name}
	if len(labels) == 1 && name != "" {
		m.Label = labels[0]
	}
	return m
}

// metricOfUse returns the metric of a vector whose series are not deleted although a call
// is meant to.
func metricOfUse(use vectors.Use, v vectors.Vector) catalog.Metric {
	if !use.Deletes {
		return catalog.Metric{}
	}
	return catalog.Metric{Name: v.Name}
}

// metricOfAll returns the metric of a collector that stays in its registry.
func (c *checker) metricOfAll(in membership) catalog.Metric {
	return catalog.Metric{Name: registryOf(in.registry).exposed(c.collector(in).Name)}
}

// metricOfInstances is metricOfAll for a collector of which there is one for each
// instance. Of another, the second cannot be registered.
func (c *checker) metricOfInstances(in membership) catalog.Metric {
	if !c.perInstance(in) {
		return catalog.Metric{}
	}
	return c.metricOfAll(in)
}

// piles returns the metric of collectors that are registered beside each other.
func (r reached) piles() catalog.Metric {
	if r.category != hotRegister || r.fixed || r.isInstrument() {
		return catalog.Metric{}
	}
	return catalog.Metric{Name: registryOf(r.registry).exposed(r.metric)}
}

// exposed returns what the metric with a name is called where the registry is scraped.
func (r registry) exposed(name string) string {
	if r.prefixed && name != "" {
		return "*" + name
	}
	return name
}
