package sources

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
)

// The paths of the requests that a program sends are few if nothing in them depends on what
// a request is about.

const api = "https://api.example.com"

type client struct {
	base string
	http *http.Client
}

// do counts the requests of others, which other packages make, too.
func (c *client) Do(r *http.Request) (*http.Response, error) {
	count(r.URL.Path) // want `low request: each r.URL.Path .*; use the name of the operation`
	return c.http.Do(r)
}

// send is only called with requests for fixed URLs.
func (c *client) send(r *http.Request) (*http.Response, error) {
	count(r.URL.Path)
	count(r.URL.String())
	return c.http.Do(r)
}

func (c *client) health(ctx context.Context) (*http.Response, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, api+"/health", nil)
	if err != nil {
		return nil, err
	}
	return c.send(r)
}

func (c *client) list(ctx context.Context, verbose bool) (*http.Response, error) {
	r, err := http.NewRequest(http.MethodGet, fmt.Sprintf("%s/v1/users", c.base), nil)
	if verbose {
		r, err = http.NewRequest(http.MethodGet, c.base+"/v1/users"+"?verbose", nil)
	}
	if err != nil {
		return nil, err
	}
	return c.send(r.WithContext(ctx))
}

func (c *client) joined(base string) (*http.Response, error) {
	target, err := url.JoinPath(base, "v1", "users")
	if err != nil {
		return nil, err
	}
	r, err := http.NewRequest(http.MethodGet, target, nil)
	if err != nil {
		return nil, err
	}
	count(r.URL.Path)
	return c.http.Do(r)
}

// sendTo is called with a URL for each user, too.
func (c *client) sendTo(r *http.Request) (*http.Response, error) {
	count(r.URL.Path) // want `low request: each r.URL.Path`
	return c.http.Do(r)
}

func (c *client) fetch(user string) (*http.Response, error) {
	r, err := http.NewRequest(http.MethodGet, c.base+"/users/"+user, nil)
	if err != nil {
		return nil, err
	}
	if user == "" {
		r, _ = http.NewRequest(http.MethodGet, c.base+"/users", nil)
	}
	return c.sendTo(r)
}

func (c *client) other(user string) (*http.Response, error) {
	r, err := http.NewRequest(http.MethodGet, fmt.Sprintf("%s/users/%s", c.base, user), nil)
	if err != nil {
		return nil, err
	}
	count(r.URL.Path) // want `low request: each r.URL.Path`
	return c.http.Do(r)
}

func get(target string) (*http.Response, error) {
	r, err := http.NewRequest(http.MethodGet, target, nil)
	if err != nil {
		return nil, err
	}
	count(r.URL.Path) // want `low request: each r.URL.Path`
	return http.DefaultClient.Do(r)
}
