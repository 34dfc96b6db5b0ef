package loops

import (
	"context"
	"sync"
	"time"
)

func perIteration(ctx context.Context, names []string) {
	for range names {
		c, cancel := context.WithTimeout(ctx, time.Second)
		work(c)
		cancel()
	}
}

func everyExitOfTurn(ctx context.Context, names []string) error {
	for _, name := range names {
		c, cancel := context.WithTimeout(ctx, time.Second)
		err := work(c)
		if err == nil {
			cancel()
			continue
		}
		if name == "" {
			cancel()
			break
		}
		cancel()
		return err
	}
	return nil
}

func retry(ctx context.Context) (err error) {
	for attempt := 0; attempt < 3; attempt++ {
		c, cancel := context.WithTimeout(ctx, time.Second)
		err = work(c)
		cancel()
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Second):
		}
	}
	return err
}

func literalPerTurn(ctx context.Context, names []string) error {
	for range names {
		err := func() error {
			c, cancel := context.WithTimeout(ctx, time.Second)
			defer cancel()
			return work(c)
		}()
		if err != nil {
			return err
		}
	}
	return nil
}

func goroutinePerTurn(ctx context.Context, names []string) {
	var wg sync.WaitGroup
	for range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			c, cancel := context.WithTimeout(ctx, time.Second)
			defer cancel()
			work(c)
		}()
	}
	wg.Wait()
}

func waitGroupGo(ctx context.Context, names []string) {
	var wg sync.WaitGroup
	for range names {
		c, cancel := context.WithTimeout(ctx, time.Second)
		wg.Go(func() {
			defer cancel()
			work(c)
		})
	}
	wg.Wait()
}

func leftInSameTurn(ctx context.Context, names []string) error {
	for _, name := range names {
		if name != "match" {
			continue
		}
		c, cancel := context.WithTimeout(ctx, time.Second)
		defer cancel()
		return work(c)
	}
	return nil
}

func leftByBreak(ctx context.Context, names []string) {
	for _, name := range names {
		if name == "match" {
			c, cancel := context.WithTimeout(ctx, time.Second)
			defer cancel()
			work(c)
			break
		}
	}
}

func leftByLabelledBreak(ctx context.Context, groups [][]string) {
search:
	for _, group := range groups {
		for _, name := range group {
			if name == "match" {
				c, cancel := context.WithTimeout(ctx, time.Second)
				defer cancel()
				work(c)
				break search
			}
		}
	}
}

