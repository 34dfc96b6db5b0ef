// Package signals waits for signals.
package signals

import (
	"os"
	"os/signal"
)

func found() os.Signal {
	ch := make(chan os.Signal)
	signal.Notify(ch, os.Interrupt) // want "SA1017: should be buffered"
	return <-ch
}

func silent(given chan os.Signal) os.Signal {
	ch := make(chan os.Signal, 1)
	signal.Notify(ch, os.Interrupt)
	signal.Notify(given)
	signal.Stop(make(chan os.Signal))
	return <-ch
}
