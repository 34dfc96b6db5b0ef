package chain

import (
	"context"
	"net/http"
	"strings"
)

// What a request changes may have to be finished, once it is begun.
func change(w http.ResponseWriter, r *http.Request) {
	if post("/topics") != nil { // want `low chain: http\.NewRequest`
		w.WriteHeader(http.StatusBadGateway)
	}
}

func post(path string) error {
	req, err := http.NewRequest(http.MethodPost, "https://example.com"+path, strings.NewReader("{}"))
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func ask(ctx context.Context) error {
	_ = ctx.Err()
	return get("/topics") // want `medium chain: http\.NewRequest`
}

func get(path string) error {
	req, err := http.NewRequest(http.MethodGet, "https://example.com"+path, nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// A request that gets a context on some path has been thought of.
func asked(ctx context.Context) error {
	_ = ctx.Err()
	req, err := http.NewRequest(http.MethodGet, "https://example.com", nil)
	if err != nil {
		return err
	}
	if ctx != nil {
		req = req.WithContext(ctx)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}
