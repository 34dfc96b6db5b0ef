// Package failing does things with errors.
package failing

import (
	"context"
	"fmt"
	"log"
	"os"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"
)

func open() error           { return nil }
func load() (string, error) { return "", nil }
func plain()                {}

type store interface{ save() error }

type disk struct{}

func (disk) save() error { return nil }

// What fails with it.

func handed() error { return open() }

func tested(s store) (int, error) {
	if err := s.save(); err != nil {
		log.Print(err)
		return 0, fmt.Errorf("save: %w", err)
	}
	return 1, nil
}

func next(d disk) error {
	err := d.save()
	if err != nil {
		return err
	}
	_, err = tested(d)
	return err
}

func status() int {
	if err := handed(); err != nil {
		return 1
	}
	return 0
}

// What ends the process.

func exits(d disk) {
	if err := next(d); err != nil {
		log.Fatal(err)
	}
	os.Exit(status())
}

var command = &cobra.Command{RunE: func(*cobra.Command, []string) error { return wrapped() }}

// wrapped is a literal of a command only.
func wrapped() error {
	text, err := load()
	if err != nil {
		return err
	}
	log.Print(text)
	return nil
}

// last returns soon after finish has, and not so soon after waits.
func last(done chan bool, d interface{ Close() error }) error {
	if err := waits(); err != nil {
		return err
	}
	<-done
	err := finish()
	if err != nil {
		log.Print(fmt.Sprint("finish: ", err.Error()))
		d.Close()
	}
	return nil
}

func waits() error  { return nil }
func finish() error { return nil }

// Who waits for a group with a context fails with its tasks.
func grouped(ctx context.Context) error {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return task() })
	g.Go(func() error {
		if err := stage(ctx); err != nil {
			return err
		}
		return nil
	})
	return g.Wait()
}

func task() error                     { return nil }
func stage(ctx context.Context) error { return ctx.Err() }

// Without one, the others may go on.
func ungrouped() error {
	var g errgroup.Group
	g.Go(func() error { return alone() })
	return g.Wait()
}

func alone() error { return nil }

// What goes on.

func ignored() { opened() }

func opened() error { return nil }

func logged() error {
	if err := retried(); err != nil {
		log.Print(err)
	}
	return nil
}

func retried() error { return nil }

func loops() error {
	for {
		if err := again(); err != nil {
			if os.IsTimeout(err) {
				continue
			}
			return err
		}
	}
}

func again() error { return nil }

func recovered() {
	if err := panics(); err != nil {
		panic(err)
	}
}

func panics() error { return nil }

func inside(do func(func() error)) {
	do(func() error { return literal() })
	do(value)
}

func literal() error { return nil }
func value() error   { return nil }

func either() error { // who fails with it does not matter then
	defer both()
	return both()
}

func both() error { return nil }
