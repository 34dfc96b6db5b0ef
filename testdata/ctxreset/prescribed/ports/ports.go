// Package ports has an interface that several packages implement.
package ports

// States keeps states by name.
type States interface {
	Load(name string) error
}
