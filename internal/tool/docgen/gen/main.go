// Command gen writes the generated documentation; see package docgen. It runs
// in the directory of that package.
package main

import (
	"log"
	"os"
	"path/filepath"

	"github.com/ctxlint/ctxlint/internal/tool/docgen"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("docgen: ")
	if err := generate(filepath.Join("..", "..", "..")); err != nil {
		log.Fatal(err)
	}
}

// generate brings the files below root up to date.
func generate(root string) error {
	files, err := docgen.Files(root)
	if err != nil {
		return err
	}
	files["README.md"], err = docgen.ReadmeWithExample(root, files["README.md"])
	if err != nil {
		return err
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(root, filepath.FromSlash(name)), []byte(text), 0o666); err != nil {
			return err
		}
	}
	return nil
}
