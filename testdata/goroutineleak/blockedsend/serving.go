package blockedsend

import (
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
