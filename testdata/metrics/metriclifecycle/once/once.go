// Command once registers what it makes at its start.
package main

import (
	"log"

	"github.com/prometheus/client_golang/prometheus"
)

func main() {
	requests := newRequests()
	requests.Inc()
	for range 2 {
		newErrors().Inc()
	}
}

func newRequests() prometheus.Counter {
	requests := prometheus.NewCounter(prometheus.CounterOpts{Name: "requests_total"})
	if err := prometheus.Register(requests); err != nil {
		log.Print(err)
	}
	return requests
}

func newErrors() prometheus.Counter {
	errs := prometheus.NewCounter(prometheus.CounterOpts{Name: "errors_total"})
	if err := prometheus.Register(errs); err != nil { // want "lost-register: is only logged"
		log.Print(err)
	}
	return errs
}
