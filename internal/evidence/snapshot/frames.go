package snapshot

import (
	"net/url"
	"path"
	"strings"
)

// newFrame returns the frame of a function as the linker names it.
func newFrame(symbol, file string, line int) Frame {
	pkg, name := splitSymbol(symbol)
	return Frame{pkg, plainName(name), strings.ReplaceAll(file, `\`, "/"), line}
}

// splitSymbol splits a name of the linker into the import path and the rest. Dots of
// the last element of the path are written as %2e.
func splitSymbol(symbol string) (pkg, name string) {
	outside := symbol
	if i := strings.IndexByte(symbol, '['); i >= 0 { // type arguments may have paths in them
		outside = symbol[:i]
	}
	slash := strings.LastIndexByte(outside, '/') + 1
	dot := strings.IndexByte(outside[slash:], '.')
	if dot < 0 {
		return "", symbol
	}
	pkg, name = symbol[:slash+dot], symbol[slash+dot+1:]
	if plain, err := url.PathUnescape(pkg); err == nil {
		pkg = plain
	}
	return unvendored(pkg), name
}

// unvendored returns the import path of a package as its source has it: builds without
// modules put the directory before it that it is vendored in.
func unvendored(pkg string) string {
	if i := strings.LastIndex(pkg, "/vendor/"); i >= 0 {
		return pkg[i+len("/vendor/"):]
	}
	return strings.TrimPrefix(pkg, "vendor/")
}

// plainName returns a name without type arguments, which are written as "[...]" or in
// full.
func plainName(name string) string {
	if !strings.Contains(name, "[") {
		return name
	}
	var b strings.Builder
	depth := 0
	for _, r := range name {
		switch {
		case r == '[':
			depth++
		case r == ']' && depth > 0:
			depth--
		case depth == 0:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// Declared returns the declared function that the frame's function is, or is a closure
// in: "F", "T.M" or "(*T).M". It is "" for closures outside any function.
func (f Frame) Declared() string {
	parts := strings.Split(f.Func, ".")
	n := 1
	if len(parts) > 1 && !isClosure(parts[1]) {
		n = 2
	}
	if parts[0] == "glob" || parts[0] == "" {
		return ""
	}
	parts[n-1], _, _ = strings.Cut(parts[n-1], "-") // of a method value: "M-fm", and of a loop over a function: "F-range1"
	return strings.Join(parts[:n], ".")
}

// isClosure reports whether an element of a name is one that the compiler makes up:
// func1, gowrap2, deferwrap1, a number.
func isClosure(elem string) bool {
	rest := elem
	for _, prefix := range []string{"func", "gowrap", "deferwrap"} {
		if r, ok := strings.CutPrefix(elem, prefix); ok {
			rest = r
			break
		}
	}
	rest, _, _ = strings.Cut(rest, "-")
	return strings.Trim(rest, "0123456789") == "" && rest != ""
}

// Base returns the name of the frame's file without its directory.
func (f Frame) Base() string { return path.Base(f.File) }

// waitOf returns what a goroutine waits for according to its stack.
func waitOf(frames []Frame) Wait {
	for _, f := range frames {
		switch f.Package {
		case "runtime":
			if w, ok := runtimeWaits[f.Func]; ok {
				return w
			}
		case "internal/poll", "syscall", "internal/runtime/syscall", "internal/syscall/unix":
			return IO
		case "sync", "internal/sync":
			switch f.Declared() {
			case "(*Mutex).Lock", "(*Mutex).lockSlow", "(*RWMutex).Lock", "(*RWMutex).RLock":
				return Lock
			case "(*WaitGroup).Wait", "(*Cond).Wait":
				return Group
			}
		case "time":
			if f.Func == "Sleep" {
				return Sleep
			}
		case "os/signal", "runtime/pprof", "internal/synctest":
			return Other
		default:
			return Running
		}
	}
	return Other // nothing but the runtime
}

var runtimeWaits = map[string]Wait{
	"chansend": Send, "chansend1": Send,
	"chanrecv": Receive, "chanrecv1": Receive, "chanrecv2": Receive,
	"selectgo": Select, "block": Select,
	"netpollblock": IO,
}
