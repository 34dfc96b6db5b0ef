//go:build !unix

package store

func Open(string) error { return ErrGone }
