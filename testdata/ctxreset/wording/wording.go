// Package wording has findings whose messages name what has no name of its own.
package wording

import (
	"context"
	"net/http"
	"time"

	"ctxlint.test/fixtures/ctxreset/store"
)

var db *store.DB

func remove(id string) error { return db.Check(context.TODO(), id) }

// A literal in a package variable.

var onOrder = func(ctx context.Context, id string) error {
	return remove(id) // want `low chain: ^onOrder → remove\(\): `
}

type command struct {
	name string
	run  func(ctx context.Context, id string) error
}

var command1, command2 = command{"show", nil}, &command{
	name: "remove",
	run: func(ctx context.Context, id string) error {
		return nested(func() error { return removeTwice(id) }) // want `low chain: ^command1 → removeTwice\(\): .* and 1 other call off from ctx; give it a ctx parameter$`
	},
}

func nested(f func() error) error { return f() }

func removeTwice(id string) error {
	c := context.TODO()
	if _, err := db.Load(c, id); err != nil {
		return err
	}
	return db.Check(c, id)
}

// A literal in init belongs to init.
func init() {
	handle = func(ctx context.Context, id string) error {
		return removeThrice(id) // want `low chain: ^init\(\) → removeThrice\(\): `
	}
}

var handle func(ctx context.Context, id string) error

func removeThrice(id string) error { return db.Check(context.TODO(), id) }

// What gets the context is a value.

type fetcher struct {
	fetch func(context.Context, string) error
}

func (f *fetcher) get(ctx context.Context, id string) error {
	return f.fetch(context.TODO(), id) // want `direct: cuts f\.fetch off from ctx; pass ctx$`
}

func apply(ctx context.Context, work func(context.Context) error) error {
	return work(context.TODO()) // want `medium direct: cuts work off from ctx; pass ctx$`
}

func onTheSpot(ctx context.Context, c chan int) int {
	return func(ctx context.Context) int {
		select {
		case n := <-c:
			return n
		case <-ctx.Done():
			return 0
		}
	}(context.TODO()) // want `direct: cuts a function literal off`
}

// Its end is waited for.
func pause(ctx context.Context) {
	short, cancel := context.WithTimeout(context.TODO(), time.Second) // want `direct: keeps the wait for short\.Done\(\) from ending with ctx; derive the timeout from it$`
	defer cancel()
	<-short.Done()
}

func receive(ctx context.Context, c <-chan int) int {
	short, cancel := context.WithTimeout(context.TODO(), time.Second) // want `direct: keeps the wait for short\.Done\(\) from ending with ctx`
	defer cancel()
	select {
	case n := <-c:
		return n
	case <-short.Done():
		return 0
	}
}

// A helper with a timeout of its own.

func removeSoon(id string) error {
	c, cancel := context.WithTimeout(context.TODO(), time.Second)
	defer cancel()
	return db.Check(c, id)
}

func direct(ctx context.Context, id string) error {
	return removeSoon(id) // want `low chain: ; give it a ctx parameter to derive the timeout from$`
}

// The names between the first and the last are related information.

func step3(id string) error { return db.Check(context.TODO(), id) }
func step2(id string) error { return step3(id) }
func step1(id string) error { return step2(id) }
func step0(id string) error { return step1(id) }

func walk(ctx context.Context, id string) error {
	return step0(id) // want `medium chain: ^walk\(\) → step0\(\) → … → step3\(\): .*; give each a ctx parameter$`
}

// Only the context of a request is known to have values and an end.

func serve(w http.ResponseWriter, r *http.Request) {
	db.Check(context.TODO(), r.URL.Path) // want `handler: , so the request's end and values are lost; pass r\.Context\(\)$`
}

func plain(ctx context.Context, id string) error {
	return db.Check(context.TODO(), id) // want `direct: cuts \(\*store\.DB\)\.Check off from ctx; pass ctx$`
}
