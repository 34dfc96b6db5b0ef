// Command newanalyzer adds an analyzer to the suite: its directory with
// documentation, categories, code and test, a fixture, the entry in the list, and
// the generated documentation. Run it as
//
//	go run ./internal/tool/newanalyzer NAME
//
// anywhere in the module. The result is complete and passes all tests. It
// reports something that no real code contains; edit the files from there.
package main

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"go/format"
	"go/token"
	"go/types"
	"io/fs"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"text/template"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("newanalyzer: ")
	if len(os.Args) != 2 {
		log.Fatal("usage: go run ./internal/tool/newanalyzer NAME")
	}
	name := os.Args[1]
	root, err := findRoot()
	if err != nil {
		log.Fatal(err)
	}
	if err := add(root, name); err != nil {
		log.Fatal(err)
	}
	fmt.Printf(`Made analyzers/%s, testdata/%[1]s and docs/%[1]s.md, and entered the analyzer where all of them are listed. Now
  - say in analyzers/%[1]s/doc.go and categories.go what it finds,
  - show in the fixtures what it reports and what it must not,
  - change the code until "go test ./analyzers/%[1]s" passes,
  - run "go generate ./...",
  - and go on with "Adding an analyzer" in CONTRIBUTING.md, which names the other tests.
`, name)
}

// findRoot returns the directory of the module.
func findRoot() (string, error) {
	out, err := exec.Command("go", "env", "GOMOD").Output()
	if err != nil {
		return "", err
	}
	mod := strings.TrimSpace(string(out))
	if mod == "" || mod == os.DevNull {
		return "", errors.New("run it in the module of ctxlint")
	}
	return filepath.Dir(mod), nil
}

// add adds the analyzer to the module in root.
func add(root, name string) error {
	if err := check(root, name); err != nil {
		return err
	}
	for file, text := range render(name) {
		file = filepath.Join(root, filepath.FromSlash(file))
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			return err
		}
		if err := os.WriteFile(file, text, 0o666); err != nil {
			return err
		}
	}
	for file, enter := range map[string]func([]byte, string) ([]byte, error){
		"analyzers/analyzers.go": register,
		"docs/findings.md":       summarize,
	} {
		if err := change(filepath.Join(root, filepath.FromSlash(file)), name, enter); err != nil {
			return err
		}
	}
	// A separate process, because this one was built without the analyzer.
	generate := exec.Command("go", "generate", "./internal/tool/docgen")
	generate.Dir, generate.Stdout, generate.Stderr = root, os.Stdout, os.Stderr
	return generate.Run()
}

// change enters the analyzer into a file.
func change(file, name string, enter func([]byte, string) ([]byte, error)) error {
	before, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	after, err := enter(before, name)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return os.WriteFile(file, after, 0o666)
}

var lowerCase = regexp.MustCompile(`^[a-z][a-z0-9]+$`)

// check reports why there can be no new analyzer of that name.
func check(root, name string) error {
	if !lowerCase.MatchString(name) || token.IsKeyword(name) || types.Universe.Lookup(name) != nil {
		return fmt.Errorf("%q cannot be the name of a package and a flag: use lower-case letters and digits", name)
	}
	for _, dir := range []string{"analyzers", "testdata"} {
		dir = filepath.Join(root, dir, name)
		if _, err := os.Lstat(dir); !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("%s exists", dir)
		}
	}
	return nil
}

//go:embed template
var templates embed.FS

// since is the release that will introduce what is added now.
const since = "v0.1.0"

// render returns the new files by their slash-separated names below root.
func render(name string) map[string][]byte {
	files := make(map[string][]byte)
	for from, to := range map[string]string{
		"doc.go":        "analyzers/" + name + "/doc.go",
		"categories.go": "analyzers/" + name + "/categories.go",
		"analyzer.go":   "analyzers/" + name + "/" + name + ".go",
		"test.go":       "analyzers/" + name + "/" + name + "_test.go",
		"fixture.go":    "testdata/" + name + "/todo/todo.go",
	} {
		t := template.Must(template.ParseFS(templates, "template/"+from+".tmpl"))
		var b bytes.Buffer
		if err := t.Execute(&b, struct{ Name, Since string }{name, since}); err != nil {
			panic(err) // the templates use no other fields
		}
		files[to] = b.Bytes()
	}
	return files
}

// register returns the source of the list of analyzers with another at its end.
func register(list []byte, name string) ([]byte, error) {
	const (
		directory = "\t\"github.com/ctxlint/ctxlint/analyzers/"
		entry     = "\t\tentry("
	)
	text := string(list)
	for _, line := range []struct{ after, added string }{
		{directory, directory + name + "\"\n"},
		{entry, fmt.Sprintf("%s%s.Analyzer, %[2]s.New, %[2]s.Documentation, %[2]s.Categories),\n", entry, name)},
	} {
		last := strings.LastIndex(text, line.after)
		if last < 0 {
			return nil, fmt.Errorf("no line begins with %q", line.after)
		}
		end := last + strings.IndexByte(text[last:], '\n') + 1
		text = text[:end] + line.added + text[end:]
	}
	return format.Source([]byte(text))
}

// summarize returns the page of findings with a row for another analyzer, of which
// none has been read, in its summary.
func summarize(page []byte, name string) ([]byte, error) {
	const sum = "\n| all |"
	before, after, ok := strings.Cut(string(page), sum)
	if !ok {
		return nil, fmt.Errorf("no line begins with %q", sum[1:])
	}
	return fmt.Appendf(nil, "%s\n| %s | 0 | 0 | 0 | 0 |%s%s", before, name, sum, after), nil
}
