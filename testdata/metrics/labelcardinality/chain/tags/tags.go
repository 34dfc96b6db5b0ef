// Package tags has labels in a form of its own, as services do that can change
// the library behind their metrics.
package tags

import (
	"context"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
)

// A Tag is a label.
type Tag struct{ Key, Value string }

// Reason returns a tag for a reason.
func Reason(value string) Tag { return Tag{Key: "reason", Value: value} } // want Reason:"label\\(0\\)"

// String returns a tag.
func String(key, value string) Tag { return Tag{Key: key, Value: value} } // want String:"label\\(1\\)"

// Namespace returns the tag for a namespace.
func Namespace(value string) Tag { return Tag{Key: "namespace_id", Value: value} } // want Namespace:"label\\(0\\)"

// A Handler makes metrics.
type Handler struct{ counter metric.Int64Counter }

// Count counts.
func (h *Handler) Count(tags ...Tag) {
	h.counter.Add(context.Background(), 1, metric.WithAttributeSet(set(tags)))
}

func set(tags []Tag) attribute.Set {
	var attrs []attribute.KeyValue
	for _, t := range tags {
		attrs = append(attrs, convert(t))
	}
	return attribute.NewSet(attrs...)
}

func convert(t Tag) attribute.KeyValue { return attribute.String(t.Key, t.Value) }
