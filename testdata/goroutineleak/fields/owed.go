package fields

import "fmt"

// An error in what has nothing to do with the request does not keep its answer back.

type sieve struct {
	blocks   chan string
	requests chan sieveRequest
	quit     chan struct{}
}

type sieveRequest struct {
	block string
	err   chan error
}

func newSieve() *sieve {
	f := &sieve{blocks: make(chan string), requests: make(chan sieveRequest), quit: make(chan struct{})}
	go f.loop()
	return f
}

func parsed(s string) error {
	if s == "" {
		return fmt.Errorf("empty")
	}
	return nil
}

func (f *sieve) loop() {
	for {
		select {
		case b := <-f.blocks:
			if err := parsed(b); err != nil {
				fmt.Println(err)
				continue
			}
			fmt.Println(b)
		case r := <-f.requests:
			r.err <- parsed(r.block)
		case <-f.quit:
			return
		}
	}
}

func (f *sieve) ask(block string) error {
	r := sieveRequest{block: block, err: make(chan error, 1)}
	select {
	case f.requests <- r:
	case <-f.quit:
		return nil
	}
	return <-r.err
}

func (f *sieve) stop() { close(f.quit) }
