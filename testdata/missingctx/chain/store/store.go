// Package store has helpers that take no context.
package store

import (
	"context"
	"database/sql"
	"net"
	"net/http"
	"os/exec"
	"time"
)

// Clear waits for the database.
func Clear(db *sql.DB) error { // want Clear:`Clear\(\): \(\*sql\.DB\)\.Exec`
	_, err := db.Exec("DELETE FROM t")
	return err
}

// ClearAll waits through another function.
func ClearAll(dbs []*sql.DB) error { // want ClearAll:`ClearAll\(\) → Clear\(\): \(\*sql\.DB\)\.Exec`
	for _, db := range dbs {
		if err := Clear(db); err != nil {
			return err
		}
	}
	return nil
}

// Fetch waits for a server.
func Fetch(url string) (int, error) { // want Fetch:`Fetch\(\): http\.Get`
	resp, err := http.Get(url)
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, resp.Body.Close()
}

// FetchContext is for those who have a context.
func FetchContext(ctx context.Context, url string) (int, error) {
	req, err := http.NewRequestWithContext(ctx, "GET", url, nil)
	if err != nil {
		return 0, err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, resp.Body.Close()
}

// Version runs a command for a moment.
func Version() string { // want Version:`Version\(\): exec\.Command`
	out, _ := exec.Command("git", "version").Output()
	return string(out)
}

// Await polls what it does not know.
func Await(ready func() bool) { // want Await:`Await\(\): time\.Sleep`
	for !ready() {
		time.Sleep(time.Second)
	}
}

// AwaitServer polls a server.
func AwaitServer(conn net.Conn) { // want AwaitServer:`AwaitServer\(\): time\.Sleep`
	for {
		if n, _ := conn.Read(make([]byte, 1)); n > 0 {
			return
		}
		time.Sleep(time.Second)
	}
}

// Maybe waits only for those who want it.
func Maybe(db *sql.DB, sync bool) error { // want Maybe:`Maybe\(\): \(\*sql\.DB\)\.Ping`
	if sync {
		return db.Ping()
	}
	return nil
}

// Close ends something.
func Close(db *sql.DB) error {
	db.Exec("DELETE FROM locks")
	return db.Close()
}

// Repo has nothing but methods without a context.
type Repo struct{ db *sql.DB }

func (r *Repo) Names() error { // want Names:`\(\*Repo\)\.Names\(\): \(\*sql\.DB\)\.Exec`
	_, err := r.db.Exec("1")
	return err
}

func (r *Repo) Users() error { // want Users:`\(\*Repo\)\.Users\(\): \(\*sql\.DB\)\.Exec`
	_, err := r.db.Exec("2")
	return err
}

func (r *Repo) Teams() error { // want Teams:`\(\*Repo\)\.Teams\(\): \(\*sql\.DB\)\.Exec`
	_, err := r.db.Exec("3")
	return err
}

func (r *Repo) Items() error { // want Items:`\(\*Repo\)\.Items\(\): \(\*sql\.DB\)\.Exec`
	_, err := r.db.Exec("4")
	return err
}
