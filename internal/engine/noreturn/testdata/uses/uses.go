// Package uses ends by functions of another package.
package uses

import (
	"errors"

	"ctxlint.test/noreturn/exits"
)

func Stop() { // want Stop:"noreturn"
	exits.Fail(errors.New("stop"))
}

func Method(l *exits.Logger) { // want Method:"noreturn"
	l.Die()
}

func Maybe(err error) { exits.Check(err) }

func Value(f func(error)) { f(nil) }
