//go:build unix

package store

import "fmt"

func Open(name string) error { return fmt.Errorf("open %s: %w", name, ErrGone) }
