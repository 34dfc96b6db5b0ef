package travel

import (
	"encoding/json"
	"io"
	"net/http"
)

// The reader leaves before it has read anything.

func encodes(v any, check func() error) ([]byte, error) {
	r, w := io.Pipe()
	go func() { // want "blocked-send: this goroutine blocks forever in its first write when encodes leaves without reading from the pipe"
		w.CloseWithError(json.NewEncoder(w).Encode(v))
	}()
	if err := check(); err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

func writeTo(w *io.PipeWriter, v any) {
	defer w.Close()
	json.NewEncoder(w).Encode(v)
}

func encodesByName(v any, check func() error) ([]byte, error) {
	r, w := io.Pipe()
	go writeTo(w, v) // want "blocked-send: when encodesByName leaves without reading from the pipe"
	if err := check(); err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

// The writer never closes.

func neverCloses(v any) ([]byte, error) {
	r, w := io.Pipe()
	go func() { // silent "every way out reads from the pipe"
		json.NewEncoder(w).Encode(v)
	}()
	return io.ReadAll(r) // want "blocked-recv: ReadAll waits forever for the end of the pipe, because nothing closes the writer"
}

// Silent.

func closesReader(v any, check func() error) ([]byte, error) {
	r, w := io.Pipe()
	defer r.Close()
	go writeTo(w, v)
	if err := check(); err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

func closesWriter(v any, check func() error) ([]byte, error) {
	r, w := io.Pipe()
	go writeTo(w, v)
	if err := check(); err != nil {
		w.CloseWithError(err)
		return nil, err
	}
	return io.ReadAll(r)
}

func givesReader(v any) io.Reader {
	r, w := io.Pipe()
	go writeTo(w, v)
	return r
}

func asBody(c *http.Client, url string, v any) error {
	r, w := io.Pipe()
	go writeTo(w, v)
	req, err := http.NewRequest(http.MethodPost, url, r)
	if err != nil {
		return err
	}
	resp, err := c.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func closedByCallee(v any, closes func(io.WriteCloser)) ([]byte, error) {
	r, w := io.Pipe()
	go func() {
		json.NewEncoder(w).Encode(v)
		closes(w)
	}()
	return io.ReadAll(r)
}

func keepsWriting(next func() any) error {
	r, w := io.Pipe()
	go func() {
		for {
			json.NewEncoder(w).Encode(next())
		}
	}()
	_, err := io.Copy(io.Discard, r)
	return err
}

// A loop that reads is taken to run.
func readsAll(texts [4]string) []byte {
	r, w := io.Pipe()
	for _, t := range texts {
		go func() { w.Write([]byte(t)) }()
	}
	buf := make([]byte, 64)
	for i := 0; i < len(buf); i += 16 {
		r.Read(buf[i : i+16])
	}
	return buf
}
