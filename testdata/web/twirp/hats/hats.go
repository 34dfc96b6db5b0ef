// Package hats declares what protoc-gen-twirp generates for a service, as far as its
// users see it.
package hats

import (
	"context"
	"net/http"

	"github.com/twitchtv/twirp"
)

// Size is a message.
type Size struct{ Inches int32 }

// Hat is a message.
type Hat struct{ Size int32 }

// Haberdasher is the service.
type Haberdasher interface {
	MakeHat(context.Context, *Size) (*Hat, error)
}

// TwirpServer is what serves it.
type TwirpServer interface {
	http.Handler
	ServiceDescriptor() ([]byte, int)
	ProtocGenTwirpVersion() string
	PathPrefix() string
}

// NewHaberdasherServer returns a server of the service.
func NewHaberdasherServer(svc Haberdasher, opts ...interface{}) TwirpServer { return nil }

// NewHaberdasherProtobufClient returns a client of the service.
func NewHaberdasherProtobufClient(baseURL string, client *http.Client, opts ...twirp.ClientOption) Haberdasher {
	return nil
}
