package sinks

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/DataDog/datadog-go/v5/statsd"
	armon "github.com/armon/go-metrics"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch/types"
	cactus "github.com/cactus/go-statsd-client/v5/statsd"
	gokit "github.com/go-kit/kit/metrics"
	hashicorp "github.com/hashicorp/go-metrics"
	"github.com/influxdata/influxdb-client-go/v2/api/write"
	"github.com/slok/go-http-metrics/middleware"
	tally "github.com/uber-go/tally/v4"
	"github.com/zeromicro/go-zero/core/metric"
	ginprometheus "github.com/zsais/go-gin-prometheus"
	"go.opencensus.io/tag"
	kube "k8s.io/component-base/metrics"

	"github.com/gin-gonic/gin"
)

func hashicorpLabels(w http.ResponseWriter, r *http.Request) {
	hashicorp.IncrCounterWithLabels([]string{"requests"}, 1, []hashicorp.Label{{Name: "path", Value: r.URL.Path}}) // want `request: label "path" is unbounded: each r.URL.Path is a time series sent and held until it expires`
	hashicorp.IncrCounterWithLabels([]string{"requests"}, 1, []hashicorp.Label{{Name: "code", Value: "200"}})
}

func armonLabels(sink *armon.Metrics, w http.ResponseWriter, r *http.Request) {
	sink.IncrCounterWithLabels([]string{"requests"}, 1, []armon.Label{{Name: "path", Value: r.URL.Path}}) // want `request: label "path" is unbounded: each r.URL.Path`
	sink.IncrCounter([]string{"requests", "all"}, 1)
}

func armonKey(w http.ResponseWriter, r *http.Request) {
	armon.IncrCounter([]string{"requests", r.URL.Path}, 1) // want `request: the name of a metric is unbounded: each r.URL.Path`
}

func gokitLabels(c gokit.Counter, w http.ResponseWriter, r *http.Request) {
	c.With("code", "200", "path", r.URL.Path).Add(1) // want `request: each r.URL.Path`
	c.With("code", "200").Add(1)
}

func tallyTags(scope tally.Scope, w http.ResponseWriter, r *http.Request) {
	scope.Tagged(map[string]string{"path": r.URL.Path}).Counter("requests").Inc(1) // want `request: label "path" is unbounded: each r.URL.Path`
	scope.Tagged(map[string]string{"code": "200"}).Counter("requests").Inc(1)
}

func tallyNames(scope tally.Scope, w http.ResponseWriter, r *http.Request) {
	scope.SubScope(r.Host).Counter("requests").Inc(1) // want `low request: the name of a metric is unbounded: each r.Host`
}

func datadogTags(client statsd.ClientInterface, w http.ResponseWriter, r *http.Request) {
	_ = client.Incr("requests", []string{"code:200", "path:" + r.URL.Path}, 1) // want `request: label "path" is unbounded: each r.URL.Path is a time series that the backend keeps and bills`
	_ = client.Incr("requests", []string{fmt.Sprintf("code:%d", 200)}, 1)
	_ = client.Event(&statsd.Event{Title: "seen", Tags: []string{"path:" + r.URL.Path}})
}

func cactusTags(client cactus.StatSender, w http.ResponseWriter, r *http.Request) {
	_ = client.Inc("requests", 1, 1, cactus.Tag{"path", r.URL.Path}) // want `request: each r.URL.Path`
	_ = client.Inc("requests", 1, 1, cactus.Tag{"code", "200"})
}

var pathKey = tag.MustNewKey("path")

func opencensusTags(w http.ResponseWriter, r *http.Request) {
	_, _ = tag.New(r.Context(), tag.Upsert(pathKey, r.URL.Path)) // want `request: each r.URL.Path`
	_, _ = tag.New(r.Context(), tag.Upsert(pathKey, "/"))
}

var kubeRequests = kube.NewCounterVec(&kube.CounterOpts{Name: "kube_requests_total"}, []string{"path"})

func kubeLabels(ctx context.Context, w http.ResponseWriter, r *http.Request) {
	kubeRequests.WithLabelValues(r.URL.Path).Inc() // want `request: label "path" of kube_requests_total is unbounded: each r.URL.Path`
	kubeRequests.With(map[string]string{"path": "/"}).Inc()
}

var zeroRequests = metric.NewCounterVec(&metric.CounterVecOpts{Name: "zero_requests_total", Labels: []string{"path"}})

func zeroLabels(w http.ResponseWriter, r *http.Request) {
	zeroRequests.Inc(r.URL.Path) // want `request: each r.URL.Path`
	zeroRequests.Inc("/")
}

func influxTags(w http.ResponseWriter, r *http.Request) {
	write.NewPoint("requests", map[string]string{"path": r.URL.Path}, nil, time.Now()) // want `request: label "path" is unbounded: each r.URL.Path`
	write.NewPoint("requests", nil, map[string]any{"path": r.URL.Path}, time.Now())
}

func influxTag(p *write.Point, w http.ResponseWriter, r *http.Request) {
	p.AddTag("path", r.URL.Path) // want `request: label "path" is unbounded: each r.URL.Path`
	p.AddTag("code", "200").AddField("path", r.URL.Path)
}

func dimensions(w http.ResponseWriter, r *http.Request) []types.Dimension {
	path, code, name := r.URL.Path, "200", "x"
	return []types.Dimension{
		{Name: &name, Value: &path}, // want `request: each r.URL.Path`
		{Name: &name, Value: &code},
	}
}

func leakyGin(e *gin.Engine) {
	ginprometheus.NewPrometheus("app").Use(e) // want `request: label "url" is unbounded unless ReqCntURLLabelMappingFn is set`
}

func tightGin(e *gin.Engine) {
	p := ginprometheus.NewPrometheus("app")
	p.ReqCntURLLabelMappingFn = func(c *gin.Context) string { return c.FullPath() }
	p.Use(e)
}

func measured(m middleware.Middleware, reporter middleware.Reporter) {
	m.Measure("", reporter, func() {}) // want `request: a handler measured without an ID has an unbounded label: each URL path`
	m.Measure("/orders", reporter, func() {})
}
