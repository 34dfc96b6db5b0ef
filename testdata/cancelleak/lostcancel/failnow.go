package lostcancel

import (
	"context"
	"log"
	"os"
	"testing"
)

func everyCaseEnds() {
	_, cancel := context.WithCancel(background)
	switch state {
	case 1:
		new(testing.T).FailNow()
	case 2:
		log.Fatal("state")
	case 3:
		cancel()
	case 4:
		log.Print("next")
		fallthrough
	default:
		os.Exit(1)
	}
}

func oneCaseGoesOn() {
	_, cancel := context.WithCancel(background) // want "low path: is not called on every path"
	switch state {
	case 1:
		new(testing.T).FailNow()
	case 2:
		log.Fatal("state")
	case 3:
		cancel()
	case 4:
		log.Print("and on")
	default:
		os.Exit(1)
	}
}

func oneCommunicationGoesOn(c chan int) {
	_, cancel := context.WithCancel(background) // want "low path: is not called on every path"
	select {
	case <-c:
		new(testing.T).FailNow()
	case c <- 1:
		log.Print("and on")
	case c <- 2:
		cancel()
	default:
		os.Exit(1)
	}
}
