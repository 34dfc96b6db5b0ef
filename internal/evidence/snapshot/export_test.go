package snapshot

import (
	"bufio"
	"io"
)

// Readers are those of each form of an input, whatever its content says.
var Readers = map[string]func(io.Reader) (*Snapshot, error){
	"dump":       readDump,
	"counts":     readCounts,
	"profile":    readProto,
	"exposition": readExposition,
	"delimited":  readDelimited,
	"answer":     readAnswer,
	"any":        func(r io.Reader) (*Snapshot, error) { return read(bufio.NewReader(r)) },
}
