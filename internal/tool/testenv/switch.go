package testenv

import (
	"os"
	"testing"
)

// Switch is the environment variable that turns on the tests that build other
// people's programs, or another ctxlint.
const Switch = "CTXLINT_E2E"

// EndToEnd skips a test that builds golangci-lint, gopls, nogo, a copy of ctxlint or
// very many libraries, which takes minutes on a machine that has not done so before, unless the
// environment asks for it.
func EndToEnd(t testing.TB, builds string) {
	t.Helper()
	if os.Getenv(Switch) == "" {
		t.Skipf("builds %s; %s=1 go test -run '^%s$' -timeout 30m runs it", builds, Switch, t.Name())
	}
}
