// Package clients makes clients that keep their context for later requests.
package clients

import (
	"context"
	"net/http"

	"golang.org/x/oauth2"
)

// The client renews its token with the context, long after the request.
func client(ctx context.Context, conf *oauth2.Config, t *oauth2.Token) *http.Client {
	return conf.Client(context.TODO(), t)
}

func source(ctx context.Context, conf *oauth2.Config, t *oauth2.Token) oauth2.TokenSource {
	return conf.TokenSource(context.TODO(), t)
}

// This one is a request.
func exchange(ctx context.Context, conf *oauth2.Config, code string) (*oauth2.Token, error) {
	return conf.Exchange(context.TODO(), code) // want `direct: context\.TODO`
}
