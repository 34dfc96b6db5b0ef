package blockedsend

import (
	"fmt"
	"net"
	"net/http"
	"os"
)

// Who serves until an error or a signal leaves the program with it, mostly.

func serve(s *http.Server, interrupt chan os.Signal) error {
	errc := make(chan error)
	go func() {
		errc <- s.ListenAndServe() // want `low blocked-send: give the channel a buffer`
	}()
	select {
	case err := <-errc:
		return err
	case <-interrupt:
		return s.Close()
	}
}

type listener interface{ Listen(net.Listener) error }

// Nothing says that what is run does so until it is told to end.
func listen(l listener, ln net.Listener, interrupt chan os.Signal) error {
	errc := make(chan error)
	go func() {
		errc <- l.Listen(ln) // want `blocked-send: give the channel a buffer`
	}()
	select {
	case err := <-errc:
		return err
	case <-interrupt:
		return nil
	}
}

type ended struct {
	name string
	err  error
}

// It is still that in other words, or beside a name.
func serveNamed(s *http.Server, ln net.Listener, interrupt chan os.Signal) error {
	errc, all := make(chan error), make(chan ended)
	go func() {
		if err := s.Serve(ln); err != nil {
			errc <- fmt.Errorf("web: %w", err) // want `low blocked-send: give the channel a buffer`
		}
	}()
	go func() {
		err := s.ListenAndServe()
		all <- ended{"web", err} // want `low blocked-send: give the channel a buffer`
	}()
	select {
	case err := <-errc:
		return err
	case e := <-all:
		return e.err
	case <-interrupt:
		return s.Close()
	}
}

// What is sent of something else is not.
func listenNamed(l listener, ln net.Listener, s *http.Server, interrupt chan os.Signal) error {
	errc := make(chan error)
	go func() {
		go s.Serve(ln)
		err := l.Listen(ln)
		errc <- fmt.Errorf("%v: %w", ln.Addr(), err) // want `blocked-send: give the channel a buffer`
	}()
	select {
	case err := <-errc:
		return err
	case <-interrupt:
		return nil
	}
}
