package metriclib

import (
	"iter"
	"slices"
	"strings"
	"sync"

	"github.com/ctxlint/ctxlint/internal/model/metriclib/sinktable"
	"github.com/ctxlint/ctxlint/internal/model/web"
)

// index holds the tables by symbol.
type index struct {
	sinks          map[Symbol][]Sink
	structSinks    map[Symbol]StructSink
	calls          map[Symbol]Category
	fields         map[Symbol]Category
	outside        map[Symbol]Category
	binds          map[Symbol]Category
	sourcePackages map[string]bool
	carriers       map[Symbol][]int
	carrierFields  map[Symbol]Category
	once           map[Symbol]bool
	atomics        map[Symbol]Atomic
}

// tables returns the index, made when it is first needed.
var tables = sync.OnceValue(func() *index {
	x := &index{
		sinks:          make(map[Symbol][]Sink),
		structSinks:    make(map[Symbol]StructSink),
		calls:          make(map[Symbol]Category),
		fields:         make(map[Symbol]Category),
		outside:        make(map[Symbol]Category),
		binds:          make(map[Symbol]Category),
		sourcePackages: make(map[string]bool),
		carriers:       make(map[Symbol][]int),
		carrierFields:  make(map[Symbol]Category),
		once:           make(map[Symbol]bool),
		atomics:        make(map[Symbol]Atomic),
	}
	for _, row := range sinktable.Calls {
		for s := range symbols(row.Pkg, row.Recvs, row.Names) {
			x.sinks[s] = append(x.sinks[s], Sink{s, row.Param, row.Form, row.Retention})
		}
	}
	for _, row := range sinktable.Fields {
		for s := range symbols(row.Pkg, row.Recvs, row.Names) {
			x.structSinks[s] = StructSink{s, row.Form, row.Retention}
		}
	}
	x.add(callRows, x.calls)
	x.add(fieldRows, x.fields)
	x.add(outsideCalls, x.calls)
	x.add(outsideFields, x.fields)
	x.add(slices.Concat(outsideCalls, outsideFields), x.outside)
	x.add(webRows(func(f web.Framework) string { return f.Data }), x.calls)
	x.add(webRows(func(f web.Framework) string { return f.Binds }), x.binds)
	for _, row := range carrierRows {
		for s := range symbols(row.pkg, row.recvs, row.names) {
			x.carriers[s] = row.params
		}
	}
	for _, row := range onceRows {
		for s := range symbols(row.pkg, row.recvs, row.names) {
			x.once[s] = true
		}
	}
	for _, row := range atomicRows {
		for s := range symbols(row.pkg, row.recvs, row.names) {
			x.atomics[s] = row.does
		}
	}
	for _, row := range carrierFields {
		for s := range symbols(row.pkg, row.recvs, row.names) {
			x.carrierFields[s] = ""
		}
	}
	return x
})

func (x *index) add(rows []sourceRow, into map[Symbol]Category) {
	for _, row := range rows {
		x.sourcePackages[row.pkg] = true
		for s := range symbols(row.pkg, row.recvs, row.names) {
			into[s] = row.category
		}
	}
}

// symbols returns the symbols that a row of a table names: each of the names of
// each of the receivers.
func symbols(pkg, recvs, names string) iter.Seq[Symbol] {
	return func(yield func(Symbol) bool) {
		for recv := range strings.SplitSeq(recvs, " ") {
			for name := range strings.FieldsSeq(names) {
				if !yield(Symbol{pkg, recv, name}) {
					return
				}
			}
		}
	}
}
