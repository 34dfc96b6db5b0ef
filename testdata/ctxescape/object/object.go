// Package object has things that are kept although the context under which they are
// made ends, and others.
package object

import (
	"context"
	"net/http"
	"os/exec"
	"time"

	"golang.org/x/oauth2"
)

type tool struct {
	cmd    *exec.Cmd
	client *http.Client
	byName map[string]*exec.Cmd
}

func (t *tool) start(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, "serve")
	if err := cmd.Start(); err != nil {
		return err
	}
	t.cmd = cmd // want `object: the command is kept in t\.cmd, but bound to a context which start cancels when it returns`
	return nil
}

func (t *tool) login(ctx context.Context, conf *oauth2.Config, token *oauth2.Token) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	t.client = conf.Client(ctx, token) // want `object: the client is kept in t\.client`
}

func (t *tool) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	cmd := exec.CommandContext(r.Context(), "serve")
	cmd.Start()
	t.byName["serve"] = cmd // want `object: the command is kept in t\.byName, but bound to a context of the request, which ends when the handler returns`
}

var client *http.Client

var conf *oauth2.Config

var once = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
	if client == nil {
		client = conf.Client(r.Context(), nil) // want `object: the client is kept in the variable client`
	}
})

// The command ends before its context does.
func (t *tool) run(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	t.cmd = exec.CommandContext(ctx, "serve")
	t.cmd.Start()
	return t.cmd.Wait()
}

// Somebody else ends the context.
func (t *tool) open(ctx context.Context) {
	t.cmd = exec.CommandContext(ctx, "serve")
}

func (t *tool) openLong(ctx context.Context) func() {
	ctx, cancel := context.WithCancel(ctx)
	t.cmd = exec.CommandContext(ctx, "serve")
	return cancel
}

// It is not bound to the context of the constructor.
func (t *tool) detached(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	t.cmd = exec.CommandContext(context.WithoutCancel(ctx), "serve")
}

func local(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	t := &tool{cmd: exec.CommandContext(ctx, "serve")} // silent "what is made under the context is not"
	t.cmd.Run()
}

type session struct{ client *http.Client }

// The receiver may be made for the request.
func (s *session) open(w http.ResponseWriter, r *http.Request, conf *oauth2.Config) {
	s.client = conf.Client(r.Context(), nil)
}
