package call

import (
	"bufio"
	"compress/gzip"
	"io"
	"net/http"
	"os/exec"
	"strings"
)

// The input of a process is over when the client has gone.

func converts(w http.ResponseWriter, r *http.Request) {
	cmd := exec.Command("convert", "-") // want `low call: exec\.Command`
	cmd.Stdin, cmd.Stdout = r.Body, w
	cmd.Run()
}

func unpacks(w http.ResponseWriter, r *http.Request) {
	cmd := exec.Command("tar", "-x") // want `low call: exec\.Command`
	var in io.Reader = bufio.NewReader(r.Body)
	if r.Header.Get("Content-Encoding") == "gzip" {
		in, _ = gzip.NewReader(http.MaxBytesReader(w, r.Body, 1<<20))
	}
	cmd.Stdin = in
	cmd.Run()
}

// Other input, or that of somebody else, has an end of its own.

func names(w http.ResponseWriter, r *http.Request) {
	cmd := exec.Command("grep", "x") // want `call: exec\.Command`
	cmd.Stdin = strings.NewReader(r.URL.Path)
	cmd.Run()
}

func sometimes(w http.ResponseWriter, r *http.Request) {
	cmd := exec.Command("tar", "-t") // want `call: exec\.Command`
	cmd.Stdin = r.Body
	if r.ContentLength == 0 {
		cmd.Stdin = strings.NewReader("")
	}
	cmd.Run()
}

func ofAnother(w http.ResponseWriter, r *http.Request) {
	other, _ := http.NewRequest("POST", "", strings.NewReader("x"))
	cmd := exec.Command("cat") // want `call: exec\.Command`
	cmd.Stdin = other.Body
	cmd.Run()
}
