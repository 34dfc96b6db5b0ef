package docgen

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Example is the directory of the example service in this module.
const Example = "examples/orders"

// readmePackage is the package of the example service that the README shows.
const readmePackage = "./internal/httpapi"

// RunExample runs ctxlint from its source in root, the directory of this
// module, in the directory of the example service and returns what it wrote.
// The arguments are flags and packages. It returns an error if ctxlint could
// not do its work. Findings are not an error.
func RunExample(root string, arguments ...string) (stdout, stderr string, err error) {
	// This process looks at the files, too, so that go test knows what the
	// cached result of a test depends on.
	dir := filepath.Join(root, filepath.FromSlash(Example))
	if err := fs.WalkDir(os.DirFS(dir), ".", func(_ string, _ fs.DirEntry, err error) error { return err }); err != nil {
		return "", "", err
	}
	var out, log bytes.Buffer
	cmd := exec.Command("go", exampleArgs(arguments)...)
	cmd.Dir = root
	cmd.Stdout, cmd.Stderr = &out, &log
	err = cmd.Run()
	stderr = withoutDownloads(log.String())
	// go run exits with 1 whatever the exit code of the program, which it
	// prints.
	if err != nil && !strings.HasSuffix(stderr, "exit status 1\n") {
		return "", "", fmt.Errorf("%v: %v\n%s", cmd, err, stderr)
	}
	return out.String(), stderr, nil
}

func exampleArgs(arguments []string) []string {
	return append([]string{"run", "./cmd/ctxlint", "-C", Example}, arguments...)
}

// withoutDownloads removes what the go command prints about modules that it
// downloads.
func withoutDownloads(stderr string) string {
	var b strings.Builder
	for line := range strings.Lines(stderr) {
		if !strings.HasPrefix(line, "go: downloading ") {
			b.WriteString(line)
		}
	}
	return b.String()
}

// ReadmeWithExample returns readme, the text of the README in root, with the
// current output of ctxlint on a package of the example service.
func ReadmeWithExample(root, readme string) (string, error) {
	stdout, stderr, err := RunExample(root, readmePackage)
	if err != nil {
		return "", err
	}
	command := "$ go " + strings.Join(exampleArgs([]string{readmePackage}), " ")
	output := filepath.ToSlash(stdout + stderr) // all backslashes in it are part of file names
	return Replace(readme, "example", "```console\n"+command+"\n"+output+"```\n")
}
