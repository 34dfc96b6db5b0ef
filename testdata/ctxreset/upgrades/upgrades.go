// Package upgrades takes connections over from the server, whose requests then say
// nothing about the client any longer.
package upgrades

import (
	"context"
	"net/http"

	coder "github.com/coder/websocket"
	"github.com/gorilla/websocket"

	"ctxlint.test/fixtures/ctxreset/store"
)

type hub struct {
	db       *store.DB
	upgrader websocket.Upgrader
}

func (h *hub) serve(w http.ResponseWriter, r *http.Request) {
	conn, err := h.upgrader.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	defer conn.Close()
	for {
		var o store.Order
		if err := conn.ReadJSON(&o); err != nil {
			return
		}
		if err := h.db.Verify(context.TODO(), o); err != nil {
			return
		}
	}
}

func (h *hub) before(w http.ResponseWriter, r *http.Request) {
	if _, err := h.db.Load(context.TODO(), r.PathValue("id")); err != nil { // want `handler: context\.TODO`
		return
	}
	conn, err := h.upgrader.Upgrade(w, r, nil)
	if err == nil {
		conn.Close()
	}
}

func (h *hub) otherwise(w http.ResponseWriter, r *http.Request) {
	if websocket.IsWebSocketUpgrade(r) {
		if conn, err := h.upgrader.Upgrade(w, r, nil); err == nil {
			conn.Close()
		}
		return
	}
	_ = h.db.Check(context.TODO(), r.PathValue("id")) // want `handler: context\.TODO`
}

func accepts(w http.ResponseWriter, r *http.Request, db *store.DB) {
	conn, err := coder.Accept(w, r, nil)
	if err != nil {
		return
	}
	ctx := conn.CloseRead(context.TODO())
	_ = db.Check(ctx, r.PathValue("id"))
}

func hijacks(w http.ResponseWriter, r *http.Request, db *store.DB) {
	hijacker, ok := w.(http.Hijacker)
	if !ok {
		return
	}
	conn, _, err := hijacker.Hijack()
	if err != nil {
		return
	}
	defer conn.Close()
	remove(db, r.PathValue("id"))
}

// A response controller hijacks, too.
func controls(w http.ResponseWriter, r *http.Request, db *store.DB) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err == nil {
		defer conn.Close()
		_ = db.Check(context.TODO(), r.PathValue("id"))
	}
}

func answersAtOnce(w http.ResponseWriter, r *http.Request, db *store.DB) {
	if err := http.NewResponseController(w).Flush(); err == nil {
		_ = db.Check(context.TODO(), r.PathValue("id")) // want `handler: context\.TODO`
	}
}

func remove(db *store.DB, id string) { _ = db.Check(context.TODO(), id) }

func removes(w http.ResponseWriter, r *http.Request, db *store.DB) {
	remove(db, r.PathValue("id")) // want `low chain: →`
}

// A helper does it.

func (h *hub) connect(w http.ResponseWriter, r *http.Request) *websocket.Conn {
	conn, err := h.upgrader.Upgrade(w, r, nil)
	if err != nil {
		return nil
	}
	return conn
}

func (h *hub) greet(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusOK) }

func (h *hub) serveConnected(w http.ResponseWriter, r *http.Request) {
	conn := h.connect(w, r)
	go func() {
		_ = h.db.Check(context.TODO(), conn.RemoteAddr().String()+r.PathValue("id"))
	}()
	_ = h.db.Check(context.TODO(), conn.RemoteAddr().String())
}

func (h *hub) serveGreeted(w http.ResponseWriter, r *http.Request) {
	h.greet(w, r)
	_ = h.db.Check(context.TODO(), r.PathValue("id")) // want `handler: context\.TODO`
}

// Both are given, so it was done before.

func (h *hub) pump(r *http.Request, conn *websocket.Conn) {
	_ = h.db.Check(context.TODO(), conn.RemoteAddr().String()+r.PathValue("id"))
}

func (h *hub) pumpContext(ctx context.Context, conn *websocket.Conn) {
	_ = h.db.Check(context.TODO(), conn.RemoteAddr().String()) // want `direct: context\.TODO`
}
