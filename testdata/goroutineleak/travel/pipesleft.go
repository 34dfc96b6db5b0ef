package travel

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"os"
)

// What reads may fail, and leave the rest to a reader that nothing closes.

func headOnly(src io.Reader) (head struct{ Name string }, err error) {
	r, w := io.Pipe()
	go func() { // want "medium blocked-send: this goroutine blocks forever when what reads from the pipe stops at an error, because nothing closes the reader"
		_, err := io.Copy(w, src)
		w.CloseWithError(err)
	}()
	err = json.NewDecoder(r).Decode(&head)
	return head, err
}

func digits(src io.Reader, use func([]byte)) error {
	r, w := io.Pipe()
	go func() { // want "medium blocked-send: this goroutine blocks forever when what reads"
		_, err := io.Copy(w, src)
		w.CloseWithError(err)
	}()
	dec, buf := hex.NewDecoder(r), make([]byte, 64)
	for {
		n, err := dec.Read(buf)
		if errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		use(buf[:n])
	}
}

func toClient(rw http.ResponseWriter, files []string) {
	r, w := io.Pipe()
	go func() { // want "medium blocked-send: this goroutine blocks forever when what reads"
		t := tar.NewWriter(w)
		for _, name := range files {
			if err := t.WriteHeader(&tar.Header{Name: name}); err != nil {
				w.CloseWithError(err)
				return
			}
		}
		w.CloseWithError(t.Close())
	}()
	if _, err := io.Copy(rw, r); err != nil {
		println(err.Error())
	}
}

func decoded(r io.Reader, v any) error { return json.NewDecoder(r).Decode(v) }

func decodesElsewhere(src io.Reader, v any) error {
	r, w := io.Pipe()
	done := make(chan error, 1)
	go func() { done <- decoded(r, v) }()
	_, err := io.Copy(w, src) // want "medium blocked-send: this write blocks forever when what reads from the pipe stops at an error"
	w.CloseWithError(err)
	return errors.Join(err, <-done)
}

// The reader is closed, or the rest is read, but not after an error.

func closesAtEnd(src io.Reader, use func(any)) error {
	r, w := io.Pipe()
	go func() { // want "medium blocked-send: this goroutine blocks forever when what reads from the pipe stops at an error, because nothing closes the reader then"
		_, err := io.Copy(w, src)
		w.CloseWithError(err)
	}()
	dec := json.NewDecoder(r)
	for dec.More() {
		var v any
		if err := dec.Decode(&v); err != nil {
			return err
		}
		use(v)
	}
	return r.Close()
}

func restIsText(src io.Reader) ([]byte, error) {
	r, w := io.Pipe()
	go func() { // want "medium blocked-send: this goroutine blocks forever when what reads"
		_, err := io.Copy(w, src)
		w.CloseWithError(err)
	}()
	z, err := gzip.NewReader(r)
	if err != nil {
		return nil, err
	}
	println(z.Name)
	return io.ReadAll(r)
}

// Who writes leaves without closing.

func copies(src io.Reader) ([]byte, error) {
	r, w := io.Pipe()
	go func() {
		if _, err := io.Copy(w, src); err != nil {
			println(err.Error())
			return
		}
		w.Close()
	}()
	return io.ReadAll(r) // want "blocked-recv: ReadAll waits forever for the end of the pipe when the goroutine that writes leaves without closing the writer; close it on every way out"
}

func printsFile(name string) error {
	r, w := io.Pipe()
	go io.Copy(os.Stdout, r) // want "blocked-recv: Copy waits forever for the end of the pipe when printsFile leaves without closing the writer"
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := io.Copy(w, f); err != nil {
		return err
	}
	return w.Close()
}

// Silent: the rest is read, or the reader is closed.

func headAndRest(src io.Reader) (head struct{ Name string }, err error) {
	r, w := io.Pipe()
	go func() {
		_, err := io.Copy(w, src)
		w.CloseWithError(err)
	}()
	err = json.NewDecoder(r).Decode(&head)
	io.Copy(io.Discard, r)
	return head, err
}

func headAndClose(src io.Reader) (head struct{ Name string }, err error) {
	r, w := io.Pipe()
	defer r.Close()
	go func() {
		_, err := io.Copy(w, src)
		w.CloseWithError(err)
	}()
	err = json.NewDecoder(r).Decode(&head)
	return head, err
}

func closesEither(src io.Reader) (v any, err error) {
	r, w := io.Pipe()
	go func() {
		_, err := io.Copy(w, src)
		w.CloseWithError(err)
	}()
	if err := json.NewDecoder(r).Decode(&v); err != nil {
		r.CloseWithError(err)
		return nil, err
	}
	return v, r.Close()
}

func otherFailure(src io.Reader, check func() error) (v any, err error) {
	r, w := io.Pipe()
	go func() {
		_, err := io.Copy(w, src)
		w.CloseWithError(err)
	}()
	err = json.NewDecoder(r).Decode(&v)
	r.CloseWithError(err)
	if err := check(); err != nil {
		return nil, err
	}
	return v, err
}

func intoMemory(src io.Reader) ([]byte, error) {
	r, w := io.Pipe()
	go func() {
		z := gzip.NewWriter(w)
		_, err := io.Copy(z, src)
		w.CloseWithError(errors.Join(err, z.Close()))
	}()
	var buf bytes.Buffer
	_, err := io.Copy(&buf, r)
	return buf.Bytes(), err
}

func oneValue(v, into any) error {
	r, w := io.Pipe()
	go func() { w.CloseWithError(json.NewEncoder(w).Encode(v)) }()
	return json.NewDecoder(r).Decode(into)
}

func asUpload(put func(io.Reader) error, src io.Reader) error {
	r, w := io.Pipe()
	go func() {
		_, err := io.Copy(w, src)
		w.CloseWithError(err)
	}()
	return put(r)
}

// Silent: every way closes the writer, or comes only when the reader has been closed.

func closesAlways(src io.Reader, more func() error) ([]byte, error) {
	r, w := io.Pipe()
	go func() {
		var err error
		defer func() { w.CloseWithError(err) }()
		if err = more(); err != nil {
			return
		}
		_, err = io.Copy(w, src)
	}()
	return io.ReadAll(r)
}

func onlyWrites(text []byte) ([]byte, error) {
	r, w := io.Pipe()
	go func() {
		if _, err := w.Write(text); err != nil {
			return
		}
		w.Close()
	}()
	return io.ReadAll(r)
}

func beforeReader(name string) error {
	r, w := io.Pipe()
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	go io.Copy(os.Stdout, r)
	_, err = io.Copy(w, f)
	w.CloseWithError(err)
	return err
}
