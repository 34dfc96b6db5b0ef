package waits

// known maps package paths to what their functions (".Name") and methods
// ("Type.Name", or "Type.*" for all others) can wait for.
var known = map[string]map[string]Kind{
	"time": {".Sleep": Sleep},
	"sync": {
		"WaitGroup.Wait": Wait, "Cond.Wait": Wait,
		"Mutex.Lock": Lock, "RWMutex.Lock": Lock, "RWMutex.RLock": Lock, "Locker.Lock": Lock,
	},
	"golang.org/x/sync/errgroup":  {"Group.Wait": Wait},
	"golang.org/x/sync/semaphore": {"Weighted.Acquire": Lock},
	"golang.org/x/sync/singleflight": {
		"Group.Do": Wait,
	},

	"net": {
		".Dial": Network, ".DialTimeout": Network, ".DialTCP": Network, ".DialUDP": Network, ".DialUnix": Network, ".DialIP": Network,
		".LookupHost": Network, ".LookupIP": Network, ".LookupAddr": Network, ".LookupCNAME": Network, ".LookupMX": Network,
		".LookupNS": Network, ".LookupPort": Network, ".LookupSRV": Network, ".LookupTXT": Network,
		".ResolveTCPAddr": Network, ".ResolveUDPAddr": Network, ".ResolveIPAddr": Network,
		"Dialer.Dial": Network, "Dialer.DialContext": Network, "Resolver.*": Network,
		"Listener.Accept": Network, "TCPListener.Accept": Network, "TCPListener.AcceptTCP": Network,
		"UnixListener.Accept": Network, "UnixListener.AcceptUnix": Network,
		"Conn.Read": Network, "Conn.Write": Network, "conn.Read": Network, "conn.Write": Network,
		"PacketConn.ReadFrom": Network, "PacketConn.WriteTo": Network,
		"UDPConn.ReadFrom": Network, "UDPConn.ReadFromUDP": Network, "UDPConn.ReadFromUDPAddrPort": Network, "UDPConn.ReadMsgUDP": Network,
		"UDPConn.WriteTo": Network, "UDPConn.WriteToUDP": Network, "IPConn.ReadFrom": Network, "UnixConn.ReadFrom": Network,
	},
	"net/http": {
		".Get": Network, ".Head": Network, ".Post": Network, ".PostForm": Network,
		".ListenAndServe": Network, ".ListenAndServeTLS": Network, ".Serve": Network, ".ServeTLS": Network,
		"Client.Do": Network, "Client.Get": Network, "Client.Head": Network, "Client.Post": Network, "Client.PostForm": Network,
		"Transport.RoundTrip": Network, "RoundTripper.RoundTrip": Network,
		"Server.ListenAndServe": Network, "Server.ListenAndServeTLS": Network, "Server.Serve": Network, "Server.ServeTLS": Network, "Server.Shutdown": Network,
	},
	"net/rpc":  {"Client.Call": Network, ".Dial": Network, ".DialHTTP": Network},
	"net/smtp": {".SendMail": Network, ".Dial": Network, "Client.*": Network},
	"net/textproto": {
		".Dial": Network,
	},
	"crypto/tls": {".Dial": Network, ".DialWithDialer": Network, "Dialer.Dial": Network, "Dialer.DialContext": Network, "Conn.Handshake": Network, "Conn.HandshakeContext": Network, "Conn.Read": Network, "Conn.Write": Network},

	"os": {
		".ReadFile": Disk, ".WriteFile": Disk, ".Open": Disk, ".OpenFile": Disk, ".Create": Disk, ".ReadDir": Disk,
		".Remove": Disk, ".RemoveAll": Disk, ".Rename": Disk, ".Mkdir": Disk, ".MkdirAll": Disk, ".Stat": Disk, ".Lstat": Disk,
		"File.Read": Disk, "File.ReadAt": Disk, "File.ReadFrom": Disk, "File.Write": Disk, "File.WriteAt": Disk, "File.WriteString": Disk, "File.Sync": Disk,
		"Process.Wait": Process,
	},
	"io/ioutil":     {".ReadFile": Disk, ".WriteFile": Disk, ".ReadDir": Disk},
	"path/filepath": {".Walk": Disk, ".WalkDir": Disk, ".Glob": Disk},
	"os/exec":       {"Cmd.Run": Process, "Cmd.Wait": Process, "Cmd.Output": Process, "Cmd.CombinedOutput": Process},

	"database/sql": {
		"DB.Ping": Database, "DB.PingContext": Database, "DB.Exec": Database, "DB.ExecContext": Database,
		"DB.Query": Database, "DB.QueryContext": Database, "DB.QueryRow": Database, "DB.QueryRowContext": Database,
		"DB.Prepare": Database, "DB.PrepareContext": Database, "DB.Begin": Database, "DB.BeginTx": Database, "DB.Conn": Database,
		"Tx.Exec": Database, "Tx.ExecContext": Database, "Tx.Query": Database, "Tx.QueryContext": Database,
		"Tx.QueryRow": Database, "Tx.QueryRowContext": Database, "Tx.Prepare": Database, "Tx.PrepareContext": Database,
		"Tx.Commit": Database, "Tx.Rollback": Database,
		"Stmt.Exec": Database, "Stmt.ExecContext": Database, "Stmt.Query": Database, "Stmt.QueryContext": Database,
		"Stmt.QueryRow": Database, "Stmt.QueryRowContext": Database,
		"Conn.ExecContext": Database, "Conn.QueryContext": Database, "Conn.QueryRowContext": Database, "Conn.PingContext": Database, "Conn.BeginTx": Database,
		"Rows.Next": Database,
	},

	"google.golang.org/grpc": {
		"ClientConn.Invoke": Network, "ClientConnInterface.Invoke": Network, "ClientConn.NewStream": Network,
		"ClientStream.RecvMsg": Network, "ClientStream.SendMsg": Network, "ServerStream.RecvMsg": Network, "ServerStream.SendMsg": Network,
		"Server.Serve": Network, "Server.GracefulStop": Wait, ".DialContext": Network,
	},
	"github.com/jmoiron/sqlx":               {"DB.*": Database, "Tx.*": Database, "Stmt.*": Database, "NamedStmt.*": Database},
	"github.com/gomodule/redigo/redis":      {"Conn.Do": Database, ".Dial": Network},
	"github.com/gorilla/websocket":          {"Conn.ReadMessage": Network, "Conn.WriteMessage": Network, "Conn.ReadJSON": Network, "Conn.WriteJSON": Network, "Conn.NextReader": Network},
	"github.com/hashicorp/go-retryablehttp": {"Client.Do": Network, "Client.Get": Network, "Client.Post": Network, ".Get": Network, ".Post": Network},
	"github.com/go-resty/resty/v2":          {"Request.Get": Network, "Request.Post": Network, "Request.Put": Network, "Request.Patch": Network, "Request.Delete": Network, "Request.Head": Network, "Request.Execute": Network, "Request.Send": Network},
	"gorm.io/gorm": {
		"DB.Find": Database, "DB.First": Database, "DB.Last": Database, "DB.Take": Database, "DB.Create": Database, "DB.Save": Database,
		"DB.Update": Database, "DB.Updates": Database, "DB.Delete": Database, "DB.Exec": Database, "DB.Count": Database, "DB.Transaction": Database,
		"DB.Scan": Database, "DB.Pluck": Database, "DB.Row": Database, "DB.Rows": Database,
	},
}
