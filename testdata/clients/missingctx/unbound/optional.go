package unbound

import (
	"net/http"

	"github.com/go-resty/resty/v2"
)

// A request of the library has a context only if somebody gives it one.
func announce(r *resty.Request) error {
	res, err := http.Get("https://example.com/" + r.Method) // want `low call: r.Context\(\)`
	if err != nil {
		return err
	}
	return res.Body.Close()
}

func answer(w http.ResponseWriter, r *http.Request) {
	if res, err := http.Get("https://example.com/"); err == nil { // want `call: r.Context\(\)`
		res.Body.Close()
	}
}
