package build

import (
	"context"
	"encoding/json"
	"fmt"
	"go/version"
	"os"
	"slices"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/semver"
)

// choose returns the version of a tool's module that was asked for, else the
// newest release whose go.mod the user's Go accepts.
func (b *builder) choose(ctx context.Context, module string) (string, error) {
	if b.Version != "" {
		v, needs, err := b.goDirective(ctx, module, b.Version)
		if err == nil && !b.canBuild(needs) {
			err = fmt.Errorf("%s %s needs go%s or later, and the go command is %s", module, v, needs, b.goVersion)
		}
		return v, err
	}
	var list struct{ Versions []string }
	if err := b.list(ctx, &list, "-versions", module); err != nil {
		return "", err
	}
	slices.SortFunc(list.Versions, semver.Compare)
	for _, v := range slices.Backward(list.Versions) {
		if semver.Prerelease(v) != "" {
			continue
		}
		_, needs, err := b.goDirective(ctx, module, v)
		switch {
		case err != nil:
			return "", err
		case b.canBuild(needs):
			return v, nil
		}
		b.Note("%s %s needs go%s or later: looking for an older one", module, v, needs)
	}
	return "", fmt.Errorf("%s has no release that %s can build", module, b.goVersion)
}

// goDirective returns the version that a query such as "latest" stands for, and
// the go directive of its go.mod.
func (b *builder) goDirective(ctx context.Context, module, query string) (v, needs string, err error) {
	var m struct{ Version, GoMod string }
	if err := b.list(ctx, &m, module+"@"+query); err != nil {
		return "", "", err
	}
	text, err := os.ReadFile(m.GoMod)
	if err != nil {
		return "", "", err
	}
	f, err := modfile.ParseLax(m.GoMod, text, nil)
	if err != nil {
		return "", "", err
	}
	if f.Go == nil {
		return m.Version, "1.16", nil // what the go command presumes
	}
	return m.Version, f.Go.Version, nil
}

// list runs go list -m and decodes what it prints of one module.
func (b *builder) list(ctx context.Context, into any, args ...string) error {
	out, err := b.command.Output(ctx, append([]string{"list", "-m", "-mod=mod", "-json"}, args...)...)
	if err != nil {
		return explain(err)
	}
	return json.Unmarshal(out, into)
}

// canBuild reports whether the go command is as new as a go directive asks.
func (b *builder) canBuild(needs string) bool {
	return version.Compare(b.goVersion, "go"+needs) >= 0
}
