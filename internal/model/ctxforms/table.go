package ctxforms

// Libraries that several rows name.
const (
	dialContext = "net.Dialer.DialContext"
	newRequest  = "net/http.NewRequestWithContext"
	retryable   = "github.com/hashicorp/go-retryablehttp.NewRequestWithContext"
	poll        = "k8s.io/apimachinery/pkg/util/wait.PollUntilContextTimeout"
	pollForever = "k8s.io/apimachinery/pkg/util/wait.PollUntilContextCancel"
	backoff     = "k8s.io/apimachinery/pkg/util/wait.ExponentialBackoffWithContext"
)

// table has the forms by package path, then ".Func" or "Type.Method".
var table = map[string]map[string]Form{
	"database/sql": {
		"DB.Begin":      {Use: "BeginTx", Rest: "nil"},
		"DB.Exec":       {Use: "ExecContext"},
		"DB.Ping":       {Use: "PingContext"},
		"DB.Prepare":    {Use: "PrepareContext"},
		"DB.Query":      {Use: "QueryContext"},
		"DB.QueryRow":   {Use: "QueryRowContext"},
		"Tx.Exec":       {Use: "ExecContext"},
		"Tx.Prepare":    {Use: "PrepareContext"},
		"Tx.Query":      {Use: "QueryContext"},
		"Tx.QueryRow":   {Use: "QueryRowContext"},
		"Stmt.Exec":     {Use: "ExecContext"},
		"Stmt.Query":    {Use: "QueryContext"},
		"Stmt.QueryRow": {Use: "QueryRowContext"},
	},
	"net/http": {
		".Get":            {Instead: newRequest},
		".Head":           {Instead: newRequest},
		".Post":           {Instead: newRequest},
		".PostForm":       {Instead: newRequest},
		"Client.Get":      {Instead: newRequest},
		"Client.Head":     {Instead: newRequest},
		"Client.Post":     {Instead: newRequest},
		"Client.PostForm": {Instead: newRequest},
		".NewRequest":     {Use: "NewRequestWithContext", When: Sent},
	},
	"net": {
		".Dial":        {Instead: dialContext, When: Dials},
		".DialTimeout": {Instead: dialContext, When: Bounded},
		".DialTCP":     {Instead: dialContext, When: Dials},
		"Dialer.Dial":  {Use: "DialContext", When: Dials},
		".LookupAddr":  {Use: "DefaultResolver.LookupAddr"},
		".LookupCNAME": {Use: "DefaultResolver.LookupCNAME"},
		".LookupHost":  {Use: "DefaultResolver.LookupHost"},
		".LookupIP":    {Instead: "net.Resolver.LookupIPAddr"},
		".LookupMX":    {Use: "DefaultResolver.LookupMX"},
		".LookupNS":    {Use: "DefaultResolver.LookupNS"},
		".LookupSRV":   {Use: "DefaultResolver.LookupSRV"},
		".LookupTXT":   {Use: "DefaultResolver.LookupTXT"},
	},
	"crypto/tls": {
		".Dial":           {Instead: "crypto/tls.Dialer.DialContext", When: Dials},
		".DialWithDialer": {Instead: "crypto/tls.Dialer.DialContext", When: Bounded},
		"Dialer.Dial":     {Use: "DialContext", When: Bounded}, // its dialer is a field
		"Conn.Handshake":  {Use: "HandshakeContext", When: Bounded},
	},
	"os/exec": {".Command": {Use: "CommandContext", When: Run}},

	"github.com/jmoiron/sqlx": {
		"DB.Beginx":    {Use: "BeginTxx", Rest: "nil"},
		"DB.MustBegin": {Use: "MustBeginTx", Rest: "nil"},
		".Get":         {Instead: "github.com/jmoiron/sqlx.GetContext"},
		".Select":      {Instead: "github.com/jmoiron/sqlx.SelectContext"},
		".MustExec":    {Instead: "github.com/jmoiron/sqlx.MustExecContext"},
		".NamedExec":   {Instead: "github.com/jmoiron/sqlx.NamedExecContext"},
		".NamedQuery":  {Instead: "github.com/jmoiron/sqlx.NamedQueryContext"},
	},
	"github.com/hashicorp/go-retryablehttp": {
		".Get":            {Instead: retryable},
		".Head":           {Instead: retryable},
		".Post":           {Instead: retryable},
		".PostForm":       {Instead: retryable},
		"Client.Get":      {Instead: retryable},
		"Client.Head":     {Instead: retryable},
		"Client.Post":     {Instead: retryable},
		"Client.PostForm": {Instead: retryable},
		".NewRequest":     {Use: "NewRequestWithContext", When: Sent},
	},
	"k8s.io/apimachinery/pkg/util/wait": {
		".ExponentialBackoff":    {Instead: backoff},
		".Poll":                  {Instead: poll},
		".PollImmediate":         {Instead: poll},
		".PollInfinite":          {Instead: pollForever},
		".PollImmediateInfinite": {Instead: pollForever},
	},
}

// senders are the methods that send a request: by package path, "Type.Method".
var senders = map[string]map[string]bool{
	"net/http": {
		"Client.Do":              true,
		"RoundTripper.RoundTrip": true,
		"Transport.RoundTrip":    true,
	},
	"github.com/hashicorp/go-retryablehttp": {"Client.Do": true},
}
