package custombuild

import (
	"context"
	"encoding/json"
	"fmt"
	"go/version"
	"os"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/module"
	"golang.org/x/mod/semver"
)

// choose returns the version of a tool's module that was asked for, or else the
// newest release whose go.mod the user's Go accepts.
func (b *builder) choose(ctx context.Context, t *Tool) (string, error) {
	if b.Version != "" {
		return b.asked(ctx, t)
	}
	mod := t.module
	versions, err := b.releases(ctx, mod)
	if err != nil {
		return "", err
	}
	for _, v := range versions {
		_, needs, err := b.goDirective(ctx, mod, v)
		switch {
		case err != nil:
			return "", err
		case b.canBuild(needs):
			return v, nil
		}
		b.Note("%s %s needs go%s or later: looking for an older one", mod, v, needs)
	}
	return "", fmt.Errorf("%s has no release that %s can build", mod, b.goVersion)
}

// asked returns the version that the user asked for, which may be a query such
// as "latest", or lack the "v", as in the version that golangci-lint prints.
func (b *builder) asked(ctx context.Context, t *Tool) (string, error) {
	mod, query := t.module, b.Version
	if semver.IsValid("v" + query) {
		query = "v" + query
	}
	if semver.IsValid(query) && semver.Compare(query, t.oldest) < 0 {
		return "", fmt.Errorf("-version %s: the oldest %s that the analyzers can be built into is %s", b.Version, t.Name, t.oldest)
	}
	v, needs := "", ""
	_, major, _ := module.SplitPathVersion(mod)
	err := module.CheckPathMajor(query, major)
	if err == nil || !semver.IsValid(query) {
		v, needs, err = b.goDirective(ctx, mod, query)
	}
	if err != nil {
		if versions, listErr := b.releases(ctx, mod); listErr == nil && len(versions) > 0 && !slices.Contains(versions, query) {
			err = fmt.Errorf("%w\nThe newest releases of %s are %s", err, mod, strings.Join(versions[:min(3, len(versions))], ", "))
		}
		return "", fmt.Errorf("-version %s: %w", b.Version, err)
	}
	if !b.canBuild(needs) {
		return "", fmt.Errorf("%s %s needs go%s or later, and the go command is %s; without -version, ctxlint takes the newest that it can build", mod, v, needs, b.goVersion)
	}
	return v, nil
}

// releases returns the releases of a module, newest first.
func (b *builder) releases(ctx context.Context, mod string) ([]string, error) {
	var list struct{ Versions []string }
	if err := b.list(ctx, &list, "-versions", mod); err != nil {
		return nil, err
	}
	versions := slices.DeleteFunc(list.Versions, func(v string) bool { return semver.Prerelease(v) != "" })
	slices.SortFunc(versions, func(v, w string) int { return semver.Compare(w, v) })
	return versions, nil
}

// goDirective returns the version that a query such as "latest" stands for, and
// the go directive of its go.mod.
func (b *builder) goDirective(ctx context.Context, mod, query string) (v, needs string, err error) {
	var m struct{ Version, GoMod string }
	if err := b.list(ctx, &m, mod+"@"+query); err != nil {
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
		return m.Version, "1.16", nil // what the go command assumes
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

// canBuild reports whether the go command is as new as a go directive requires.
func (b *builder) canBuild(needs string) bool {
	return version.Compare(b.goVersion, "go"+needs) >= 0
}
