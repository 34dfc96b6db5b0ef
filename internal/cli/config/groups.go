package config

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/ctxlint/ctxlint/analyzers"
)

// The name of a group stands for the names of its analyzers, wherever the file can name an
// analyzer. As a key, it turns all of them on or off.

// members returns the names of the analyzers of a group, nil if there is no such group.
func (p *parser) members(group string) []string {
	if group == "" {
		return nil
	}
	return analyzers.Names(analyzers.Members(p.suite, group))
}

// expand replaces the name of each group by those of its analyzers.
func (p *parser) expand(items []Item) []Item {
	var all []Item
	for _, item := range items {
		if group, name, ok := strings.Cut(item.Text, "/"); ok && slices.Contains(p.members(group), name) {
			item.Text = name // as other linters' checks are written
		}
		names := p.members(item.Text)
		for _, name := range names {
			all = append(all, Item{Text: name, Pos: item.Pos, Group: item.Text})
		}
		if names == nil {
			all = append(all, item)
		}
	}
	return all
}

// switchGroup reads the key that turns a group on or off.
func (p *parser) switchGroup(c *Config, group string, n *yaml.Node) {
	items := p.expand([]Item{{Text: group, Pos: pos(n)}})
	switch text := p.text(n, group); {
	case text == "false":
		c.Disable = append(c.Disable, items...)
	case text == "true":
		c.On = items
		if len(c.Enable) > 0 { // otherwise it is on anyway
			c.Enable = append(c.Enable, items...)
		}
	case isText(target(n)):
		p.errorf(pos(n), "%s must be true or false", group)
	}
}

// settleGroups removes from each list the analyzers of a group of which the other list
// says something by their own names.
func (p *parser) settleGroups(c *Config) {
	named := func(list []Item) func(Item) bool {
		return func(item Item) bool {
			return item.Group != "" && slices.ContainsFunc(list, func(other Item) bool { return other.Text == item.Text && other.Group == "" })
		}
	}
	enable := slices.DeleteFunc(slices.Clone(c.Enable), named(c.Disable))
	c.Disable = slices.DeleteFunc(c.Disable, named(c.Enable))
	c.Enable = enable
}

// compact returns items as the file may write them: with the name of a group once, in place
// of those of its analyzers.
func compact(list []Item) []Item {
	var short []Item
	for _, item := range list {
		if item.Group != "" {
			item = Item{Text: item.Group, Pos: item.Pos}
		}
		if !slices.Contains(short, item) {
			short = append(short, item)
		}
	}
	return short
}
