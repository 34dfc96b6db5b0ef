package store

import "fmt"

func Map(name string) error { return fmt.Errorf("map %s: %w", name, ErrGone) }
