package main

import (
	"errors"
	"time"
)

// What main does in each iteration of a loop without an end piles up, unlike what it starts
// for each entry of a list.

func rounds(terms <-chan (<-chan struct{}), names []string) {
	for lost := range terms {
		lead(lost)
	}
	for range names {
		follow(nil)
	}
}

func lead(lost <-chan struct{}) {
	news := make(chan error)
	go func() {
		for {
			time.Sleep(time.Second)
			news <- errors.New("news") // want "blocked-send: this send blocks forever when lead leaves before receiving everything"
		}
	}()
	for {
		select {
		case <-lost:
			return
		case err := <-news:
			println(err.Error())
		}
	}
}

func follow(lost <-chan struct{}) {
	news := make(chan error)
	go func() {
		for {
			time.Sleep(time.Second)
			news <- errors.New("news")
		}
	}()
	for {
		select {
		case <-lost:
			return
		case err := <-news:
			println(err.Error())
		}
	}
}
