// Package names calls functions out of sight between a goroutine and the look
// whether it has sent an error.
package names

type worker interface {
	Do()
	Document()
	Run()
	Runes()
	CloseAll()
	Closest()
	WaitForAll()
	Waiter()
}

func work() error { return nil }

func waits(w worker, which int) error {
	errc := make(chan error, 1)
	go func() { errc <- work() }()
	switch which {
	case 0:
		w.Do()
	case 1:
		w.Run()
	case 2:
		w.CloseAll()
	default:
		w.WaitForAll()
	}
	select {
	case err := <-errc:
		return err
	default:
		return nil
	}
}

func documents(w worker) error {
	errc := make(chan error, 1)
	go func() { errc <- work() }()
	w.Document()
	select { // want `error-recv: the error is lost`
	case err := <-errc:
		return err
	default:
		return nil
	}
}

func others(w worker) error {
	errc := make(chan error, 1)
	go func() { errc <- work() }()
	w.Runes()
	w.Closest()
	w.Waiter()
	select { // want `error-recv: the error is lost`
	case err := <-errc:
		return err
	default:
		return nil
	}
}
