// Command mainpkg has goroutines that live as long as the process.
package main

import (
	"context"
	"time"

	"github.com/spf13/cobra"
)

func main() {
	ctx := context.Background()
	run(ctx)
	beat(ctx)
	(&cobra.Command{RunE: serve}).Execute()
	(&worker{}).start(ctx)
	rounds(nil, nil)
}

func run(ctx context.Context) {
	go tick()
	start(ctx)
}

func start(ctx context.Context) {
	go func() {
		for {
			time.Sleep(time.Second)
		}
	}()
	<-ctx.Done()
}

func tick() {
	for range time.Tick(time.Second) {
	}
}

func serve(cmd *cobra.Command, args []string) error {
	go tick()
	<-cmd.Context().Done()
	return nil
}

type worker struct{}

func (w *worker) start(ctx context.Context) {
	go tick()
}

// Nothing is left of the goroutine when the process has ended.
func beat(ctx context.Context) {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	go func() {
		for range ticker.C {
			println("beat")
		}
	}()
	<-ctx.Done()
}
