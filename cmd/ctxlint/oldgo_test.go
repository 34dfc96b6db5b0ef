package main_test

import (
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/ctxlint/ctxlint/internal/driver/gocmd"
	"github.com/ctxlint/ctxlint/internal/tool/testenv"
)

// TestOldGo runs ctxlint where another Go than the one that it is built with is the only
// one, as in the official images and after actions/setup-go.
func TestOldGo(t *testing.T) {
	bin := buildCommand(t)
	for _, release := range []string{gocmd.MinVersion + ".0", "go1.25.0"} {
		t.Run(release, func(t *testing.T) {
			params := scriptParams(t, bin, testenv.OldGo(t, release))
			params.Dir = filepath.Join("testdata", "oldgo")
			testscript.Run(t, params)
		})
	}
}
