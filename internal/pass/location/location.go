// Package location names places in source files so that facts can carry them from
// one package to another, and finds the files again where a diagnostic shows
// them.
package location

import (
	"fmt"
	"go/token"
	"go/types"
	"path"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// Of returns the name of pos, which is in a file of the package of pass:
// "import/path/file.go:12". It does not depend on where the checkout is. The
// name of an invalid pos is the import path alone.
func Of(pass *analysis.Pass, pos token.Pos) string {
	if !pos.IsValid() {
		return pass.Pkg.Path()
	}
	p := pass.Fset.Position(pos)
	return fmt.Sprintf("%s/%s:%d", pass.Pkg.Path(), base(p.Filename), p.Line)
}

// Short returns the name without its package: "file.go:12".
func Short(place string) string { return place[strings.LastIndexByte(place, '/')+1:] }

// In returns the name as a message of the package with the import path pkg, or of its
// external test, shows it: "file.go:12", or "store/file.go:12" if the place is in another
// package, whose files may have the same names.
func In(place, pkg string) string {
	own := Package(place)
	if own == "" || own == strings.TrimSuffix(pkg, "_test") {
		return Short(place)
	}
	parent, dir := path.Split(own)
	if isMajor(dir) && parent != "" {
		dir = path.Base(parent) + "/" + dir
	}
	return dir + "/" + Short(place)
}

// isMajor reports whether an element of an import path says which major version of a
// module it is.
func isMajor(element string) bool {
	digits, ok := strings.CutPrefix(element, "v")
	return ok && digits != "" && strings.Trim(digits, "0123456789") == ""
}

// Package returns the import path of the package that the place is in.
func Package(place string) string { return place[:max(0, strings.LastIndexByte(place, '/'))] }

func base(file string) string { return file[strings.LastIndexAny(file, `/\`)+1:] }

// Find returns the start of the line that [Of] named, or NoPos if there is no
// telling which file it is in. The place may be in another package. That
// package is then looked for relative to via, the object through which the
// package of pass has come to know of it, or, in the module of pass, relative
// to the package itself.
//
// Drivers have such files in their file set if they happen to have parsed them,
// or have read positions in them from export data. Find adds the others, as
// go/analysis allows, so that all drivers show the same line.
func Find(pass *analysis.Pass, place string, via types.Object) token.Pos {
	pkg, file, line, ok := split(place)
	if !ok {
		return token.NoPos
	}
	dir, ok := directory(pass, pkg, via)
	if !ok {
		return token.NoPos
	}
	return lineOf(pass.Fset, filepath.Join(dir, file), line)
}

// Parts returns the file of a place as "import/path/file.go", and its line. It fails
// for the name of an invalid position.
func Parts(place string) (file string, line int, ok bool) {
	pkg, base, line, ok := split(place)
	return pkg + "/" + base, line, ok
}

func split(place string) (pkg, file string, line int, ok bool) {
	pkg, file = path.Split(place)
	file, number, ok := strings.Cut(file, ":")
	line, err := strconv.Atoi(number)
	return strings.TrimSuffix(pkg, "/"), file, line, ok && err == nil && line > 0 && pkg != ""
}

// directory returns where the files of the package pkg are.
func directory(pass *analysis.Pass, pkg string, via types.Object) (dir string, ok bool) {
	if via != nil && via.Pkg() != nil && via.Pkg() != pass.Pkg && via.Pkg().Path() == pkg {
		if f := pass.Fset.File(via.Pos()); f != nil {
			return filepath.Dir(f.Name()), true
		}
	}
	if pass.Module == nil || len(pass.Files) == 0 {
		return "", false
	}
	// The file that cgo generates is elsewhere, but names its original.
	own := filepath.Dir(pass.Fset.Position(pass.Files[0].Package).Filename)
	root, ok := ModuleRoot(own, pass.Pkg.Path(), pass.Module.Path)
	below, inside := strings.CutPrefix(pkg+"/", pass.Module.Path+"/")
	return filepath.Join(root, filepath.FromSlash(below)), ok && inside
}

// ModuleRoot returns the directory of the module of this path, one of whose
// packages, or the external test of one, is in dir. It fails if dir does not
// end in the package's path within the module, as with an overlay or with
// -trimpath.
func ModuleRoot(dir, pkg, module string) (root string, ok bool) {
	below, ok := strings.CutPrefix(pkg+"/", module+"/")
	if !ok || module == "" || !filepath.IsAbs(dir) {
		return "", false
	}
	for _, end := range [...]string{below, strings.TrimSuffix(below, "_test/") + "/"} {
		end = filepath.FromSlash(strings.TrimSuffix(end, "/"))
		if end == "" {
			return dir, true
		}
		if root, ok := strings.CutSuffix(dir, string(filepath.Separator)+end); ok {
			return root, true
		}
	}
	return "", false
}

// maxLine is the last line that is looked for. A //line directive can count up to a
// thousand millions, and a table of as many lines would not fit into memory.
const maxLine = 1 << 20

// lineOf returns the start of a line of a file, which it adds to fset if
// necessary.
func lineOf(fset *token.FileSet, name string, line int) token.Pos {
	if line > maxLine {
		return token.NoPos
	}
	var known *token.File
	fset.Iterate(func(f *token.File) bool {
		if f.Name() == name && f.LineCount() >= line {
			known = f
		}
		return known == nil
	})
	if known == nil {
		// The file is as long as it has to be, with lines of one byte each.
		known = fset.AddFile(name, -1, line)
		starts := make([]int, line)
		for i := range starts {
			starts[i] = i
		}
		known.SetLines(starts)
	}
	return known.LineStart(line)
}
