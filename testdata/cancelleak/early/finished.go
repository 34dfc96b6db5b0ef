package early

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"time"

	"ctxlint.test/fixtures/cancelleak/early/tell"
)

// What the function has finished with is not harmed by a context that is done.

func returnsClosed(ctx context.Context, url string) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return resp, nil
}

func returnsClosedAtOnce(ctx context.Context, req *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	resp, err := http.DefaultClient.Do(req.WithContext(ctx))
	if err != nil {
		cancel()
		return nil, err
	}
	resp.Body.Close()
	cancel()
	return resp, nil
}

// Only what is closed on the way to this return counts.
func returnsOpen(ctx context.Context, req *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	resp, err := http.DefaultClient.Do(req.WithContext(ctx))
	if err != nil {
		return nil, err
	}
	if resp.StatusCode != http.StatusOK {
		resp.Body.Close()
		return nil, fmt.Errorf("status %d", resp.StatusCode)
	}
	return resp, nil // want "early: the response is returned but"
}

func returnsOpenBody(ctx context.Context, req *http.Request) (io.ReadCloser, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	resp, err := http.DefaultClient.Do(req.WithContext(ctx))
	if err != nil {
		return nil, err
	}
	if resp.StatusCode != http.StatusOK {
		resp.Body.Close()
		return nil, fmt.Errorf("status %d", resp.StatusCode)
	}
	return resp.Body, nil // want "early: the response body is returned but"
}

func returnsRead(ctx context.Context, req *http.Request) (*http.Response, []byte, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	resp, err := http.DefaultClient.Do(req.WithContext(ctx))
	if err != nil {
		return nil, nil, err
	}
	data, err := io.ReadAll(resp.Body)
	return resp, data, err
}

// There is no body in the answer to HEAD.
func returnsHead(ctx context.Context, url string) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodHead, url, nil)
	if err != nil {
		return nil, err
	}
	return http.DefaultClient.Do(req)
}

// Nobody reads the field.

type note struct {
	ctx  context.Context
	name string
}

func returnsNote(ctx context.Context) *note {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return &note{ctx: ctx, name: "job"}
}

func (s *session) run() error { return work(s.ctx) }

// The goroutine does not mind that the context is done.

func startsInert(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	go tell.Something(ctx, "begun")
	go tellHere(ctx, "begun")
	go func() { tellHere(ctx, "begun") }()
	go func() { tell.Something(ctx, "begun") }()
}

func startsMinding(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	go tell.Waiting(ctx, "begun") // want "early: this goroutine finds the context done"
}

func startsMindingInLiteral(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	go func() { tell.Waiting(ctx, "begun") }() // want "early: this goroutine finds the context done"
}

type key struct{}

func tellHere(ctx context.Context, what string) { println(ctx.Value(key{}) != nil, what) }

// What a getter gives may be its own: whoever cancels it does not know.

type pool interface {
	Context() (context.Context, context.CancelFunc)
}

func returnsOfGetter(p pool) context.Context {
	ctx, cancel := p.Context()
	defer cancel()
	return ctx // want "medium early: the context is returned but"
}

type memo struct {
	ctx    context.Context
	cancel context.CancelFunc
}

func (m *memo) get() (context.Context, context.CancelFunc) {
	if m.ctx == nil {
		m.ctx, m.cancel = context.WithCancel(context.Background())
	}
	return m.ctx, m.cancel
}

func returnsOfMemo(m *memo) context.Context {
	ctx, cancel := m.get()
	defer cancel()
	return ctx
}
