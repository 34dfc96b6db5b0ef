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
