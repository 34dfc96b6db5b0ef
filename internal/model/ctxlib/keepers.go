package ctxlib

import "go/types"

// A Keeper is a function whose first result is of no use once the context of the
// call, or of its request, is done.
type Keeper struct {
	pkg, recv, name string
	TakesContext    bool   // else it takes something bound: a request made with the context
	What            string // what the result is, for messages: "the response"
}

// Keeps returns what is known of fn if it is such a function.
func Keeps(fn *types.Func) (Keeper, bool) {
	if fn == nil || fn.Pkg() == nil {
		return Keeper{}, false
	}
	for _, k := range keepers {
		if k.pkg == fn.Pkg().Path() && k.name == fn.Name() && k.recv == ReceiverName(fn) {
			return k, true
		}
	}
	return Keeper{}, false
}

// keepers lists the functions whose documentation says that the context governs the
// result's whole life.
var keepers = []Keeper{
	{"net/http", "", "NewRequestWithContext", true, "the request"},
	{"net/http", "Request", "WithContext", true, "the request"},
	{"net/http", "Client", "Do", false, "the response"},
	{"net/http", "RoundTripper", "RoundTrip", false, "the response"},
	{"net/http", "Transport", "RoundTrip", false, "the response"},
	{"database/sql", "DB", "QueryContext", true, "the query result"},
	{"database/sql", "Tx", "QueryContext", true, "the query result"},
	{"database/sql", "Conn", "QueryContext", true, "the query result"},
	{"database/sql", "Stmt", "QueryContext", true, "the query result"},
	{"database/sql", "DB", "QueryRowContext", true, "the query result"},
	{"database/sql", "Tx", "QueryRowContext", true, "the query result"},
	{"database/sql", "Conn", "QueryRowContext", true, "the query result"},
	{"database/sql", "Stmt", "QueryRowContext", true, "the query result"},
	{"database/sql", "DB", "BeginTx", true, "the transaction"},
	{"database/sql", "Conn", "BeginTx", true, "the transaction"},
	{"os/exec", "", "CommandContext", true, "the command"},

	// They use the context of the call for every refresh of the token.
	{"golang.org/x/oauth2", "Config", "Client", true, "the client"},
	{"golang.org/x/oauth2", "Config", "TokenSource", true, "the token source"},
	{"golang.org/x/oauth2/clientcredentials", "Config", "Client", true, "the client"},
	{"golang.org/x/oauth2/clientcredentials", "Config", "TokenSource", true, "the token source"},
	{"golang.org/x/oauth2/jwt", "Config", "Client", true, "the client"},
	{"golang.org/x/oauth2/jwt", "Config", "TokenSource", true, "the token source"},
}
