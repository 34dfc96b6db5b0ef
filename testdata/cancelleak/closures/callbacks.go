package closures

import (
	"context"
	"sync"
)

// The callback has run when the call returns, and may have found no reason.

func inRange(ctx context.Context, m *sync.Map) error {
	ctx, cancel := context.WithCancel(ctx) // want "path: is not called on every path"
	m.Range(func(k, v any) bool {
		if v == nil {
			cancel()
			return false
		}
		return true
	})
	return work(ctx)
}

func each(names []string, f func(string)) {
	for _, n := range names {
		f(n)
	}
}

func inEach(ctx context.Context, names []string) error {
	ctx, cancel := context.WithCancel(ctx) // want "path: is not called on every path"
	each(names, func(n string) {
		if n == "" {
			cancel()
		}
	})
	return work(ctx)
}

func inEachAndDeferred(ctx context.Context, names []string) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	each(names, func(n string) {
		if n == "" {
			cancel()
		}
	})
	return work(ctx)
}

// The callback tells what it did.
func inEachWithFlag(ctx context.Context, names []string) error {
	ctx, cancel := context.WithCancel(ctx)
	done := false
	each(names, func(n string) {
		if n == "" {
			cancel()
			done = true
		}
	})
	if done {
		return nil
	}
	defer cancel()
	return work(ctx)
}

func find(names []string, f func(string) bool) bool {
	for _, n := range names {
		if f(n) {
			return true
		}
	}
	return false
}

func inFind(ctx context.Context, names []string) error {
	ctx, cancel := context.WithCancel(ctx)
	if find(names, func(n string) bool {
		if n == "" {
			cancel()
			return true
		}
		return false
	}) {
		return nil
	}
	defer cancel()
	return work(ctx)
}

// It may be kept and called later.

var hooks []func(string)

func register(f func(string)) { hooks = append(hooks, f) }

func inHook(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	register(func(n string) {
		if n == "" {
			cancel()
		}
	})
	return work(ctx)
}

func inUnknown(ctx context.Context, on func(func(string))) error {
	ctx, cancel := context.WithCancel(ctx)
	on(func(n string) {
		if n == "" {
			cancel()
		}
	})
	return work(ctx)
}

func inOnce(ctx context.Context, once *sync.Once) error {
	ctx, cancel := context.WithCancel(ctx)
	once.Do(func() { cancel() })
	return work(ctx)
}
