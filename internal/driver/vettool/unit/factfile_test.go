package unit

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
)

func TestParseFactFile(t *testing.T) {
	x := &FactFile{Types: []byte("types"), Sections: []Section{{"a", Part{"F G", []byte("1")}, Part{}}, {"b", Part{}, Part{"*", []byte("2")}}}}
	data := x.Encode()
	got, err := parseFactFile(data)
	if err != nil {
		t.Fatal(err)
	}
	if diff := gocmp.Diff(data, got.Encode()); diff != "" {
		t.Errorf("round trip (-want +got):\n%s", diff)
	}
	if x, err := parseFactFile(nil); err != nil || !x.empty() {
		t.Errorf("empty file: %v, %v", x, err)
	}
	for n := 1; n < len(data); n++ {
		if _, err := parseFactFile(data[:n]); err == nil {
			t.Errorf("no error for the first %d of %d bytes", n, len(data))
		}
	}
	unsorted := &FactFile{Sections: []Section{x.Sections[1], x.Sections[0]}}
	for what, data := range map[string][]byte{
		"is truncated": data[:len(data)-1],
		"extra bytes":  append(slices.Clone(data), 0),
		"not a fact":   []byte("vetx\x00\x00\x00\x00\x00\x00\x00\x00"), // unitchecker's
		"not sorted":   unsorted.Encode(),
	} {
		if _, err := parseFactFile(data); err == nil || !strings.Contains(err.Error(), what) {
			t.Errorf("error %v, want %q", err, what)
		}
	}
}

func TestReadImports(t *testing.T) {
	dir := t.TempDir()
	cfg := new(Config)
	cfg.PackageVetx = map[string]string{"p": filepath.Join(dir, "p")}
	if _, err := cfg.ReadImports(); err == nil || !strings.Contains(err.Error(), "facts of p: ") {
		t.Errorf("error %v for a missing file", err)
	}
	if err := os.WriteFile(filepath.Join(dir, "p"), []byte("junk"), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := cfg.ReadImports(); err == nil || !strings.Contains(err.Error(), "facts of p: not a fact file") {
		t.Errorf("error %v for a corrupt file", err)
	}
}

func FuzzParseFactFile(f *testing.F) {
	f.Add([]byte(nil))
	f.Add((&FactFile{Types: []byte("t")}).Encode())
	f.Add((&FactFile{Sections: []Section{{"a", Part{"F", []byte("1")}, Part{}}, {"b", Part{}, Part{"*", []byte("2")}}}}).Encode())
	f.Fuzz(func(t *testing.T, data []byte) {
		x, err := parseFactFile(data)
		if err != nil {
			return
		}
		again, err := parseFactFile(x.Encode())
		if err != nil {
			t.Fatalf("what was read cannot be read again: %v", err)
		}
		if !bytes.Equal(x.Encode(), again.Encode()) {
			t.Error("round trip changes the content")
		}
	})
}
