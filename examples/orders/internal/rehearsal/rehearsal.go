package rehearsal

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"time"
)

// slow is how long the billing service thinks about the price of what it does not have:
// longer than the service waits.
const slow = 700 * time.Millisecond

// Others is the billing service and the web hook, on one address.
type Others struct {
	URL    string
	server *http.Server
}

// StartOthers starts them on the loopback interface.
func StartOthers() (*Others, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	done := func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }
	mux.HandleFunc("POST /charges", done)
	mux.HandleFunc("POST /refunds", done)
	mux.HandleFunc("POST /orders", done)
	mux.HandleFunc("GET /prices", func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, `{"tea": 300}`) })
	mux.HandleFunc("GET /prices/{item}", price)
	o := &Others{URL: "http://" + listener.Addr().String(), server: &http.Server{Handler: mux, ReadHeaderTimeout: time.Second}}
	go o.server.Serve(listener)
	return o, nil
}

// Close stops them.
func (o *Others) Close() error { return o.server.Close() }

func price(w http.ResponseWriter, r *http.Request) {
	timer := time.NewTimer(slow)
	defer timer.Stop()
	select {
	case <-timer.C:
		io.WriteString(w, `{"cents": 450}`)
	case <-r.Context().Done():
	}
}

// pause is the time between two customers.
const pause = 20 * time.Millisecond

// Customers order, ask and look at the URL base until ctx is done.
func Customers(ctx context.Context, base string) {
	client := &http.Client{Timeout: 5 * time.Second}
	ticker := time.NewTicker(pause)
	defer ticker.Stop()
	for n := 0; ; n++ {
		select {
		case <-ticker.C:
		case <-ctx.Done():
			client.CloseIdleConnections()
			return
		}
		if err := customer(ctx, client, base, n); err != nil && ctx.Err() == nil {
			slog.WarnContext(ctx, "a customer is not content", "error", err)
		}
	}
}

// customer orders tea, and looks at the order. Every fifth wants cake, of which the
// service does not know the price.
func customer(ctx context.Context, client *http.Client, base string, n int) error {
	if n%5 == 4 {
		body := strings.NewReader(fmt.Sprintf(`{"item": "cake-%d", "quantity": 1}`, n%7))
		_, err := call(ctx, client, http.MethodPost, base+"/orders", body)
		return err
	}
	answer, err := call(ctx, client, http.MethodPost, base+"/orders", strings.NewReader(`{"item": "tea", "quantity": 2}`))
	if err != nil {
		return err
	}
	var order struct{ ID string }
	if err := json.NewDecoder(bytes.NewReader(answer)).Decode(&order); err != nil {
		return err
	}
	for _, path := range []string{"/orders/" + order.ID, "/orders/" + strings.ToLower(order.ID) + "/watch", "/ready"} {
		if _, err := call(ctx, client, http.MethodGet, base+path, nil); err != nil {
			return err
		}
	}
	if n%3 == 0 {
		_, err = call(ctx, client, http.MethodPost, base+"/orders/"+order.ID+"/cancel", nil)
	}
	return err
}

func call(ctx context.Context, client *http.Client, method, url string, body io.Reader) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, method, url, body)
	if err != nil {
		return nil, err
	}
	resp, err := client.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}
