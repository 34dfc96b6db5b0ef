// Package arriving passes contexts on.
package arriving

import (
	"context"

	"github.com/spf13/cobra"
)

type store interface {
	load(ctx context.Context, id string) error
}

type disk struct{}

func (disk) load(ctx context.Context, id string) error { return ctx.Err() }

func plain(ctx context.Context) error { return ctx.Err() }

func two(a, b context.Context) error { return a.Err() }

func generic[T any](ctx context.Context, v T) error { return ctx.Err() }

func roots(s store) {
	plain(context.Background())
	var ctx = context.TODO()
	again := ctx
	s.load(again, "a")
	generic(context.Background(), 1)
	generic[string](context.Background(), "a")
}

func given(ctx context.Context, d disk) {
	plain(ctx)
	func() { d.load(ctx, "a") }()
}

func changed(ctx context.Context) {
	plain(ctx)
	ctx = context.WithValue(ctx, struct{}{}, 1)
	go plain(ctx)
}

func command(cmd *cobra.Command, args []string) { disk{}.load(cmd.Context(), "a") }

func values(ctx context.Context, s store) {
	two(ctx, ctx)
	_ = []any{two, disk.load, s.load}
	disk.load(disk{}, ctx, "a")
}

func kept(ctx context.Context) error { return ctx.Err() }

func loose(ctx context.Context) error { return ctx.Err() }

func holds(s store) (err error) {
	ctx, cancel := context.WithCancel(context.Background())
	defer func() {
		if err != nil {
			cancel()
		}
	}()
	if err := kept(ctx); err != nil {
		return err
	}
	go cancel()
	return loose(ctx)
}

func onward(ctx context.Context) {
	go kept(ctx)
	defer loose(ctx)
}

func startsHeld() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go loose(ctx)
	defer loose(ctx)
	func() { loose(ctx) }()
	for range 2 {
		loose(ctx)
	}
}

func reassigned(ctx context.Context, b bool) {
	cancel := func() {}
	if b {
		ctx, cancel = context.WithCancel(context.Background())
	}
	defer cancel()
	loose(ctx)
}
