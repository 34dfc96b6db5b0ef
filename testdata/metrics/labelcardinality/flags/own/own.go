// Package own has functions of which only flags tell what they do.
package own

import "strings"

// A Client sends measurements elsewhere.
type Client struct{ out chan<- [2]string }

// Count counts one of value.
func (c *Client) Count(name, value string) { c.out <- [2]string{name, value} }

// A Model has a name that its user chose.
type Model interface{ Name() string }

// Route returns one of few.
func Route(path string) string { return strings.ToUpper(path) }
