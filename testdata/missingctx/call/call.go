// Package call has calls that wait and have a form which takes a context, and what is
// like them and is left alone.
package call

import (
	"context"
	"crypto/tls"
	"database/sql"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"time"
)

func queries(ctx context.Context, db *sql.DB) error {
	if err := db.Ping(); err != nil { // want `call: \(\*sql\.DB\)\.Ping goes on after ctx has ended; use PingContext with ctx`
		return err
	}
	tx, err := db.Begin() // want `call: use BeginTx with ctx`
	if err != nil {
		return err
	}
	defer tx.Rollback()
	stmt, err := tx.Prepare("SELECT 1") // want `call: use PrepareContext with ctx`
	if err != nil {
		return err
	}
	defer stmt.Close()
	if _, err := stmt.Exec(1); err != nil { // want `call: \(\*sql\.Stmt\)\.Exec`
		return err
	}
	if _, err := tx.Exec("DELETE FROM t WHERE id = $1", 1); err != nil { // want `call: use ExecContext with ctx`
		return err
	}
	if err := ping(ctx, db); err != nil {
		return err
	}
	return tx.Commit()
}

func ping(ctx context.Context, db *sql.DB) error { return db.PingContext(ctx) }

// returned gives the rows to its caller: they would end with the context.
func returned(ctx context.Context, db *sql.DB) (*sql.Rows, error) {
	return db.Query("SELECT 1") // want `call: use QueryContext with ctx`
}

func handler(w http.ResponseWriter, r *http.Request) {
	resp, err := http.Get("https://example.com/") // want `call: http\.Get goes on after r\.Context\(\) has ended; use http\.NewRequestWithContext with r\.Context\(\)`
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	defer resp.Body.Close()
	io.Copy(w, resp.Body)
}

func methods(ctx context.Context, client *http.Client) {
	client.Head("https://example.com/")                   // want `call: \(\*http\.Client\)\.Head`
	client.PostForm("https://example.com/", url.Values{}) // want `call: \(\*http\.Client\)\.PostForm`
	_ = ctx.Err()
}

// sent makes a request without a context and sends it.
func sent(ctx context.Context, client *http.Client) (*http.Response, error) {
	req, err := http.NewRequest("GET", "https://example.com/", nil) // want `call: the request of http\.NewRequest has no context and goes on after ctx has ended; use NewRequestWithContext with ctx`
	if err != nil {
		return nil, err
	}
	req.Header.Set("Accept", "text/plain")
	return client.Do(req)
}

// sentByHelper gives the request to a function that sends it.
func sentByHelper(ctx context.Context, body string) error {
	req, err := http.NewRequest("POST", "https://example.com/", strings.NewReader(body)) // want `call: NewRequestWithContext`
	if err != nil {
		return err
	}
	return send(req)
}

func send(req *http.Request) error {
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

type doer interface {
	Do(*http.Request) (*http.Response, error)
}

func sentByInterface(ctx context.Context, d doer) error {
	req, err := http.NewRequest("GET", "https://example.com/", nil) // want `call: NewRequestWithContext`
	if err != nil {
		return err
	}
	resp, err := d.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// bound gets its context before it is sent.
func bound(ctx context.Context, client *http.Client) (*http.Response, error) {
	req, err := http.NewRequest("GET", "https://example.com/", nil)
	if err != nil {
		return nil, err
	}
	req = req.WithContext(ctx)
	return client.Do(req)
}

// boundByHelper gives the request to a function that takes the context, too.
func boundByHelper(ctx context.Context) error {
	req, err := http.NewRequest("GET", "https://example.com/", nil)
	if err != nil {
		return err
	}
	return sendWith(ctx, req)
}

func sendWith(ctx context.Context, req *http.Request) error { return send(req.WithContext(ctx)) }

// made is for the caller, who may bind it.
func made(ctx context.Context) (*http.Request, error) {
	return http.NewRequest("GET", "https://example.com/", nil)
}

func commands(ctx context.Context, dir string) error {
	if err := exec.Command("git", "fetch").Run(); err != nil { // want `call: exec\.Command goes on after ctx has ended; use CommandContext with ctx`
		return err
	}
	cmd := exec.Command("git", "status") // want `call: CommandContext`
	cmd.Dir = dir
	if _, err := cmd.Output(); err != nil {
		return err
	}
	background := exec.Command("git", "gc") // want `call: CommandContext`
	if err := background.Start(); err != nil {
		return err
	}
	return background.Wait()
}

type daemon struct{ cmd *exec.Cmd }

// start leaves the command running.
func (d *daemon) start(ctx context.Context) error {
	d.cmd = exec.Command("redis-server")
	return d.cmd.Start()
}

// edit waits for somebody who types.
func edit(ctx context.Context, file string) error {
	cmd := exec.Command("vi", file)
	cmd.Stdin = os.Stdin
	cmd.Stdout = os.Stdout
	return cmd.Run()
}

func lookPath(ctx context.Context) (string, error) { return exec.LookPath("git") }

func dials(ctx context.Context, addr string, shared *net.Dialer) {
	net.Dial("tcp", addr)                     // want `call: net\.Dial goes on after ctx has ended; use net\.Dialer\.DialContext with ctx`
	net.DialTimeout("tcp", addr, time.Second) // want `low call: net\.DialTimeout`
	net.Dial("unix", "/run/x.sock")
	net.Dial("udp", addr)
	var d net.Dialer
	d.Dial("tcp", addr) // want `call: \(\*net\.Dialer\)\.Dial goes on after ctx has ended; use DialContext with ctx`
	limited := &net.Dialer{Timeout: time.Second}
	limited.Dial("tcp", addr)   // want `low call: use DialContext`
	shared.Dial("tcp", addr)    // want `low call: use DialContext`
	tls.Dial("tcp", addr, nil)  // want `call: tls\.Dial goes on after ctx has ended; use tls\.Dialer\.DialContext with ctx`
	net.LookupHost("localhost") // want `call: net\.LookupHost goes on after ctx has ended; use DefaultResolver\.LookupHost with ctx`
	net.LookupIP("localhost")   // want `call: net\.LookupIP goes on after ctx has ended; use net\.Resolver\.LookupIPAddr with ctx`
	_ = ctx.Err()
}

func handshake(ctx context.Context, conn *tls.Conn) error {
	return conn.Handshake() // want `medium call: use HandshakeContext`
}

func listens(ctx context.Context) (net.Listener, error) { return net.Listen("tcp", ":0") }

func opens(ctx context.Context) (*sql.DB, error) { return sql.Open("x", "") }
