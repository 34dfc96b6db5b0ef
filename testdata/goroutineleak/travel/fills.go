package travel

// fill is for callers who receive everything, such as [filled].
func fill(out chan<- int) {
	for i := range 200 {
		out <- i
	}
	close(out)
}

func filled() (sum int) {
	out := make(chan int, 100)
	go fill(out)
	for n := range out {
		sum += n
	}
	return sum
}
