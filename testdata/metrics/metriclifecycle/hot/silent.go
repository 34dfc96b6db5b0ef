package hot

import (
	"net/http"
	"sync"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"go.opentelemetry.io/otel/metric"

	"ctxlint.test/metrics/metriclifecycle/hot/lib"
)

// A registry of one's own holds what one request needs.
func Probe(w http.ResponseWriter, r *http.Request) {
	reg := prometheus.NewRegistry()
	up := prometheus.NewGauge(prometheus.GaugeOpts{Name: "up"})
	reg.MustRegister(up) // silent "the registry is new, given by the caller,"
	promauto.With(reg).NewGauge(prometheus.GaugeOpts{Name: "probe_seconds"}).Set(1)
	probe(reg)
	lib.NewIn(reg)
	promhttp.HandlerFor(reg, promhttp.HandlerOpts{}).ServeHTTP(w, r)
}

func probe(reg prometheus.Registerer) {
	reg.MustRegister(prometheus.NewGauge(prometheus.GaugeOpts{Name: "probed"}))
}

// A nil registry registers nothing.
func Detached(w http.ResponseWriter, r *http.Request) {
	promauto.With(nil).NewGauge(prometheus.GaugeOpts{Name: "detached"}).Set(1)
}

var (
	once    sync.Once
	started bool
	mu      sync.Mutex
	known   = make(map[string]prometheus.Gauge)
)

// The first request registers.
func Lazy(w http.ResponseWriter, r *http.Request) {
	once.Do(func() {
		promauto.NewGauge(prometheus.GaugeOpts{Name: "lazy"})
	})
	if !started {
		started = true
		promauto.NewGauge(prometheus.GaugeOpts{Name: "lazy2"}) // silent "something that outlives the call decides"
	}
	lib.Register()
	gauge(r.Host).Set(1)
}

func gauge(name string) prometheus.Gauge {
	mu.Lock()
	defer mu.Unlock()
	g, ok := known[name]
	if !ok {
		g = promauto.NewGauge(prometheus.GaugeOpts{Name: name})
		known[name] = g
	}
	return g
}

type lazy struct {
	c prometheus.Counter
	m metric.Int64Counter
}

func (l *lazy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if l.c == nil {
		l.c = promauto.NewCounter(prometheus.CounterOpts{Name: "lazy3"})
	}
	l.c.Inc()
}

// What was registered before is taken.
func Taken(w http.ResponseWriter, r *http.Request) {
	c := prometheus.NewCounter(prometheus.CounterOpts{Name: "taken_total"})
	if err := prometheus.Register(c); err != nil {
		if already, ok := err.(prometheus.AlreadyRegisteredError); ok {
			c = already.ExistingCollector.(prometheus.Counter)
		}
	}
	c.Inc()
}

// Taken out again.
func During(w http.ResponseWriter, r *http.Request) {
	c := prometheus.NewCounter(prometheus.CounterOpts{Name: "during_total"})
	prometheus.MustRegister(c) // silent "the function also unregisters something,"
	defer prometheus.Unregister(c)
}

// A constructor is called as often as its caller likes.
func New() *lazy {
	return &lazy{c: promauto.NewCounter(prometheus.CounterOpts{Name: "new_total"})}
}

// Each turn registers another collector.
func Loops(names []string, all []prometheus.Collector, reg prometheus.Registerer) {
	for _, name := range names {
		prometheus.MustRegister(prometheus.NewGauge(prometheus.GaugeOpts{Name: name}))
		prometheus.MustRegister(prometheus.NewGauge(prometheus.GaugeOpts{Name: "same", ConstLabels: prometheus.Labels{"name": name}}))
		promauto.With(prometheus.WrapRegistererWith(prometheus.Labels{"name": name}, reg)).NewGauge(prometheus.GaugeOpts{Name: "wrapped"})
		own := prometheus.NewRegistry()
		own.MustRegister(prometheus.NewGauge(prometheus.GaugeOpts{Name: "own"}))
	}
	for _, c := range all {
		prometheus.MustRegister(c) // silent "what is registered is not seen to be"
	}
	for _, name := range names {
		current = prometheus.NewGauge(prometheus.GaugeOpts{Name: name})
		prometheus.MustRegister(current)
	}
	for i, name := range names {
		if i == 0 {
			prometheus.MustRegister(prometheus.NewGauge(prometheus.GaugeOpts{Name: "first"}))
		}
		if name == "it" {
			prometheus.MustRegister(prometheus.NewGauge(prometheus.GaugeOpts{Name: "found"}))
			break
		}
	}
	for {
		prometheus.MustRegister(prometheus.NewGauge(prometheus.GaugeOpts{Name: "once"}))
		return
	}
}

var current prometheus.Gauge

// A registry that each call makes, wherever it is kept meanwhile.

type exporter struct{ reg prometheus.Registerer }

func newExporter() *exporter { return &exporter{reg: prometheus.NewRegistry()} }

func (e *exporter) Scrape(w http.ResponseWriter, r *http.Request) {
	fresh := &exporter{reg: prometheus.NewRegistry()}
	promauto.With(fresh.reg).NewGauge(prometheus.GaugeOpts{Name: "scraped"}).Set(1)
	other := newExporter()
	other.reg.MustRegister(prometheus.NewGauge(prometheus.GaugeOpts{Name: "other"}))
	func() {
		fresh.reg.MustRegister(prometheus.NewGauge(prometheus.GaugeOpts{Name: "inside"}))
	}()
}

var scratch prometheus.Registerer

func Scratch(w http.ResponseWriter, r *http.Request) {
	scratch = prometheus.NewRegistry()
	scratch.MustRegister(prometheus.NewGauge(prometheus.GaugeOpts{Name: "scratch"}))
}
