// Package names has types whose methods are called like ones that end something.
package names

import (
	"io"
	"net"
)

// Closest closes nothing.

type ring struct {
	conn  net.Conn
	depth int
	done  chan struct{}
}

func (r *ring) Closest() { close(r.done) }

func (r *ring) start() {
	go func() {
		buf := make([]byte, 1)
		for {
			r.conn.Read(buf)
		}
	}()
}

// What Close closes is what the loop uses, by a method of the package.

type pipe struct{ raw io.ReadWriteCloser }

func (p *pipe) Read(buf []byte) (int, error) { return p.raw.Read(buf) }
func (p *pipe) Close() error                 { return p.raw.Close() }

type reader struct{ pipe *pipe }

func (r *reader) GracefulStop() { r.pipe.Close() }

func (r *reader) start() {
	go func() { // want `low unstoppable: the goroutine runs on when .*GracefulStop`
		buf := make([]byte, 1)
		for {
			r.pipe.Read(buf)
		}
	}()
}

// This one is only called so.

type tap struct{ n int }

func (t *tap) Read([]byte) {}
func (t *tap) Close()      { t.n = 0 }

type watcher struct{ tap *tap }

func (w *watcher) Close() { w.tap.Close() }

func (w *watcher) start() {
	go func() {
		for {
			w.tap.Read(nil)
		}
	}()
}
