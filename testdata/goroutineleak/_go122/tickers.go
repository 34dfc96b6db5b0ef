// Package go122 is built as before Go 1.23, when the runtime did not collect
// tickers and timers.
package go122

import (
	"fmt"
	"os"
	"time"
)

func ticker() {
	t := time.NewTicker(time.Second) // want "ticker: nobody stops this ticker, which before Go 1.23 runs forever"
	<-t.C
}

func tickerPerTurn(jobs chan int) {
	for range jobs {
		t := time.NewTicker(time.Second) // want "ticker: nobody stops this ticker"
		<-t.C
	}
}

func tick() {
	<-time.Tick(time.Second) // want "ticker: the ticker of time.Tick cannot be stopped, and before Go 1.23 it outlives this function and runs forever"
}

func after(jobs chan int) {
	for {
		select {
		case _, ok := <-jobs:
			if !ok {
				return
			}
		case <-time.After(time.Hour): // want "medium ticker: each iteration of the loop leaves a timer, which before Go 1.23 stays until it fires"
			fmt.Println("idle")
		}
	}
}

// Silent.

func stopped() {
	t := time.NewTicker(time.Second)
	defer t.Stop()
	<-t.C
}

func stoppedInClosure() {
	t := time.NewTicker(time.Second)
	defer func() { t.Stop() }()
	<-t.C
}

func returned() *time.Ticker {
	t := time.NewTicker(time.Second)
	return t
}

func forEver() {
	t := time.NewTicker(time.Second)
	for range t.C {
		fmt.Println("tick")
	}
}

func untilExit() {
	for range time.NewTicker(time.Second).C {
		if os.Getppid() == 1 {
			os.Exit(1)
		}
	}
}

func tickForEver() {
	for range time.Tick(time.Second) {
		fmt.Println("tick")
	}
}

func afterSoon(jobs chan int) {
	for range jobs {
		<-time.After(time.Second)
	}
}

func afterOnce() {
	<-time.After(time.Hour)
}
