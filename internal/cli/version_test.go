package cli

import (
	"runtime/debug"
	"testing"
)

func TestBuildOf(t *testing.T) {
	setting := func(key, value string) debug.BuildSetting { return debug.BuildSetting{Key: key, Value: value} }
	for name, test := range map[string]struct {
		version  string
		settings []debug.BuildSetting
		want     build
	}{
		"checkout":             {"(devel)", nil, build{}},
		"release":              {"v0.1.0", nil, build{version: "v0.1.0"}},
		"release, built there": {"v0.1.0", []debug.BuildSetting{setting("vcs.revision", "abc"), setting("vcs.modified", "false")}, build{"v0.1.0", "abc"}},
		"changed":              {"v0.1.1-0.20261130095824-3f1d951aaaaa+dirty", []debug.BuildSetting{setting("vcs.modified", "true"), setting("vcs.revision", "abc")}, build{"v0.1.1-0.20261130095824-3f1d951aaaaa+dirty", "abc with changes"}},
		"commit, downloaded":   {"v0.1.1-0.20261130095824-3f1d951aaaaa", nil, build{"v0.1.1-0.20261130095824-3f1d951aaaaa", "3f1d951aaaaa"}},
	} {
		info := &debug.BuildInfo{Settings: test.settings}
		info.Main.Version = test.version
		if got := buildOf(info); got != test.want {
			t.Errorf("%s: %+v, want %+v", name, got, test.want)
		}
	}
}

func TestIsReleased(t *testing.T) {
	for _, test := range []struct {
		version, sum string
		want         bool
	}{
		{"v0.1.0", "h1:x", true},                               // go install ...@v0.1.0
		{"v0.1.1-0.20261130095824-3f1d951aaaaa", "h1:x", true}, // go install ...@main
		{"v0.1.0", "", true},                                   // an executable of a release
		{"v0.2.0-rc.1", "", true},
		{"v0.1.0+dirty", "", false},
		{"v0.1.1-0.20261130095824-3f1d951aaaaa", "", false}, // a clone at some commit, which may be nowhere else
		{"(devel)", "", false},
		{"", "", false},
	} {
		info := new(debug.BuildInfo)
		info.Main.Version, info.Main.Sum = test.version, test.sum
		if got := isReleased(info); got != test.want {
			t.Errorf("%s with checksum %q: %t, want %t", test.version, test.sum, got, test.want)
		}
	}
}
