package tests

import (
	"sync"
	"testing"
)

func TestFound(t *testing.T) {
	var wg sync.WaitGroup
	go func() { // want "SA2002: the goroutine calls T.Fatal, "
		if !work() {
			t.Fatal("it does not work")
		}
	}()
	go func() { // want "SA2002: the goroutine calls T.FailNow, "
		if !work() {
			t.FailNow()
		}
		if work() {
			t.Skip("it works")
		}
	}()
	wg.Wait()
}

func BenchmarkFound(b *testing.B) {
	go b.Fatalf("%d", 1) // called directly: no function of the package starts it
	go fails(b)          // want "SA2002: the goroutine calls T.SkipNow, "
}

func fails(b *testing.B) { b.SkipNow() }

func TestSilent(t *testing.T) {
	done := make(chan bool)
	go func() {
		if !work() {
			t.Error("it does not work")
		}
		close(done)
	}()
	<-done
	if !work() {
		t.Fatal("it does not work")
	}
	t.Run("sub", func(t *testing.T) { t.FailNow() })
}
