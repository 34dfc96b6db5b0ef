package record

import (
	"bufio"
	"encoding/json"
	"io"
	"time"
)

// TimesVariable is the environment variable that names the file to which each execution of
// the vet tool appends its [Times], in one line. It is not among the inputs that cmd/go
// knows: what is replayed from the build cache took no time, and appends nothing.
const TimesVariable = "CTXLINT_TIMES"

// Times says where one execution of the vet tool spent its time.
type Times struct {
	ImportPath string                   `json:"importPath"`
	Whole      time.Duration            `json:"whole"`     // processor time, or where the system does not tell that, time
	Load       time.Duration            `json:"load"`      // time for parsing and type checking
	Analyzers  map[string]time.Duration `json:"analyzers"` // time for each, what it requires aside
}

// ReadTimes reads all lines of such a file. It leaves out what is not one.
func ReadTimes(r io.Reader) []Times {
	var all []Times
	for lines := bufio.NewScanner(r); lines.Scan(); {
		var t Times
		if json.Unmarshal(lines.Bytes(), &t) == nil && t.ImportPath != "" {
			all = append(all, t)
		}
	}
	return all
}
