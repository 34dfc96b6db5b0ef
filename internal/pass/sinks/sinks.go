// Package sinks says where a package sets labels of metrics. Which of them has too many
// values only the running program knows: a driver that is told puts the two together.
package sinks

import "go/token"

// A Sink is a place that sets labels of a metric.
type Sink struct {
	Metric string   // its name, with "*" for parts that are not constant
	Labels []string // that are set there, or all that the metric has
	Pos    token.Pos
}

// A Teller is the result of an analyzer that knows where labels are set.
type Teller interface{ Sinks() []Sink }
