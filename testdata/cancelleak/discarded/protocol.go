package discarded

import "context"

// The variable holds an empty function while there is nothing to call. That it does when
// the next one comes is up to the senders of events.
func lead(ctx context.Context, events chan bool) {
	cancel := func() {}
	for elected := range events {
		if elected {
			var term context.Context
			term, cancel = context.WithCancel(ctx) // want "medium discarded: is overwritten before it is called"
			go work(term)
			continue
		}
		cancel()
		cancel = func() {}
	}
	cancel()
}

func leadByType(ctx context.Context, events chan bool) {
	var cancel context.CancelFunc = func() {}
	for elected := range events {
		switch {
		case elected:
			var term context.Context
			term, cancel = context.WithCancel(ctx) // want "medium discarded: is overwritten before it is called"
			go work(term)
		default:
			cancel()
			cancel = context.CancelFunc(func() {})
		}
	}
	cancel()
}

// It is only empty at first.
func follow(ctx context.Context, events chan bool) {
	cancel := func() {}
	for elected := range events {
		if elected {
			var term context.Context
			term, cancel = context.WithCancel(ctx) // want "discarded: is overwritten before it is called"
			go work(term)
			continue
		}
		cancel()
	}
	cancel()
}

// It is called before the next one, in any case.
func renew(ctx context.Context, events chan bool) {
	cancel := func() {}
	for range events {
		cancel()
		cancel = func() {}
		var term context.Context
		term, cancel = context.WithCancel(ctx)
		go work(term)
	}
	cancel()
}
