package alters

import (
	"context"
	"net/http"
)

type router struct{}

func (router) match(r *http.Request) bool { return r.URL.Path == "/" }

// matches copies the request for its path alone.
func matches(rt router, r *http.Request) bool {
	probe := r.Clone(context.Background()) // want `low direct: context\.Background`
	probe.URL.Path = "/"
	return rt.match(probe)
}

func sends(client *http.Client, r *http.Request) error {
	out := r.Clone(context.Background()) // want `medium direct: context\.Background`
	resp, err := client.Do(out)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func serves(next http.Handler, w http.ResponseWriter, r *http.Request) {
	next.ServeHTTP(w, r.WithContext(context.Background())) // want `medium handler: context\.Background`
}

type kept struct{ r *http.Request }

func keeps(k *kept, r *http.Request) {
	k.r = r.Clone(context.Background()) // want `medium direct: context\.Background`
}
