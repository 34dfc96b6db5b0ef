// Package closes closes what it opens.
package closes

import (
	"log"
	"net/http"
	"os"
)

func found(name, url string) error {
	f, err := os.Open(name)
	defer f.Close() // want "low SA5001: should check error returned from os.Open"
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

// A deferred call does not run if the process ends.
func ends(url string) {
	resp, err := http.Get(url)
	defer resp.Body.Close() // want "low SA5001: should check error returned from http.Get"
	if err != nil {
		log.Fatal(err)
	}
	resp, err = http.Get(url)
	defer resp.Body.Close() // want "SA5001: should check error returned from http.Get"
	if err != nil {
		log.Panic(err)
	}
}
