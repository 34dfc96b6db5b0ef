package config

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/ctxlint/ctxlint/internal/util/spelling"
)

// fields says what to do with the value of each key of a mapping.
type fields map[string]func(value *yaml.Node)

// mapping visits a mapping that may have only the given keys.
func (p *parser) mapping(n *yaml.Node, what string, f fields) {
	p.pairs(n, what, func(key, value *yaml.Node) {
		visit, ok := f[key.Value]
		if !ok {
			keys := slices.Sorted(maps.Keys(f))
			message := fmt.Sprintf("unknown key %q in %s; the keys are %s", key.Value, what, strings.Join(keys, ", "))
			if question := spelling.Question(key.Value, keys); question != "" {
				message += "; " + question
			}
			p.errorf(pos(key), "%s", message)
			return
		}
		visit(value)
	})
}

// pairs visits the entries of a mapping whose keys must be distinct strings.
func (p *parser) pairs(n *yaml.Node, what string, visit func(key, value *yaml.Node)) {
	if n = target(n); n.Kind != yaml.MappingNode {
		p.errorf(pos(n), "%s must be a mapping, not %s", what, kind(n))
		return
	}
	seen := make(map[string]bool)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := target(n.Content[i]), target(n.Content[i+1])
		switch {
		case key.Kind != yaml.ScalarNode:
			p.errorf(pos(key), "a key of %s must be a string, not %s", what, kind(key))
		case seen[key.Value]:
			p.errorf(pos(key), "the key %q is given twice in %s", key.Value, what)
		default:
			seen[key.Value] = true
			visit(key, value)
		}
	}
}

// each visits the items of a list.
func (p *parser) each(n *yaml.Node, what string, visit func(*yaml.Node)) {
	if n = target(n); n.Kind != yaml.SequenceNode {
		p.errorf(pos(n), "%s must be a list, not %s", what, kind(n))
		return
	}
	for _, item := range n.Content {
		visit(target(item))
	}
}

// items returns the strings of a list, or the single string in place of one.
func (p *parser) items(n *yaml.Node, what string) []Item {
	if n = target(n); isText(n) {
		return []Item{{Text: n.Value, Pos: pos(n)}}
	}
	var items []Item
	p.each(n, what, func(v *yaml.Node) {
		if !isText(v) {
			p.errorf(pos(v), "an item of %s must be a string, not %s", what, kind(v))
			return
		}
		items = append(items, Item{Text: v.Value, Pos: pos(v)})
	})
	return items
}

// text returns the text of a scalar, or "" after an error.
func (p *parser) text(n *yaml.Node, what string) string {
	if n = target(n); !isText(n) {
		p.errorf(pos(n), "%s must be a string, not %s", what, kind(n))
		return ""
	}
	return n.Value
}

// require reports the keys that a mapping lacks.
func (p *parser) require(n *yaml.Node, what string, keys ...string) {
	if n = target(n); n.Kind != yaml.MappingNode {
		return
	}
	for _, key := range keys {
		if !has(n, key) {
			p.errorf(pos(n), "the key %q is missing in %s", key, what)
		}
	}
}

func has(n *yaml.Node, key string) bool {
	n = target(n)
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return true
		}
	}
	return false
}

// maxExpanded is how many values a file may have when each alias counts as all that it
// stands for. A file of a few kilobytes could have any number.
const maxExpanded = 100_000

// expanded returns the number of values below a node, aliases included, or more than
// maxExpanded if there are more, and an alias that is within its own anchor, if there is
// one.
func expanded(n *yaml.Node) (total int, within *yaml.Node) {
	counts := make(map[*yaml.Node]int)
	open := make(map[*yaml.Node]bool)
	var count func(n *yaml.Node) int
	count = func(n *yaml.Node) int {
		named := n
		n = target(n)
		if open[n] {
			within = named
			return 0
		}
		if known, ok := counts[n]; ok {
			return known
		}
		open[n] = true
		total := 1
		for _, part := range n.Content {
			total = min(total+count(part), maxExpanded+1)
		}
		delete(open, n)
		counts[n] = total
		return total
	}
	return count(n), within
}

// target follows an alias.
func target(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode && n.Alias != nil {
		return n.Alias
	}
	return n
}

func isText(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && n.ShortTag() != "!!null"
}

func pos(n *yaml.Node) Pos { return Pos{Line: n.Line, Col: n.Column} }

// kind names a node's kind in an error.
func kind(n *yaml.Node) string {
	switch {
	case n.Kind == yaml.MappingNode:
		return "a mapping"
	case n.Kind == yaml.SequenceNode:
		return "a list"
	case n.ShortTag() == "!!null":
		return "nothing"
	default:
		return "a string"
	}
}
