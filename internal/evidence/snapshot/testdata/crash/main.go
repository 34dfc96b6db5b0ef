// Command crash panics while three goroutines wait.
package main

import (
	"fmt"
	"time"
)

func main() {
	for range 3 {
		go wait(make(chan int))
	}
	time.Sleep(100 * time.Millisecond)
	fmt.Println("goroutines are about to be printed")
	panic("for the test")
}

//go:noinline
func wait(c chan int) { <-c }