func leftByEitherReturn(ctx context.Context, ticks <-chan time.Time) error {
	for {
		select {
		case <-ticks:
			c, cancel := context.WithTimeout(ctx, time.Second)
			defer cancel()
			if err := work(c); err != nil {
				return err
			}
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func leftByPanic(ctx context.Context, names []string) {
	for range names {
		if ctx.Err() == nil {
			continue
		}
		c, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		work(c)
		panic("unreachable name")
	}
}

func leftByGoto(ctx context.Context, names []string) {
	for _, name := range names {
		if name == "match" {
			c, cancel := context.WithTimeout(ctx, time.Second)
			defer cancel()
			work(c)
			goto done
		}
	}
done:
	work(ctx)
}

// A loop that never comes round.
func onlyOneTurn(ctx context.Context) error {
	for {
		c, cancel := context.WithTimeout(ctx, time.Second)
		defer cancel()
		return work(c)
	}
}

// The deferred call is for a panic; the iteration releases its own context.
func deferAndCall(ctx context.Context, names []string) {
	for range names {
		c, cancel := context.WithTimeout(ctx, time.Second)
		defer cancel()
		work(c)
		cancel()
	}
}

func renewed(ctx context.Context, reloads <-chan struct{}) {
	var cancel context.CancelFunc
	for range reloads {
		if cancel != nil {
			cancel()
		}
		var c context.Context
		c, cancel = context.WithCancel(ctx)
		go work(c)
	}
	if cancel != nil {
		cancel()
	}
}

func renewedDeferred(ctx context.Context, reloads <-chan struct{}) error {
	var cancel context.CancelFunc
	defer func() {
		if cancel != nil {
			cancel()
		}
	}()
	for {
		select {
		case <-reloads:
			if cancel != nil {
				cancel()
			}
			var c context.Context
			c, cancel = context.WithCancel(ctx)
			if err := work(c); err != nil {
				return err
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func renewedNoop(ctx context.Context, reloads <-chan struct{}) {
	cancel := func() {}
	defer func() { cancel() }()
	for range reloads {
		cancel()
		var c context.Context
		c, cancel = context.WithCancel(ctx)
		work(c)
	}
}

func renewedAtEnd(ctx context.Context, reloads <-chan struct{}) {
	c, cancel := context.WithCancel(ctx)
	for range reloads {
		work(c)
		cancel()
		c, cancel = context.WithCancel(ctx)
	}
	cancel()
}

func retryByGoto(ctx context.Context, n int) error {
	var cancel context.CancelFunc
retry:
	if cancel != nil {
		cancel()
	}
	c, cancel2 := context.WithTimeout(ctx, time.Second)
	cancel = cancel2
	if err := work(c); err != nil && n > 0 {
		n--
		goto retry
	}
	cancel()
	return nil
}

func retryByGotoDeferred(ctx context.Context) error {
	var c context.Context
	var cancel context.CancelFunc
	defer func() {
		if cancel != nil {
			cancel()
		}
	}()
retry:
	if cancel != nil {
		cancel()
	}
	c, cancel = context.WithCancel(ctx)
	if work(c) != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		goto retry
	}
	return nil
}

func collected(ctx context.Context, names []string) {
	var cancels []context.CancelFunc
	for range names {
		c, cancel := context.WithCancel(ctx)
		cancels = append(cancels, cancel)
		go work(c)
	}
	for _, cancel := range cancels {
		cancel()
	}
}

func collectedDeferred(ctx context.Context, names []string) {
	cancels := make(map[string]context.CancelFunc)
	defer func() {
		for _, cancel := range cancels {
			cancel()
		}
	}()
	for _, name := range names {
		c, cancel := context.WithCancel(ctx)
		cancels[name] = cancel
		work(c)
	}
}

// Made once, called in the loop's exits.
func madeOutside(ctx context.Context, jobs <-chan int) error {
	ctx, cancel := context.WithCancel(ctx)
	for {
		select {
		case _, ok := <-jobs:
			if !ok {
				cancel()
				return nil
			}
		case <-ctx.Done():
			cancel()
			return ctx.Err()
		}
	}
}

func cancelOnSignal(ctx context.Context, jobs, stop <-chan int) {
	ctx, cancel := context.WithCancel(ctx)
	for ctx.Err() == nil {
		select {
		case <-jobs:
			work(ctx)
		case <-stop:
			cancel()
		}
	}
	cancel()
}

// Bounded by the parent that is cancelled on return.
func boundedTurns(ctx context.Context, names []string) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	for range names {
		c, stop := context.WithTimeout(ctx, time.Second)
		if work(c) != nil {
			continue
		}
		stop()
	}
}

func sentPerTurn(ctx context.Context, out chan<- context.CancelFunc) {
	for range 3 {
		_, cancel := context.WithCancel(ctx)
		out <- cancel
	}
}

type task struct{ cancel context.CancelFunc }

func storedPerTurn(ctx context.Context, tasks []*task) {
	for _, t := range tasks {
		_, t.cancel = context.WithCancel(ctx)
	}
	for _, t := range tasks {
		t.cancel()
	}
}

// The loop stands in the deferred function, which runs once.
func loopInDeferred(ctx context.Context, names []string) {
	ctx, cancel := context.WithCancel(ctx)
	defer func() {
		for range names {
			work(ctx)
		}
		cancel()
	}()
}

func hedge(ctx context.Context, backends []func(context.Context) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	errs := make(chan error, len(backends))
	for _, backend := range backends {
		c, stop := context.WithTimeout(ctx, time.Second)
		go func() {
			defer stop()
			errs <- backend(c)
		}()
	}
	return <-errs
}

// A few contexts do not pile up.
func deferFewTimes(ctx context.Context) {
	for i := 0; i < 3; i++ {
		c, cancel := context.WithTimeout(ctx, time.Second)
		defer cancel()
		work(c)
	}
	for range 4 {
		c, cancel := context.WithTimeout(ctx, time.Second)
		defer cancel()
		work(c)
	}
}

// A state that is left for good is there once.
func deferInFirstState(ctx context.Context) error {
	const (
		dialing = iota
		talking
		closing
	)
	state := dialing
	for {
		switch state {
		case dialing:
			c, cancel := context.WithTimeout(ctx, time.Second)
			defer cancel()
			state = talking
			if work(c) != nil {
				state = closing
			}
		case talking:
			if work(ctx) != nil {
				state = closing
			}
		case closing:
			return errBusy
		}
	}
}

func deferOnce(ctx context.Context, jobs <-chan int) {
	started := false
	for range jobs {
		if !started {
			started = true
			c, cancel := context.WithCancel(ctx)
			defer cancel()
			go work(c)
		}
	}
}
