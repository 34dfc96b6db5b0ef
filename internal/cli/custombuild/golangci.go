package custombuild

import (
	"bytes"
	"context"
	"crypto/sha256"
	_ "embed"
	"fmt"
	"strings"
	"text/template"

	"golang.org/x/mod/modfile"

	"github.com/ctxlint/ctxlint/internal/driver/gocmd"
)

// golangciLint is golangci-lint with the plugin. Its own command for that,
// "golangci-lint custom", clones a repository; building from its module, whose
// package commands is public, has the same result.
var golangciLint = &Tool{
	Name:     "golangci-lint",
	module:   golangciModule,
	assemble: assembleGolangci,
}

const (
	golangciModule = "github.com/golangci/golangci-lint/v2"
	pluginPackage  = Path + "/golangci-plugin"
)

//go:embed golangci.go.tmpl
var golangciMain string

func assembleGolangci(ctx context.Context, b *builder) (args []string, err error) {
	f := new(modfile.File)
	if err := f.AddModuleStmt("ctxlint.build/golangci-lint"); err != nil {
		return nil, err
	}
	if err := f.AddGoStmt(strings.TrimPrefix(gocmd.BuildVersion, "go")); err != nil {
		return nil, err
	}
	if err := f.AddRequire(golangciModule, b.version); err != nil {
		return nil, err
	}
	if err := b.requireSelf(f); err != nil {
		return nil, err
	}
	if err := b.writeMod(f); err != nil {
		return nil, err
	}
	version, err := b.saltedVersion(ctx)
	if err != nil {
		return nil, err
	}
	var main bytes.Buffer
	err = template.Must(template.New("main.go").Parse(golangciMain)).Execute(&main, map[string]string{
		"Commands": golangciModule + "/pkg/commands",
		"Exit":     golangciModule + "/pkg/exitcodes",
		"Plugin":   pluginPackage,
		"Version":  version,
		"Origin":   b.origin(),
	})
	if err != nil {
		return nil, err
	}
	return []string{"."}, b.write("main.go", main.Bytes())
}

// saltedVersion returns the version that the program reports. golangci-lint
// keeps findings in a cache whose key contains that version but not the code of
// the linters, so the version has to change with the plugin and its
// dependencies, which the build ID identifies.
func (b *builder) saltedVersion(ctx context.Context) (string, error) {
	id, err := b.command.Output(ctx, "list", "-mod=mod", "-trimpath", "-export", "-f", "{{.BuildID}}", pluginPackage)
	if err != nil {
		return "", explain(err)
	}
	return fmt.Sprintf("%s-ctxlint-%.6x", strings.TrimPrefix(b.version, "v"), sha256.Sum256(id)), nil
}
