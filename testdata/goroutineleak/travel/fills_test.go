package travel

import "testing"

// A test that leaves early ends its process.
func TestFill(t *testing.T) {
	out := make(chan int, 100)
	go fill(out) // silent "it is in a test"
	if n := <-out; n != 0 {
		t.Fatal(n)
	}
	if filled() == 0 {
		t.Fatal("nothing")
	}
}
