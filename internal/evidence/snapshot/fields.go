package snapshot

import (
	"iter"

	"google.golang.org/protobuf/encoding/protowire"
)

// field is a field of an encoded message.
type field struct {
	number  protowire.Number // 0 if the tag is damaged
	kind    protowire.Type
	encoded []byte // with its tag
	value   []byte // without
}

// fieldsOf returns the fields of a message, with whether they are whole: one that is not
// has no value, and is the last.
func fieldsOf(message []byte) iter.Seq2[field, bool] {
	return func(yield func(field, bool) bool) {
		for len(message) > 0 {
			var f field
			size := -1
			var n int
			if f.number, f.kind, n = protowire.ConsumeTag(message); n >= 0 {
				size = protowire.ConsumeFieldValue(f.number, f.kind, message[n:])
			}
			if size < 0 {
				yield(f, false)
				return
			}
			f.encoded, f.value = message[:n+size], message[n:n+size]
			if !yield(f, true) {
				return
			}
			message = message[n+size:]
		}
	}
}
