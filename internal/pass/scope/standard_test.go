package scope

import "testing"

func TestIsThirdPartyFile(t *testing.T) {
	for name, want := range map[string]bool{
		"/home/u/go/pkg/mod/golang.org/x/mod@v0.42.0/semver/semver.go":    true,
		"/var/cache/modules/golang.org/x/mod@v0.42.0/semver/semver.go":    true, // GOMODCACHE
		"C:/m/example.com/!upper@v0.0.0-20260101000000-0123456789ab/a.go": true,
		"/m/gopkg.in/yaml.v3@v3.0.1/yaml.go":                              true,
		"/m/example.com/old@v2.0.0+incompatible/a.go":                     true,
		"external/com_github_pkg/a.go":                                    true, // Bazel
		"/home/u/.cache/bazel/external/com_github_pkg/a.go":               true,
		"/home/u/src/service/api/a.go":                                    false,
		"/home/u/src/user@host/a.go":                                      false,
		"/home/u/src/service/a@v1.0.0":                                    false, // the file itself
		"/home/u/src/pkg/modem/a.go":                                      false,
		"/home/u/src/service/external.go":                                 false,
		"/home/u/src/service/client@next/a.go":                            false,
		"/home/u/src/github.com/acme/service/internal/externals/a.go":     false,
	} {
		if got := isThirdPartyFile(name); got != want {
			t.Errorf("%s: %t, want %t", name, got, want)
		}
	}
}
