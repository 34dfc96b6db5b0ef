// Package unit makes durations from numbers.
package unit

import (
	"context"
	"flag"
	"net"
	"net/http"
	"time"

	"golang.org/x/time/rate"
)

const (
	limit       = 30
	typed   int = 20
	wide        = 5 * time.Second
	pauseMs     = 250
	kilo        = 1000
)

func literals(ctx context.Context) {
	_, cancel := context.WithTimeout(ctx, 5) // want `unit: a time.Duration counts nanoseconds, so WithTimeout gets 5ns here`
	cancel()
	_, cancel = context.WithTimeout(ctx, limit) // want "unit: .*gets 30ns"
	cancel()
	_, cancel = context.WithTimeout(ctx, time.Duration(typed)) // want "unit: .*gets 20ns"
	cancel()
	time.Sleep(100)                           // want "unit: .*Sleep gets 100ns"
	<-time.After(2 * limit)                   // want "unit: .*After gets 60ns"
	time.Sleep(pauseMs * kilo)                // want "unit: .*Sleep gets 250µs"
	_ = time.NewTicker(60)                    // want "unit: .*NewTicker gets 60ns"
	net.DialTimeout("tcp", "localhost:1", 10) // want "unit: .*DialTimeout gets 10ns"
}

func fields() {
	client := &http.Client{Timeout: 10} // want "unit: .*Timeout gets 10ns"
	client.Timeout = 15                 // want "unit: .*Timeout gets 15ns"
	_ = rate.Every(50)                  // want "medium unit: .*Every gets 50ns"
}

func products(start time.Time, header string) {
	time.Sleep(wide * time.Second)              // want "unit: both factors are durations, which count nanoseconds"
	time.Sleep(time.Since(start) * time.Second) // want "unit: both factors are durations, which count nanoseconds"
	d, err := time.ParseDuration(header)
	if err == nil {
		time.Sleep(d * time.Millisecond) // want "unit: both factors are durations, which count nanoseconds"
	}
	late := flag.Duration("late", time.Second, "how late")
	time.Sleep(*late * time.Second) // want "unit: both factors are durations, which count nanoseconds"
	wait(2 * time.Second)
	pause := 3 * time.Second
	pause *= time.Second // want "unit: both factors are durations, which count nanoseconds"
	time.Sleep(pause)
	time.Sleep(backoff() * time.Second) // want "unit: both factors are durations, which count nanoseconds"
}

func backoff() time.Duration { return 2 * time.Second }

func seconds() time.Duration { return 2 }

func wait(d time.Duration) {
	time.Sleep(d * time.Second) // want "unit: both factors are durations, which count nanoseconds"
}

type settings struct {
	Timeout        int
	Retry          int
	pause          time.Duration
	TimeoutSeconds int
}

func fromSettings(ctx context.Context, s settings) {
	_, cancel := context.WithTimeout(ctx, time.Duration(s.Timeout)*time.Second)
	cancel()
	_, cancel = context.WithTimeout(ctx, time.Duration(s.Timeout)) // want "unit: Timeout becomes a time.Duration without a unit, so WithTimeout counts nanoseconds"
	cancel()
	_, cancel = context.WithTimeout(ctx, time.Duration(s.TimeoutSeconds)) // want "medium unit: TimeoutSeconds becomes a time.Duration without a unit"
	cancel()
	http.DefaultClient.Timeout = time.Duration(s.Timeout) // want "unit: Timeout becomes a time.Duration without a unit"
}

func named(waitMs int) {
	time.Sleep(time.Duration(waitMs)) // want "medium unit: waitMs becomes a time.Duration"
}

func newSettings() settings { return settings{pause: time.Minute} }

func (s settings) sleep() {
	time.Sleep(s.pause * time.Second) // want "unit: both factors are durations, which count nanoseconds"
}

// From here on, nothing is wrong.

func right(ctx context.Context, s settings) {
	_, cancel := context.WithTimeout(ctx, limit*time.Second)
	cancel()
	_, cancel = context.WithTimeout(ctx, wide)
	cancel()
	time.Sleep(0) // silent "none, and one nanosecond, are usual"
	time.Sleep(1)
	time.Sleep(1e9)
	time.Sleep(5000000) // silent "the number is long enough, in nanoseconds,"
	time.Sleep(50 * time.Nanosecond)
	time.Sleep(time.Duration(s.Retry)) // silent "neither the name of the number nor its"
	time.Sleep(time.Duration(s.Timeout) * time.Second)
	sleepSeconds(5)
	time.Sleep(seconds() * time.Second)
	_ = http.Client{Timeout: 0}
}

func sleepSeconds(seconds time.Duration) { time.Sleep(seconds * time.Second) }

// Sleep may be given a number.
func Sleep(n time.Duration) { time.Sleep(n * time.Second) }

func numbers(n int) {
	var seconds time.Duration = 5
	time.Sleep(seconds * time.Second)
	for i := time.Duration(1); i < 10; i++ {
		time.Sleep(i * time.Second)
	}
	time.Sleep(time.Duration(n) * time.Second)
	time.Sleep(2 * wide)
	time.Sleep(wide / time.Second * time.Millisecond)
}

type both struct{ n int }

func (b both) ambiguous() {
	time.Sleep(time.Duration(b.n) * time.Second)
	time.Sleep(time.Duration(b.n) * time.Millisecond)
	time.Sleep(time.Duration(b.n)) // silent "the number is multiplied by several"
}

// What is multiplied is divided again, so that it counts in the same unit.
func samples(since time.Time) time.Duration {
	return time.Since(since) * time.Millisecond / time.Second
}

func tooLong(since time.Time) time.Duration {
	return time.Since(since) * time.Millisecond // want "unit: both factors are durations, which count nanoseconds"
}
