package sinks

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/labstack/echo-contrib/echoprometheus"
	"github.com/labstack/echo/v4"
	"go.opencensus.io/plugin/ochttp"
	"go.opencensus.io/stats/view"
	"go.opencensus.io/tag"
	"go.opentelemetry.io/contrib/instrumentation/github.com/gin-gonic/gin/otelgin"
	"go.opentelemetry.io/contrib/instrumentation/google.golang.org/grpc/otelgrpc"
	"go.opentelemetry.io/otel/attribute"
	"google.golang.org/grpc/metadata"
)

func ginOptions() []otelgin.Option {
	return []otelgin.Option{
		otelgin.WithMetricAttributeFn(func(r *http.Request) []attribute.KeyValue {
			return []attribute.KeyValue{attribute.String("path", r.URL.Path)} // want `request: label "path" is unbounded: each r.URL.Path`
		}),
		otelgin.WithGinMetricAttributeFn(func(c *gin.Context) []attribute.KeyValue {
			return []attribute.KeyValue{attribute.String("item", c.Param("item"))} // want `low request: label "item" is unbounded: each c.Param\("item"\)`
		}),
		otelgin.WithGinMetricAttributeFn(func(c *gin.Context) []attribute.KeyValue {
			return []attribute.KeyValue{attribute.String("route", c.FullPath())}
		}),
	}
}

func grpcOptions() []otelgrpc.Option {
	return []otelgrpc.Option{
		otelgrpc.WithMetricAttributesFn(func(ctx context.Context) []attribute.KeyValue {
			return []attribute.KeyValue{attribute.String("client", clientOf(ctx))} // want `low request: label "client" is unbounded: each metadata.ValueFromIncomingContext\(ctx, "client"\)`
		}),
		otelgrpc.WithMetricAttributes(attribute.String("zone", "a")),
	}
}

func clientOf(ctx context.Context) string {
	for _, name := range metadata.ValueFromIncomingContext(ctx, "client") {
		return name
	}
	return ""
}

func echoDefaults(e *echo.Echo) {
	e.Use(echoprometheus.NewMiddleware("app"))                                                       // want `request: label "url" is unbounded unless DoNotUseRequestPathFor404 is set: each unrouted path is a time series kept until restart; use NewMiddlewareWithConfig and set it`
	e.Use(echoprometheus.NewMiddlewareWithConfig(echoprometheus.MiddlewareConfig{Subsystem: "app"})) // want `request: unless DoNotUseRequestPathFor404 is set`
	if m, err := (echoprometheus.MiddlewareConfig{Subsystem: "app"}).ToMiddleware(); err == nil {    // want `request: unless DoNotUseRequestPathFor404 is set`
		e.Use(m)
	}
}

func echoTight(e *echo.Echo, config echoprometheus.MiddlewareConfig) {
	e.Use(echoprometheus.NewMiddlewareWithConfig(echoprometheus.MiddlewareConfig{DoNotUseRequestPathFor404: true})) // silent "the configuration of the middleware"
	e.Use(echoprometheus.NewMiddlewareWithConfig(echoprometheus.MiddlewareConfig{
		LabelFuncs: map[string]echoprometheus.LabelValueFunc{
			"url": func(c echo.Context, err error) string { return c.Path() },
		},
	}))
	e.Use(echoprometheus.NewMiddlewareWithConfig(config))
}

var byPath = &view.View{
	Name:    "requests",
	TagKeys: []tag.Key{ochttp.Method, ochttp.Path}, // want `request: the tag ochttp.Path is unbounded: each URL path`
}

var byRoute = &view.View{
	Name:    "requests",
	TagKeys: []tag.Key{ochttp.Method, ochttp.KeyServerRoute},
}

func hostView() *view.View {
	return &view.View{Name: "requests", TagKeys: []tag.Key{ochttp.Host}} // want `request: the tag ochttp.Host is unbounded: each host of a request`
}
