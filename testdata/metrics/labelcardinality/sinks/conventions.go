package sinks

import (
	"context"
	"fmt"
	"net"
	"net/http"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
	older "go.opentelemetry.io/otel/semconv/v1.12.0"
	"go.opentelemetry.io/otel/semconv/v1.20.0/httpconv"
	"go.opentelemetry.io/otel/semconv/v1.20.0/netconv"
	"go.opentelemetry.io/otel/trace"
)

// Helpers of the semantic conventions copy what a client wrote: target, host, user agent.
// They are meant for spans.

func (i *instruments) copied(w http.ResponseWriter, r *http.Request) {
	attrs := httpconv.ServerRequest("api", r)
	trace.SpanFromContext(r.Context()).SetAttributes(attrs...)
	i.count.Add(r.Context(), 1, metric.WithAttributes(attrs...)) // want `request: a label is unbounded: each httpconv.ServerRequest\("api", r\) .*; give it method, route and status alone`
}

func (i *instruments) copiedBefore(w http.ResponseWriter, r *http.Request) {
	attrs := older.HTTPServerAttributesFromHTTPRequest("api", r.Pattern, r)
	attrs = append(attrs, attribute.String("zone", "a"))
	i.count.Add(r.Context(), 1, metric.WithAttributes(attrs...)) // want `request: each ….HTTPServerAttributesFromHTTPRequest`
}

func (i *instruments) headers(w http.ResponseWriter, r *http.Request) {
	i.count.Add(r.Context(), 1, metric.WithAttributes(httpconv.RequestHeader(r.Header)...)) // want `low request: each r.Header`
	i.count.Add(r.Context(), 1, metric.WithAttributes(httpconv.ResponseHeader(w.Header())...))
}

func copiedOnlyForSpan(w http.ResponseWriter, r *http.Request) {
	trace.SpanFromContext(r.Context()).SetAttributes(httpconv.ServerRequest("api", r)...)
}

// Of what the program sends, it knows the URLs.

func (i *instruments) RoundTrip(r *http.Request) (*http.Response, error) {
	i.count.Add(r.Context(), 1, metric.WithAttributes(httpconv.ClientRequest(r)...)) // want `low request: each httpconv.ClientRequest\(r\) .*; use the name of the operation`
	resp, err := http.DefaultTransport.RoundTrip(r)
	if err == nil {
		i.count.Add(r.Context(), 1, metric.WithAttributes(httpconv.ClientResponse(resp)...)) // want `value: each httpconv.ClientResponse\(resp\)`
	}
	return resp, err
}

func (i *instruments) oneEndpoint(ctx context.Context) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "https://example.com/status", nil)
	if err != nil {
		return err
	}
	i.count.Add(ctx, 1, metric.WithAttributes(httpconv.ClientRequest(r)...))
	i.count.Add(ctx, 1, metric.WithAttributes(older.HTTPClientAttributesFromHTTPRequest(r)...))
	return nil
}

func (i *instruments) endpointOf(ctx context.Context, user string) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, fmt.Sprintf("https://example.com/users/%s", user), nil)
	if err != nil {
		return err
	}
	i.count.Add(ctx, 1, metric.WithAttributes(older.HTTPClientAttributesFromHTTPRequest(r)...)) // want `low request: each ….HTTPClientAttributesFromHTTPRequest\(r\)`
	return nil
}

// A connection has a port of its own at one end.
func (i *instruments) connected(ctx context.Context, conn net.Conn, ln net.Listener) {
	i.count.Add(ctx, 1, metric.WithAttributes(netconv.Client("example.com:443", conn)...)) // want `address: each netconv.Client\("example.com:443", conn\)`
	i.count.Add(ctx, 1, metric.WithAttributes(netconv.Server("example.com:443", ln)...))
	i.count.Add(ctx, 1, metric.WithAttributes(netconv.Transport("tcp")))
}
