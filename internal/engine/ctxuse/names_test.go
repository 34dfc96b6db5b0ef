package ctxuse

import (
	"go/types"
	"testing"
)

// TestTables asks about functions of libraries that no fixture imports.
func TestTables(t *testing.T) {
	for _, test := range []struct {
		path, name string
		keeps      bool
	}{
		{"github.com/grafana/dskit/services", "StartAndAwaitRunning", true},
		{"github.com/grafana/dskit/services", "StartManagerAndAwaitHealthy", true},
		{"github.com/grafana/dskit/services", "StopAndAwaitTerminated", false},
		{"github.com/grafana/dskit/services", "AwaitHealthy", false},
		{"example.com/services", "StartAndAwaitRunning", false},
		{"github.com/coreos/go-oidc/v3/oidc", "NewProvider", true},
		{"github.com/coreos/go-oidcish", "NewProvider", false},
		{"golang.org/x/oauth2", "Exchange", false},
	} {
		fn := types.NewFunc(0, types.NewPackage(test.path, "p"), test.name, types.NewSignatureType(nil, nil, nil, nil, nil, false))
		if got := keepsByTable(fn); got != test.keeps {
			t.Errorf("%s.%s keeps its context: %t, want %t", test.path, test.name, got, test.keeps)
		}
	}
}
