package travel

import (
	"context"
	"errors"
	"log"
	"sync"

	"golang.org/x/sync/errgroup"
)

// Workers that leave when they have failed, and a feeder that does not know.

func feedsItself(all []string, work func(string) error) {
	jobs := make(chan string)
	for range 4 {
		go func() {
			for job := range jobs {
				if err := work(job); err != nil {
					log.Print(err)
					return
				}
			}
		}()
	}
	for _, job := range all {
		jobs <- job // want `blocked-send: this send blocks forever when all goroutines that receive have failed and left; select on a context too, or let them receive the rest`
	}
	close(jobs)
}

func feedsInGoroutine(ctx context.Context, all []string, work func(context.Context, string) error) error {
	jobs := make(chan string, 2)
	go func() {
		defer close(jobs)
		for _, job := range all {
			jobs <- job // want `blocked-send: when all goroutines that receive have failed and left; select on ctx\.Done\(\) too`
		}
	}()
	g, ctx := errgroup.WithContext(ctx)
	for range 4 {
		g.Go(func() error { return consumeAll(ctx, jobs, work) })
	}
	return g.Wait()
}

func consumeAll(ctx context.Context, jobs <-chan string, work func(context.Context, string) error) error {
	for job := range jobs {
		if err := work(ctx, job); err != nil {
			return err
		}
	}
	return nil
}

func breaks(all []string, work func(string) error) {
	jobs := make(chan string)
	var wg sync.WaitGroup
	wg.Go(func() {
		for job := range jobs {
			if err := work(job); err != nil {
				break
			}
		}
	})
	for _, job := range all {
		jobs <- job // want "blocked-send: when all goroutines that receive have failed and left"
	}
	close(jobs)
	wg.Wait()
}

func muchRoomToFeed(all []string, work func(string) error) {
	jobs := make(chan string, 128)
	go func() {
		for job := range jobs {
			if err := work(job); err != nil {
				return
			}
		}
	}()
	for _, job := range all {
		jobs <- job // want "low blocked-send: when all goroutines that receive have failed and left"
	}
	close(jobs)
}

// Silent.

func goesOn(all []string, work func(string) error) {
	jobs := make(chan string)
	go func() {
		for job := range jobs {
			if err := work(job); err != nil {
				log.Print(err)
				continue
			}
			log.Print("done")
		}
	}()
	for _, job := range all {
		jobs <- job
	}
	close(jobs)
}

func receivesTheRest(all []string, work func(string) error) {
	jobs := make(chan string)
	go func() {
		for job := range jobs {
			if err := work(job); err != nil {
				for range jobs {
				}
				return
			}
		}
	}()
	for _, job := range all {
		jobs <- job
	}
	close(jobs)
}

func anotherReceives(all []string, work func(string) error) {
	jobs := make(chan string)
	go func() {
		for job := range jobs {
			if err := work(job); err != nil {
				return
			}
		}
	}()
	go func() {
		for job := range jobs {
			log.Print(job)
		}
	}()
	for _, job := range all {
		jobs <- job
	}
	close(jobs)
}

func endsProcess(all []string, work func(string) error) {
	jobs := make(chan string)
	go func() {
		for job := range jobs {
			if err := work(job); err != nil {
				log.Fatal(err)
			}
		}
	}()
	for _, job := range all {
		jobs <- job
	}
	close(jobs)
}

// A value says that it is the last.
func lastValue(all []string, work func(string)) {
	jobs := make(chan string)
	go func() {
		for job := range jobs {
			if job == "" {
				return
			}
			work(job)
		}
	}()
	for _, job := range all {
		jobs <- job
	}
	jobs <- ""
}

func feederListens(ctx context.Context, all []string, work func(string) error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	jobs := make(chan string)
	go func() {
		defer cancel()
		for job := range jobs {
			if err := work(job); err != nil {
				return
			}
		}
	}()
	for _, job := range all {
		select {
		case jobs <- job:
		case <-ctx.Done():
			return
		}
	}
	close(jobs)
}

// There are as many goroutines as values.
func oneEach(work func(int) error) {
	jobs := make(chan int)
	for range 3 {
		go func() {
			if err := work(<-jobs); err != nil {
				log.Print(err)
			}
		}()
	}
	for i := range 3 {
		jobs <- i
	}
}

func roomForAll(work func(int) error) error {
	jobs := make(chan int, 3)
	var failed error
	var wg sync.WaitGroup
	wg.Go(func() {
		for job := range jobs {
			if err := work(job); err != nil {
				failed = errors.Join(failed, err)
				return
			}
		}
	})
	for i := range 3 {
		jobs <- i
	}
	close(jobs)
	wg.Wait()
	return failed
}
