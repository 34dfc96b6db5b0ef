// Package tidy deletes the series of what has not been seen for a while.
package tidy

import "github.com/prometheus/client_golang/prometheus"

// Open counts what is open in a bucket.
var Open = prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "open"}, []string{"bucket"}) // want Open:"tidy"

// Close forgets a bucket.
func Close(bucket string) { Open.DeletePartialMatch(prometheus.Labels{"bucket": bucket}) }
