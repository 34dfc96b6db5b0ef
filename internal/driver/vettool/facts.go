package vettool

import (
	"bytes"
	"cmp"
	"encoding/gob"
	"fmt"
	"go/types"
	"io"
	"reflect"
	"slices"
	"strings"
	"sync"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/objectpath"

	"github.com/ctxlint/ctxlint/internal/driver/vettool/unit"
)

// A factSet holds the facts that the analyzers of a unit can import and have
// exported. It implements the fact-related functions of [analysis.Pass], with
// the semantics that they have in all drivers that analyse packages separately.
// Its methods may be called concurrently.
//
// A section of an import is decoded when one of its facts is first asked for;
// most units ask only about a few of the packages below them.
type factSet struct {
	pkg      *types.Package
	packages map[string]*types.Package
	imports  *unit.Imports

	mu      sync.Mutex
	facts   map[factKey]analysis.Fact
	decoded map[*types.Package]bool
	failure error // the first error of decoding
}

type factKey struct {
	pkg *types.Package
	obj types.Object // nil for a fact about the package
	typ reflect.Type
}

// A namedFact is a fact as it is written to a section.
type namedFact struct {
	Object objectpath.Path // "" for a fact about the package
	Fact   analysis.Fact
}

// newFactSet returns the facts that pkg's analyzers start with: those of its
// imports. packages has, by path, those that pkg's code can refer to.
func newFactSet(pkg *types.Package, packages map[string]*types.Package, in *unit.Imports) *factSet {
	return &factSet{
		pkg:      pkg,
		packages: packages,
		imports:  in,
		facts:    make(map[factKey]analysis.Fact),
		decoded:  map[*types.Package]bool{pkg: true},
	}
}

func (s *factSet) importObject(obj types.Object, ptr analysis.Fact) bool {
	if obj == nil {
		panic("ImportObjectFact of a nil object")
	}
	return s.get(factKey{obj.Pkg(), obj, reflect.TypeOf(ptr)}, ptr)
}

func (s *factSet) importPackage(pkg *types.Package, ptr analysis.Fact) bool {
	if pkg == nil {
		panic("ImportPackageFact of a nil package")
	}
	return s.get(factKey{pkg, nil, reflect.TypeOf(ptr)}, ptr)
}

func (s *factSet) get(key factKey, ptr analysis.Fact) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.decode(key.pkg)
	fact, ok := s.facts[key]
	if ok {
		reflect.ValueOf(ptr).Elem().Set(reflect.ValueOf(fact).Elem())
	}
	return ok
}

func (s *factSet) exportObject(obj types.Object, fact analysis.Fact) {
	if obj.Pkg() != s.pkg {
		panic(fmt.Sprintf("ExportObjectFact(%s, %T): the object does not belong to %s", obj, fact, s.pkg.Path()))
	}
	s.set(factKey{s.pkg, obj, reflect.TypeOf(fact)}, fact)
}

func (s *factSet) exportPackage(fact analysis.Fact) {
	s.set(factKey{s.pkg, nil, reflect.TypeOf(fact)}, fact)
}

func (s *factSet) set(key factKey, fact analysis.Fact) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.facts[key] = fact
}

// objectFacts returns all facts about objects that have one of the types.
func (s *factSet) objectFacts(typs []analysis.Fact) []analysis.ObjectFact {
	var out []analysis.ObjectFact
	s.visit(typs, func(key factKey, fact analysis.Fact) {
		if key.obj != nil {
			out = append(out, analysis.ObjectFact{Object: key.obj, Fact: fact})
		}
	})
	return out
}

// packageFacts returns all facts about packages that have one of the types.
func (s *factSet) packageFacts(typs []analysis.Fact) []analysis.PackageFact {
	var out []analysis.PackageFact
	s.visit(typs, func(key factKey, fact analysis.Fact) {
		if key.obj == nil {
			out = append(out, analysis.PackageFact{Package: key.pkg, Fact: fact})
		}
	})
	return out
}

func (s *factSet) visit(typs []analysis.Fact, f func(factKey, analysis.Fact)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for path := range s.imports.Sections {
		s.decode(s.packages[path])
	}
	for key, fact := range s.facts {
		if slices.ContainsFunc(typs, func(f analysis.Fact) bool { return reflect.TypeOf(f) == key.typ }) {
			f(key, fact)
		}
	}
}

// decode adds the imported facts about pkg to the set. It does nothing for a
// package that is unknown to the unit's code (nil), or for the unit itself.
func (s *factSet) decode(pkg *types.Package) {
	if pkg == nil || s.decoded[pkg] {
		return
	}
	s.decoded[pkg] = true
	sec := s.imports.Sections[pkg.Path()]
	for _, p := range [...]unit.Part{sec.Local, sec.Travel} {
		facts, err := decodeFacts(p.Facts)
		if err != nil {
			s.failure = cmp.Or(s.failure, fmt.Errorf("facts of %s: %v", pkg.Path(), err))
		}
		for _, f := range facts {
			key := factKey{pkg, nil, reflect.TypeOf(f.Fact)}
			if f.Object != "" {
				obj, err := objectpath.Object(pkg, f.Object)
				if err != nil {
					continue // not in the package's export data
				}
				key.obj = obj
			}
			s.facts[key] = f.Fact
		}
	}
}

