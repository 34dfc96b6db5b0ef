package vettool

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
)

func TestParseVetx(t *testing.T) {
	x := &vetx{types: []byte("types"), sections: []section{{"a", part{"F G", []byte("1")}, part{}}, {"b", part{}, part{"*", []byte("2")}}}}
	data := x.encode()
	got, err := parseVetx(data)
	if err != nil {
		t.Fatal(err)
	}
	if diff := gocmp.Diff(data, got.encode()); diff != "" {
		t.Errorf("round trip (-want +got):\n%s", diff)
	}
	if x, err := parseVetx(nil); err != nil || !x.empty() {
		t.Errorf("empty file: %v, %v", x, err)
	}
	for n := 1; n < len(data); n++ {
		if _, err := parseVetx(data[:n]); err == nil {
			t.Errorf("no error for the first %d of %d bytes", n, len(data))
		}
	}
	unsorted := &vetx{sections: []section{x.sections[1], x.sections[0]}}
	for what, data := range map[string][]byte{
		"is truncated": data[:len(data)-1],
		"extra bytes":  append(slices.Clone(data), 0),
		"not a fact":   []byte("vetx\x00\x00\x00\x00\x00\x00\x00\x00"), // unitchecker's
		"not sorted":   unsorted.encode(),
	} {
		if _, err := parseVetx(data); err == nil || !strings.Contains(err.Error(), what) {
			t.Errorf("error %v, want %q", err, what)
		}
	}
}

func TestReadImports(t *testing.T) {
	dir := t.TempDir()
	cfg := new(config)
	cfg.PackageVetx = map[string]string{"p": filepath.Join(dir, "p")}
	if _, err := readImports(cfg); err == nil || !strings.Contains(err.Error(), "facts of p: ") {
		t.Errorf("error %v for a missing file", err)
	}
	if err := os.WriteFile(filepath.Join(dir, "p"), []byte("junk"), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := readImports(cfg); err == nil || !strings.Contains(err.Error(), "facts of p: not a fact file") {
		t.Errorf("error %v for a corrupt file", err)
	}
}

func FuzzParseVetx(f *testing.F) {
	local, err := encodeFacts([]namedFact{{"F", &named{"x"}}, {"", &flagged{}}})
	if err != nil {
		f.Fatal(err)
	}
	f.Add([]byte(nil))
	f.Add((&vetx{types: []byte("t")}).encode())
	f.Add((&vetx{sections: []section{{"a", part{"F", local}, part{}}, {"b", part{}, part{"*", local}}}}).encode())
	f.Fuzz(func(t *testing.T, data []byte) {
		x, err := parseVetx(data)
		if err != nil {
			return
		}
		again, err := parseVetx(x.encode())
		if err != nil {
			t.Fatalf("what was read cannot be read again: %v", err)
		}
		if !bytes.Equal(x.encode(), again.encode()) {
			t.Error("round trip changes the content")
		}
		for _, s := range x.sections {
			for _, p := range []part{s.local, s.travel} {
				facts, err := decodeFacts(p.facts)
				if err != nil {
					continue
				}
				if _, err := encodeFacts(facts); err != nil {
					t.Errorf("facts that were decoded cannot be encoded: %v", err)
				}
			}
		}
	})
}
