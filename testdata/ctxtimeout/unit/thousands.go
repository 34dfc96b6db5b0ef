package unit

import (
	"context"
	"net"
	"net/http"
	"time"
)

// Thousands of seconds.

var patient = &http.Client{Timeout: time.Second * 5000} // want "medium unit: these 5000 seconds are 1h23m20s, which nobody waits for; multiply by time.Millisecond, if that is meant"

const dialLimit = 2500 * time.Second // want "medium unit: these 2500 seconds are 41m40s"

func dialsLong() (net.Conn, error) { return net.DialTimeout("tcp", "localhost:80", dialLimit) }

func dialsLongAgain(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, dialLimit)
	defer cancel()
	<-ctx.Done()
	return ctx.Err()
}

func readsLong(conn net.Conn) {
	conn.SetReadDeadline(time.Now().Add(time.Second * 1000)) // want "medium unit: these 1000 seconds are 16m40s"
	time.Sleep(10_000 * time.Second)                         // want "medium unit: these 10000 seconds are 2h46m40s"
}

// Whole minutes, hours and days are counted in seconds, too; and not all is a wait.

var anHour = &http.Server{ReadTimeout: 3600 * time.Second, IdleTimeout: time.Second * 1800}

func rests() {
	time.Sleep(time.Second * 900)
	time.Sleep(5000 * time.Millisecond)
	time.Sleep(86400 * time.Second)
}

const halfLife = 5730 * time.Second

func decays(at time.Time) time.Time { return at.Add(halfLife) }

func tokenUntil() time.Time { return time.Now().Add(5000 * time.Second) }

func isOld(d time.Duration) bool { return d > 5000*time.Second }
