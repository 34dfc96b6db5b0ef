package sinks

import (
	"expvar"
	"fmt"
	"io"
	"net/http"

	victoria "github.com/VictoriaMetrics/metrics"
	ethereum "github.com/ethereum/go-ethereum/metrics"
	rcrowley "github.com/rcrowley/go-metrics"
)

func victoriaNames(w http.ResponseWriter, r *http.Request) {
	victoria.GetOrCreateCounter(fmt.Sprintf(`requests_total{path=%q}`, r.URL.Path)).Inc() // want `request: the name of a metric is unbounded: each r.URL.Path`
	victoria.GetOrCreateCounter(fmt.Sprintf(`requests_total{code="%d"}`, 200)).Inc()
}

func victoriaSet(set *victoria.Set, w http.ResponseWriter, r *http.Request) {
	set.GetOrCreateGauge(`inflight{host="`+r.Host+`"}`, nil).Set(1) // want `low request: the name of a metric is unbounded: each r.Host`
	set.GetOrCreateGauge(`inflight{}`, nil).Set(1)
}

func victoriaWritten(out io.Writer, w http.ResponseWriter, r *http.Request) {
	victoria.WriteGaugeUint64(out, `size{path="`+r.URL.Path+`"}`, 1) // want `request: the name of a metric is unbounded: each r.URL.Path`
}

func rcrowleyNames(w http.ResponseWriter, r *http.Request) {
	rcrowley.GetOrRegisterCounter("requests."+r.URL.Path, nil).Inc(1) // want `request: the name of a metric is unbounded: each r.URL.Path`
	rcrowley.GetOrRegisterCounter("requests.all", nil).Inc(1)
}

func ethereumNames(w http.ResponseWriter, r *http.Request) {
	ethereum.GetOrRegisterCounter("requests/"+r.URL.Path, nil).Inc(1) // want `request: the name of a metric is unbounded: each r.URL.Path`
	ethereum.GetOrRegisterCounter("requests/all", nil).Inc(1)
}

var hits = expvar.NewMap("hits")

func expvarKeys(w http.ResponseWriter, r *http.Request) {
	hits.Add(r.URL.Path, 1) // want `request: the name of a metric is unbounded: each r.URL.Path`
	hits.Add("all", 1)
}
