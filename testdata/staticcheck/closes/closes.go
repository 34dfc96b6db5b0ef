// Package closes closes what it opens.
package closes

import (
	"net/http"
	"os"
)

func found(name, url string) error {
	f, err := os.Open(name)
	defer f.Close() // want "SA5001: should check error returned from os.Open"
	if err != nil {
		return err
	}
	resp, err := http.Get(url)
	defer resp.Body.Close() // want "SA5001: should check error returned from http.Get"
	return err
}

func silent(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	g, _ := os.Open(name)
	defer g.Close() // nobody looks at the error, so there is nothing to check first
	return nil
}
