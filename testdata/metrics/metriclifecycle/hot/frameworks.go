package hot

import (
	"net/http"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
	kube "k8s.io/component-base/metrics"
	"k8s.io/component-base/metrics/legacyregistry"
)

func Echo(c echo.Context) error {
	promauto.NewCounter(prometheus.CounterOpts{Name: "echoed_total"}).Inc() // want `hot-register: promauto.NewCounter runs on each call of the HTTP handler Echo and panics on the second: echoed_total`
	return c.NoContent(http.StatusOK)
}

func Kube(w http.ResponseWriter, r *http.Request) {
	legacyregistry.MustRegister(kube.NewGauge(&kube.GaugeOpts{Name: "scheduled"})) // want `hot-register: MustRegister runs on each call of the HTTP handler Kube and panics on the second: scheduled`
}

func init() {
	legacyregistry.MustRegister(kube.NewGauge(&kube.GaugeOpts{Name: "started"}))
}
