package ctxlib

import "go/types"

// TakesOver reports whether fn takes the connection of a request away from the
// server, as an upgrade to WebSocket does. From then on the context of the
// request does not tell whether the client is still there.
func TakesOver(fn *types.Func) bool {
	switch {
	case IsMethod(fn, "net/http", "Hijacker", "Hijack"), IsMethod(fn, "net/http", "ResponseController", "Hijack"),
		IsMethod(fn, "github.com/gorilla/websocket", "Upgrader", "Upgrade"), IsFunc(fn, "github.com/gorilla/websocket", "Upgrade"),
		IsMethod(fn, "github.com/fasthttp/websocket", "Upgrader", "Upgrade"),
		IsFunc(fn, "github.com/coder/websocket", "Accept"), IsFunc(fn, "nhooyr.io/websocket", "Accept"),
		IsFunc(fn, "github.com/gobwas/ws", "UpgradeHTTP"), IsMethod(fn, "github.com/gobwas/ws", "HTTPUpgrader", "Upgrade"):
		return true
	}
	return false
}

// IsTakenOver reports whether t is what [TakesOver] functions give for a
// connection: that of a library, since a net.Conn may be any.
func IsTakenOver(t types.Type) bool {
	for _, path := range [...]string{"github.com/gorilla/websocket", "github.com/fasthttp/websocket", "github.com/coder/websocket", "nhooyr.io/websocket"} {
		if IsNamedOrPointer(t, path, "Conn") {
			return true
		}
	}
	return false
}
