#!/usr/bin/env bash
# Writes the completion scripts that a release has into a directory.
set -euo pipefail
dir=${1:?usage: completions.sh DIR}
mkdir -p "$dir"
bin=$(mktemp -d)
trap 'rm -rf "$bin"' EXIT
go build -o "$bin/ctxlint" ./cmd/ctxlint
"$bin/ctxlint" completion bash >"$dir/ctxlint.bash"
"$bin/ctxlint" completion zsh >"$dir/_ctxlint"
"$bin/ctxlint" completion fish >"$dir/ctxlint.fish"
"$bin/ctxlint" completion powershell >"$dir/ctxlint.ps1"
