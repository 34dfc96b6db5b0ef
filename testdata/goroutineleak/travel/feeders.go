package travel

import (
	"context"
	"io/fs"
	"path/filepath"
	"sync"

	"golang.org/x/sync/errgroup"
)

// What feeds is called by the function, or by what the function calls.

func walksInto(root string, work func(string) error) error {
	names := make(chan string)
	var g errgroup.Group
	for range 4 {
		g.Go(func() error {
			for name := range names {
				if err := work(name); err != nil {
					return err
				}
			}
			return nil
		})
	}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		names <- path // want "blocked-send: this send blocks forever when all goroutines that receive have failed and left"
		return nil
	})
	close(names)
	if err != nil {
		return err
	}
	return g.Wait()
}

func feedAll(names chan<- string, all []string) {
	defer close(names)
	for _, name := range all {
		names <- name // want "blocked-send: this send blocks forever when all goroutines that receive have failed and left"
	}
}

func helperFeeds(all []string, work func(string) error) {
	names := make(chan string)
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		for name := range names {
			if work(name) != nil {
				return
			}
		}
	}()
	feedAll(names, all)
	wg.Wait()
}

// From here on, nothing blocks.

func walksWithCare(ctx context.Context, root string, work func(string) error) error {
	names := make(chan string)
	g, ctx := errgroup.WithContext(ctx)
	for range 4 {
		g.Go(func() error {
			for name := range names {
				if err := work(name); err != nil {
					return err
				}
			}
			return nil
		})
	}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		select {
		case names <- path:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	})
	close(names)
	if err != nil {
		return err
	}
	return g.Wait()
}

func feedOnce(once *sync.Once, names chan<- string) {
	once.Do(func() { names <- "first" })
	close(names)
}

func onceFed(once *sync.Once, work func(string) error) {
	names := make(chan string)
	go func() {
		for name := range names {
			if work(name) != nil {
				return
			}
		}
	}()
	feedOnce(once, names)
}

func feedTheRest(names chan<- string, all []string) {
	defer close(names)
	for _, name := range all {
		names <- name
	}
}

func drained(all []string, work func(string) error) {
	names := make(chan string)
	go func() {
		for name := range names {
			if work(name) != nil {
				break
			}
		}
		for range names {
		}
	}()
	feedTheRest(names, all)
}
