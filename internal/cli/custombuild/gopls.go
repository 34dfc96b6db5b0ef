package custombuild

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/semver"
)

// gopls is gopls with the analyzers in its list. No public package gives access
// to the list, so one file is added to the package that holds it; nothing else
// changes.
var gopls = &Tool{
	Name:     "gopls",
	module:   goplsModule,
	oldest:   "v0.22.0", // with a golang.org/x/tools that supports calls that never return
	assemble: assembleGopls,
}

const goplsModule = "golang.org/x/tools/gopls"

//go:embed gopls.go.tmpl
var goplsFile []byte

func assembleGopls(ctx context.Context, b *builder) (args []string, err error) {
	out, err := b.command.Output(ctx, "mod", "download", "-json", goplsModule+"@"+b.version)
	if err != nil {
		return nil, explain(err)
	}
	var m struct{ Dir string }
	if err := json.Unmarshal(out, &m); err != nil {
		return nil, err
	}
	if err := os.CopyFS(b.dir, os.DirFS(m.Dir)); err != nil {
		return nil, err
	}
	if err := b.write("internal/settings/ctxlint.go", goplsFile); err != nil {
		return nil, err
	}
	mod := filepath.Join(b.dir, "go.mod")
	text, err := os.ReadFile(mod)
	if err != nil {
		return nil, err
	}
	f, err := modfile.Parse(mod, text, nil)
	if err != nil {
		return nil, err
	}
	if err := errors.Join(pin(f, "golang.org/x/tools"), b.requireSelf(f)); err != nil {
		return nil, err
	}
	version := b.version
	if semver.IsValid(b.Release) {
		version += "+ctxlint." + strings.TrimPrefix(semver.Canonical(b.Release), "v")
	} else {
		version += "+ctxlint"
	}
	return []string{"-ldflags=-X main.version=" + version, "."}, b.writeMod(f)
}

// pin keeps a requirement of f at its version, whatever other modules require.
// gopls uses internal packages of golang.org/x/tools, which change.
func pin(f *modfile.File, module string) error {
	for _, r := range f.Require {
		if r.Mod.Path == module {
			return f.AddReplace(module, "", module, r.Mod.Version)
		}
	}
	return fmt.Errorf("%s does not require %s", f.Module.Mod.Path, module)
}
