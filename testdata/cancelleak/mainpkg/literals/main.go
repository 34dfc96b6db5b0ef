// The command literals has goroutines whose end is not that of the process.
package main

import (
	"context"
	"net/http"
	"time"
)

func work(ctx context.Context) error { return ctx.Err() }

func main() {
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), time.Second) // want "path: is not called on every path"
		if err := work(ctx); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		cancel()
	})
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		ctx, stop := context.WithCancel(ctx) // want "path: is not called on every path"
		if work(ctx) != nil {
			stop()
		}
	}()
	if err := http.ListenAndServe("localhost:0", nil); err != nil {
		return
	}
	cancel()
}
