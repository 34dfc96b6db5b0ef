package goroutine

import (
	"context"
	"net"
	"net/http"
	"sync"
)

func audit(ctx context.Context, what string) error {
	_, err := new(net.Dialer).DialContext(ctx, "tcp", what)
	return err
}

// The context of a request ends when its handler returns.

func accept(w http.ResponseWriter, r *http.Request) {
	go audit(r.Context(), "accepted") // want "goroutine: this goroutine works under the context of the request"
	w.WriteHeader(http.StatusAccepted)
}

func acceptVariable(w http.ResponseWriter, r *http.Request) {
	ctx := context.WithValue(r.Context(), key{}, 1)
	go func() { // want "goroutine: this goroutine works under the context of the request"
		audit(ctx, "accepted")
	}()
	w.WriteHeader(http.StatusAccepted)
}

type key struct{}

func acceptInside(w http.ResponseWriter, r *http.Request) {
	go func() { // want "goroutine: this goroutine works under the context of the request"
		audit(r.Context(), "accepted")
	}()
}

var accepting = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
	go audit(r.Context(), "accepted") // want "goroutine: this goroutine works under the context of the request"
})

// Who calls it may wait.
func part(w http.ResponseWriter, r *http.Request) {
	go audit(r.Context(), "part") // want "medium goroutine: this goroutine works under the context of the request"
}

func whole(w http.ResponseWriter, r *http.Request) {
	part(w, r)
	<-r.Context().Done()
}

func acceptDetached(w http.ResponseWriter, r *http.Request) {
	go audit(context.WithoutCancel(r.Context()), "accepted")
	w.WriteHeader(http.StatusAccepted)
}

func acceptAndWait(w http.ResponseWriter, r *http.Request) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		audit(r.Context(), "accepted")
	}()
	wg.Wait()
}

func acceptAndServe(w http.ResponseWriter, r *http.Request, next http.Handler) {
	go audit(r.Context(), "accepted")
	next.ServeHTTP(w, r)
}

func middleware(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		go audit(r.Context(), "accepted")
		next.ServeHTTP(w, r)
	})
}

func acceptWatching(w http.ResponseWriter, r *http.Request, stop func()) {
	go func() { // silent "the goroutine is not seen to use what"
		<-r.Context().Done()
		stop()
	}()
}

// It watches for the end of the request.
func watching(stop func()) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		go func() {
			<-r.Context().Done()
			stop()
		}()
	}
}
