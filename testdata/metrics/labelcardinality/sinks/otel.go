package sinks

import (
	"context"
	"net/http"

	"go.opentelemetry.io/contrib/instrumentation/google.golang.org/grpc/otelgrpc"
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
	semconv "go.opentelemetry.io/otel/semconv/v1.43.0"
	"go.opentelemetry.io/otel/semconv/v1.43.0/httpconv"
	"go.opentelemetry.io/otel/trace"
)

type instruments struct {
	count    metric.Int64Counter
	duration httpconv.ServerRequestDuration
}

func (i *instruments) counted(w http.ResponseWriter, r *http.Request) {
	i.count.Add(r.Context(), 1, metric.WithAttributes(attribute.String("path", r.URL.Path))) // want `request: label "path" is unbounded: each r.URL.Path is a time series, or overflow past a limit; `
	i.count.Add(r.Context(), 1, metric.WithAttributes(attribute.String("path", r.Pattern)))
}

// The same attributes are welcome in a span.
func (i *instruments) both(w http.ResponseWriter, r *http.Request) {
	attrs := []attribute.KeyValue{attribute.String("path", r.URL.Path), attribute.Int("code", 200)}
	trace.SpanFromContext(r.Context()).SetAttributes(attrs...)
	i.count.Add(r.Context(), 1, metric.WithAttributes(attrs...)) // want `request: label "path" is unbounded: each r.URL.Path`
}

func (i *instruments) spanOnly(w http.ResponseWriter, r *http.Request) {
	attrs := []attribute.KeyValue{attribute.String("path", r.URL.Path)}
	trace.SpanFromContext(r.Context()).SetAttributes(attrs...)
	trace.SpanFromContext(r.Context()).AddEvent("seen", trace.WithAttributes(attrs...))
	i.count.Add(r.Context(), 1)
}

func (i *instruments) set(w http.ResponseWriter, r *http.Request) {
	i.count.Add(r.Context(), 1, metric.WithAttributeSet(attribute.NewSet(attribute.Key("agent").String(r.UserAgent())))) // want `request: label "agent" is unbounded: each r.UserAgent\(\)`
	i.count.Add(r.Context(), 1, metric.WithAttributeSet(attribute.NewSet(attribute.Bool("tls", r.TLS != nil))))
}

func (i *instruments) convention(w http.ResponseWriter, r *http.Request) {
	i.count.Add(r.Context(), 1, metric.WithAttributes(semconv.URLPath(r.URL.Path))) // want `request: each r.URL.Path`
	i.count.Add(r.Context(), 1, metric.WithAttributes(semconv.HTTPRoute(r.Pattern)))
}

// The type of an error is one of few.
func (i *instruments) failed(ctx context.Context, err error) {
	i.count.Add(ctx, 1, metric.WithAttributes(semconv.ErrorType(err)))
}

func (i *instruments) typed(w http.ResponseWriter, r *http.Request) {
	i.duration.Record(r.Context(), 1, httpconv.RequestMethodGet, "https", i.duration.AttrServerAddress(r.Host)) // want `low request: each r.Host`
	i.duration.Record(r.Context(), 1, httpconv.RequestMethodGet, "https", i.duration.AttrRoute(r.Pattern))
}

func labeled(w http.ResponseWriter, r *http.Request) {
	labeler, _ := otelhttp.LabelerFromContext(r.Context())
	labeler.Add(attribute.String("path", r.URL.Path)) // want `request: label "path" is unbounded: each r.URL.Path`
	labeler.Add(attribute.String("zone", "a"))
}

func options() (otelhttp.Option, otelgrpc.Option) {
	return otelhttp.WithMetricAttributesFn(func(r *http.Request) []attribute.KeyValue {
			return []attribute.KeyValue{attribute.String("agent", r.UserAgent())} // want `request: each r.UserAgent\(\)`
		}), otelgrpc.WithMetricAttributesFn(func(context.Context) []attribute.KeyValue {
			return []attribute.KeyValue{attribute.String("zone", "a")}
		})
}
