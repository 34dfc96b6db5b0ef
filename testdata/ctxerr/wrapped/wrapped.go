// Package wrapped compares errors with those that are returned only in others.
package wrapped

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"

	"ctxlint.test/fixtures/ctxerr/wrapped/store"
)

func gone(s store.Store) bool {
	_, err := s.Get("x")
	return err == store.ErrGone // want `compare: Store.Get returns store.ErrGone only inside of another error, which never equals it; ask errors.Is\(err, store.ErrGone\)`
}

func notGone(s store.Store) error {
	if _, err := s.Get("x"); err != nil && err != store.ErrGone { // want `compare: ask !errors.Is\(err, store.ErrGone\)`
		return err
	}
	return nil
}

func copied(s store.Store) string {
	switch err := s.Copy("a", "b"); err { // want `compare: Store.Copy returns store.ErrGone only inside`
	case nil:
		return "copied"
	case store.ErrGone:
		return "gone"
	}
	return "failed"
}

func read(r io.Reader) error {
	b, err := store.Read(r)
	if err == io.EOF { // want `low compare: store.Read returns each error inside of another one, which never equals io.EOF`
		return nil
	}
	fmt.Println(len(b))
	return err
}

func stopped(r io.Reader) bool {
	_, err := store.Read(r)
	return err == context.Canceled // want `low compare: store.Read returns each error inside of another one, which never equals context.Canceled`
}

var errOdd = errors.New("odd")

func even(n int) error {
	if n%2 == 0 {
		return nil
	}
	return fmt.Errorf("%d: %w", n, errOdd)
}

type check struct{ err error }

func checked(n int) *check { return &check{even(n)} }

func odd(n int) bool { return even(n) == errOdd } // want `compare: even returns errOdd only inside of another error`

func oddChecked(c *check) bool { return c.err == errOdd } // want `compare: even returns errOdd only inside`

func missing(name string) bool {
	_, err := os.Stat(name)
	return err == os.ErrNotExist // want `compare: os.Stat returns os.ErrNotExist only inside`
}

func tooLong(s string) bool {
	_, err := strconv.Atoi(s)
	return err == strconv.ErrRange // want `compare: strconv.Atoi returns strconv.ErrRange only inside`
}

func eitherWay(s store.Store, fast bool) bool {
	err := s.Put("a", "b")
	if fast {
		_, err = s.Get("a")
	}
	return err == store.ErrGone // want `compare: Store.Get returns store.ErrGone only inside`
}

func loaded(r io.Reader) bool {
	return store.Load(r) == io.EOF // want `low compare: store.Load returns each error inside of another one`
}

func wrappedByName(r io.Reader) error {
	if _, err := r.Read(nil); err != nil {
		return store.Wrap(err, errOdd)
	}
	return nil
}

func byName(r io.Reader) bool { return wrappedByName(r) == io.EOF } // want `low compare: wrappedByName returns each error inside`

// From here on, nothing is wrong.

// On another system, the error may be bare.
func opened(name string) bool { return store.Open(name) == store.ErrGone }

func mapped(name string) bool { return store.Map(name) == store.ErrGone }

func loadedReplaced(r io.Reader) bool { return store.LoadReplaced(r) == io.EOF }

func busy(s store.Store) bool { return s.Find("x") == store.ErrBusy }

func filled() bool { return store.Fill(func() error { return store.ErrFull }) == store.ErrFull }

func pointed() bool { return store.Point(func(e *error) { *e = store.ErrFull }) == store.ErrFull }

func plain() bool { return store.Plain("x") == store.ErrGone }

func oneOfTwo(s store.Store, err error) bool {
	if err == nil {
		_, err = s.Get("x")
	}
	return err == store.ErrGone
}

var errLast error

func last(s store.Store) bool {
	_, err := s.Get("x")
	same := err == errLast
	errLast = err
	return same
}

var errOther = store.ErrBusy

// It is not expected there, and has another name.
func otherName(s store.Store) bool {
	_, err := s.Get("x")
	return err == errOther
}

func asked(s store.Store) bool {
	_, err := s.Get("x")
	return errors.Is(err, store.ErrGone)
}

func isNil(s store.Store) bool {
	_, err := s.Get("x")
	return err == nil
}

type getter interface{ Get(string) (string, error) }

func behindInterface(g getter) bool {
	_, err := g.Get("x")
	return err == store.ErrGone
}
