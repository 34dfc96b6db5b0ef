// Package store returns errors, most of them in others.
package store

import (
	"errors"
	"fmt"
	"io"
)

var (
	ErrGone = errors.New("gone")
	ErrBusy = errors.New("busy")
	ErrFull = errors.New("full")
)

type Store map[string]string

func (s Store) Get(key string) (string, error) {
	v, ok := s[key]
	if !ok {
		return "", fmt.Errorf("get %s: %w", key, ErrGone)
	}
	return v, nil
}

func (s Store) Put(key, value string) (err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("put: %w", err)
		}
	}()
	if len(s) > 100 {
		return errors.Join(ErrFull, errors.New(key))
	}
	s[key] = value
	return
}

func (s Store) Copy(from, to string) error {
	v, err := s.Get(from)
	if err != nil {
		return err
	}
	return s.Put(to, v)
}

// Find returns one of the two as it is.
func (s Store) Find(key string) error {
	if len(s) == 0 {
		return ErrBusy
	}
	_, err := s.Get(key)
	return err
}

func Read(r io.Reader) ([]byte, error) {
	b, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("read: %w", err)
	}
	return b, nil
}

// Plain has no other error in its own.
func Plain(key string) error { return fmt.Errorf("no %s", key) }

// Fill gets its error from elsewhere.
func Fill(fill func() error) error {
	if err := fill(); err != nil {
		return err
	}
	return fmt.Errorf("fill: %w", ErrFull)
}

// Point lets others change its error.
func Point(set func(*error)) error {
	err := fmt.Errorf("point: %w", ErrFull)
	set(&err)
	return err
}

// Wrap is another name.
var Wrap = errors.Join

// Replaced may be something else.
var Replaced = errors.Join

func Replace(f func(...error) error) { Replaced = f }

func Load(r io.Reader) error {
	if _, err := r.Read(nil); err != nil {
		return Wrap(err)
	}
	return nil
}

func LoadReplaced(r io.Reader) error {
	if _, err := r.Read(nil); err != nil {
		return Replaced(err)
	}
	return nil
}
