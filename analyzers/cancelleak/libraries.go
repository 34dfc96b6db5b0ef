package cancelleak

import (
	"go/types"
	"slices"

	"github.com/ctxlint/ctxlint/internal/model/ctxlib"
)

// keeper is a function whose first result is of no use once the context of the
// call, or of its request, is done.
type keeper struct {
	pkg, recv, name string
	takesContext    bool // else it takes something bound: a request made with the context
	what            string
}

func (k *keeper) matches(fn *types.Func) bool {
	if k.recv == "" {
		return ctxlib.IsFunc(fn, k.pkg, k.name)
	}
	return ctxlib.IsMethod(fn, k.pkg, k.recv, k.name)
}

// keepsContext lists the functions whose documentation
// says that the context governs the result's whole life.
var keepsContext = []keeper{
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

// wraps reports whether the first result of a function reads from its argument when it
// is read itself, and not before.
func wraps(fn *types.Func) bool {
	if fn == nil || fn.Pkg() == nil || fn.Signature().Recv() != nil {
		return false
	}
	return slices.Contains(wrappers[fn.Pkg().Path()], fn.Name())
}

var wrappers = map[string][]string{
	"io":            {"LimitReader", "NopCloser", "TeeReader", "MultiReader"},
	"bufio":         {"NewReader", "NewReaderSize", "NewScanner"},
	"encoding/json": {"NewDecoder"},
	"encoding/xml":  {"NewDecoder"},
	"encoding/csv":  {"NewReader"},
}
