package names

import (
	"context"
	"os"
	"strings"

	"github.com/prometheus/client_golang/prometheus"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
)

// What a label is called tells what it is for, where nothing is known of the value.

var (
	logins   = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "logins_total"}, []string{"plan", "user_id"})
	mails    = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "mails_total"}, []string{"email"})
	visits   = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "visits_total"}, []string{"session"})
	calls    = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "calls_total"}, []string{"requestID"})
	accounts = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "accounts_total"}, []string{"tenant_id"})
	plans    = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "plans_total"}, []string{"plan"})
	presses  = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "presses_total"}, []string{"possession"})
)

type directory interface {
	Owner(ctx context.Context) string
	Plan(ctx context.Context) string
}

type key struct{}

func fromOthers(ctx context.Context, d directory) {
	logins.WithLabelValues(d.Plan(ctx), d.Owner(ctx)).Inc() // want `low strict: label "user_id" of logins_total is unbounded: each d.Owner\(ctx\) is a time series`
	plans.WithLabelValues(d.Owner(ctx)).Inc()
	presses.WithLabelValues(d.Owner(ctx)).Inc()
	accounts.WithLabelValues(d.Owner(ctx)).Inc()
}

func fromContext(ctx context.Context) {
	if who, ok := ctx.Value(key{}).(string); ok {
		mails.WithLabelValues(strings.ToLower(who)).Inc() // want `low strict: label "email" of mails_total is unbounded: each ctx.Value\(key{}\)`
	}
}

func fromChannel(c <-chan string) {
	for who := range c {
		visits.With(prometheus.Labels{"session": who}).Inc() // want `low strict: label "session" of visits_total`
	}
}

func fromChannels(ctx context.Context, c, d <-chan string) {
	who := ""
	select {
	case who = <-c:
	case <-ctx.Done():
		who = <-d
	}
	visits.WithLabelValues(who).Inc() // want `low strict: label "session" of visits_total`
}

func fromElsewhere(ctx context.Context, n metric.Int64Counter, d directory) {
	n.Add(ctx, 1, metric.WithAttributes(attribute.String("trace.id", d.Owner(ctx)), attribute.String("plan", d.Plan(ctx)))) // want `low strict: label "trace.id" is unbounded: each d.Owner\(ctx\)`
}

// A helper whose callers are in view is judged by what they pass.

func visited(who string) {
	visits.WithLabelValues(who).Inc()
}

func visitors(ctx context.Context, d directory) {
	visited("anonymous")
	visited(d.Owner(ctx)) // want `low strict: label "session" of visits_total is unbounded: each d.Owner\(ctx\)`
}

// One that nobody in view calls is not.
func hooks() []func(string) {
	return []func(string){
		func(who string) {
			visits.WithLabelValues(who).Inc() // want `low strict: label "session" of visits_total is unbounded: each who`
		},
	}
}

// Values that are bounded, or the same for the life of the process.

var kinds = map[string]bool{"web": true, "app": true}

func bounded(ctx context.Context, d directory, ok bool) {
	calls.WithLabelValues("none").Inc()
	calls.WithLabelValues(os.Getenv("REQUEST")).Inc()
	who := d.Owner(ctx)
	if !kinds[who] {
		who = "other"
	}
	visits.WithLabelValues(who).Inc()
	if owner := d.Owner(ctx); owner == "admin" || owner == "guest" {
		mails.WithLabelValues(owner).Inc()
	}
	logins.WithLabelValues(d.Plan(ctx), known(ok)).Inc()
}

func known(ok bool) string {
	if ok {
		return "known"
	}
	return "unknown"
}

// A series for each that there is, or one for the process.
func described(desc *prometheus.Desc, d directory, out chan<- prometheus.Metric) *prometheus.Desc {
	out <- prometheus.MustNewConstMetric(desc, prometheus.GaugeValue, 1, d.Owner(context.Background()))
	return prometheus.NewDesc("up", "", nil, prometheus.Labels{"session": d.Owner(context.Background())})
}
