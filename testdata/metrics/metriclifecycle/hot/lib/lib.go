// Package lib registers collectors for others.
package lib

import (
	"sync"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
)

type Client struct{ calls prometheus.Counter }

func New() *Client { // want New:`^registers again client_calls_total$`
	return &Client{calls: promauto.NewCounter(prometheus.CounterOpts{Namespace: "client", Name: "calls_total"})} // silent "it is not seen to be another collector"
}

func NewNamed(name string) *Client { // want NewNamed:`^registers$`
	return &Client{calls: promauto.NewCounter(prometheus.CounterOpts{Name: name})}
}

func NewIn(reg prometheus.Registerer) *Client {
	return &Client{calls: promauto.With(reg).NewCounter(prometheus.CounterOpts{Name: "in_total"})}
}

var (
	once  sync.Once
	total = prometheus.NewCounter(prometheus.CounterOpts{Name: "total"})
)

func Register() { once.Do(func() { prometheus.MustRegister(total) }) }
