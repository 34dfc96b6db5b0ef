// Command program has functions that only it can call, and methods that libraries may.
package main

import "context"

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), 1)
	defer cancel()
	skip := func(context.Context, int) error { return nil }
	Each(ctx, skip)
	runner{}.Each(ctx, skip)
}

// Each is only called here.
func Each(ctx context.Context, do func(context.Context, int) error) error {
	return do(context.TODO(), 1)
}

type runner struct{}

// Each may be a method of a library's interface.
func (runner) Each(ctx context.Context, do func(context.Context, int) error) error {
	return do(context.TODO(), 1) // want `direct: context\.TODO`
}
