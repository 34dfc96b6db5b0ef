package unit

import (
	"errors"
	"flag"
	"strings"
)

// RecordsFlag is the private flag with which the command line asks for records
// instead of vet's JSON. Its value says for which units; see [Scope].
const RecordsFlag = "ctxlint.records"

// DecisionsFlag is the private flag with which the command line asks for records that
// also tell why analyzers say nothing.
const DecisionsFlag = "ctxlint.decisions"

// EveryFlag is the private flag with which the command line asks for the records of all
// units, also where another variant of the package has the same findings.
const EveryFlag = "ctxlint.every"

// CheckedFlag is the private flag with which the command line says that it has checked the
// flags of analyzers, so that a unit that needs no analyzers can be answered in spite of them.
const CheckedFlag = "ctxlint.checked"

// Mode says how a unit is answered, whatever the analyzers.
type Mode struct {
	JSON      bool  // vet's, if Records is nil
	Records   Scope // nil if none are wanted
	Decisions bool  // records tell them
	Every     bool  // no variant is left out
	Checked   bool  // the flags of analyzers are in order
}

// Declare declares the flags of the mode.
func (m *Mode) Declare(fs *flag.FlagSet) {
	fs.BoolVar(&m.JSON, "json", false, "")
	fs.Var(&m.Records, RecordsFlag, "")
	fs.BoolVar(&m.Decisions, DecisionsFlag, false, "")
	fs.BoolVar(&m.Every, EveryFlag, false, "")
	fs.BoolVar(&m.Checked, CheckedFlag, false, "")
}

// File returns the .cfg file that the arguments after the flags name.
func File(fs *flag.FlagSet) (string, error) {
	if fs.NArg() != 1 || !strings.HasSuffix(fs.Arg(0), ".cfg") {
		return "", errors.New("want one .cfg file")
	}
	return fs.Arg(0), nil
}