// err returns the first error in decoding facts.
func (s *factSet) err() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.failure
}

// encode returns the unit's fact file: the facts that were exported, and those
// of the imports that travel further. It leaves out facts about objects that no
// other package can refer to.
func (s *factSet) encode() (*unit.FactFile, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var local, travel partBuilder
	var paths objectpath.Encoder
	for key, fact := range s.facts {
		switch {
		case key.pkg != s.pkg:
		case key.obj == nil:
			local.add("", nil, fact)
		default:
			path, err := paths.For(key.obj)
			if err != nil {
				continue
			}
			if travels(key.obj) {
				travel.add(path, key.obj, fact)
			} else {
				local.add(path, key.obj, fact)
			}
		}
	}
	own := unit.Section{Path: s.pkg.Path()}
	var err1, err2 error
	own.Local, err1 = local.part()
	own.Travel, err2 = travel.part()
	x := s.imports.Forward()
	if len(own.Local.Facts)+len(own.Travel.Facts) > 0 {
		i, _ := slices.BinarySearchFunc(x.Sections, own, unit.CompareSections)
		x.Sections = slices.Insert(x.Sections, i, own)
	}
	return x, cmp.Or(err1, err2)
}

// A partBuilder collects the facts of a part.
type partBuilder struct {
	facts    []namedFact
	subjects []string
}

func (b *partBuilder) add(path objectpath.Path, obj types.Object, fact analysis.Fact) {
	b.facts = append(b.facts, namedFact{path, fact})
	if name := subject(obj); name != "" {
		b.subjects = append(b.subjects, name)
	}
}

func (b *partBuilder) part() (unit.Part, error) {
	facts, err := encodeFacts(b.facts)
	slices.Sort(b.subjects)
	return unit.Part{Subjects: strings.Join(slices.Compact(b.subjects), " "), Facts: facts}, err
}

// travels reports whether a package that does not import obj's package may
// still come across obj: it is a type, or belongs to one.
func travels(obj types.Object) bool {
	_, isType := obj.(*types.TypeName)
	return isType || obj.Parent() != obj.Pkg().Scope()
}

// encodeFacts encodes facts, always the same facts to the same bytes, and no
// facts to no bytes.
func encodeFacts(facts []namedFact) ([]byte, error) {
	if len(facts) == 0 {
		return nil, nil
	}
	slices.SortFunc(facts, func(a, b namedFact) int {
		return cmp.Or(cmp.Compare(a.Object, b.Object), cmp.Compare(reflect.TypeOf(a.Fact).String(), reflect.TypeOf(b.Fact).String()))
	})
	var buf bytes.Buffer
	if err := gob.NewEncoder(&buf).Encode(facts); err != nil {
		return nil, fmt.Errorf("encoding facts: %v", err)
	}
	return buf.Bytes(), nil
}

func decodeFacts(data []byte) ([]namedFact, error) {
	if len(data) == 0 {
		return nil, nil
	}
	var facts []namedFact
	r := bytes.NewReader(data)
	if err := gob.NewDecoder(r).Decode(&facts); err != nil {
		return nil, err
	}
	if r.Len() > 0 {
		return nil, fmt.Errorf("%d bytes too many", r.Len())
	}
	for _, f := range facts {
		if f.Fact == nil {
			return nil, fmt.Errorf("fact about %q is missing", f.Object)
		}
	}
	return facts, nil
}

// registerFacts makes the fact types of the analyzers known to gob. It must be
// given all analyzers, not only those that run, always in the same order: gob
// numbers types as it meets them, and the numbers are part of the encoding.
func registerFacts(analyzers []*analysis.Analyzer) {
	var facts []namedFact
	seen := make(map[*analysis.Analyzer]bool)
	var visit func([]*analysis.Analyzer)
	visit = func(analyzers []*analysis.Analyzer) {
		for _, a := range analyzers {
			if seen[a] {
				continue
			}
			seen[a] = true
			visit(a.Requires)
			for _, f := range a.FactTypes {
				gob.Register(f)
				zero := reflect.New(reflect.TypeOf(f).Elem()).Interface().(analysis.Fact)
				facts = append(facts, namedFact{"", zero})
			}
		}
	}
	visit(analyzers)
	// A fact whose zero value cannot be encoded gets its number later.
	for _, f := range facts {
		_ = gob.NewEncoder(io.Discard).Encode([]namedFact{f})
	}
}
