package config

import (
	"cmp"
	"strconv"

	"go.yaml.in/yaml/v4"
)

// YAML returns the settings in the format of a configuration file, each with a
// comment that says where it comes from. Options that are not set anywhere are
// shown with their defaults.
func (s *Settings) YAML() ([]byte, error) {
	root := mapping()
	root.HeadComment = "file: none"
	if s.File != "" {
		root.HeadComment = "file: " + s.File
	}
	root.HeadComment += "\npaths count from: " + s.Root
	add(root, "version", scalar("1", ""))

	enable, disable, options := sequence(), sequence(), mapping()
	for _, a := range s.Analyzers {
		list := disable
		if a.On {
			list = enable
		}
		list.Content = append(list.Content, scalar(a.Name, a.Origin))
		values := mapping()
		for _, v := range a.allOptions() {
			add(values, v.Name, scalar(v.Text, v.Origin))
		}
		if len(values.Content) > 0 {
			add(options, a.Name, values)
		}
	}
	switches := mapping()
	addIfAny(switches, "enable", enable)
	addIfAny(switches, "disable", disable)
	addIfAny(root, "analyzers", switches)
	addIfAny(root, "options", options)
	for _, v := range []Value{s.Preset, s.Confidence, s.FailOn, s.Baseline, s.Ratchet, s.NewFrom, s.Evidence} {
		if v.Text != "" {
			add(root, v.Name, scalar(v.Text, v.Origin))
		}
	}
	addIfAny(root, "exclude", s.excludeNode())
	addIfAny(root, "rules", s.rulesNode())
	doc := &yaml.Node{Kind: yaml.DocumentNode, Content: []*yaml.Node{root}}
	return yaml.Dump(doc)
}

func (s *Settings) excludeNode() *yaml.Node {
	list := sequence()
	for _, e := range s.exclude {
		entry := mapping()
		entry.HeadComment = s.at(e.Pos)
		add(entry, "path", items(e.Paths))
		addIfAny(entry, "checks", items(compact(e.Checks)))
		add(entry, "reason", scalar(e.Reason, ""))
		list.Content = append(list.Content, entry)
	}
	return list
}

func (s *Settings) rulesNode() *yaml.Node {
	list := sequence()
	for _, r := range s.rules {
		entry := mapping()
		entry.HeadComment = s.at(r.Pos)
		add(entry, "path", items(r.Paths))
		severity := mapping()
		seen := make(map[string]bool)
		for _, l := range r.Severity {
			if name := cmp.Or(l.Group, l.Check); !seen[name] {
				seen[name] = true
				add(severity, name, scalar(string(l.Severity), ""))
			}
		}
		add(entry, "severity", severity)
		list.Content = append(list.Content, entry)
	}
	return list
}

func mapping() *yaml.Node  { return &yaml.Node{Kind: yaml.MappingNode} }
func sequence() *yaml.Node { return &yaml.Node{Kind: yaml.SequenceNode} }

func scalar(text, comment string) *yaml.Node {
	n := &yaml.Node{Kind: yaml.ScalarNode, Value: text}
	if _, err := strconv.Atoi(text); err == nil {
		n.Tag = "!!int"
	} else if text == "true" || text == "false" {
		n.Tag = "!!bool"
	} else {
		n.SetString(text) // with quotes where it needs them
	}
	n.LineComment = comment
	return n
}

func items(list []Item) *yaml.Node {
	n := sequence()
	for _, item := range list {
		n.Content = append(n.Content, scalar(item.Text, ""))
	}
	return n
}

func add(to *yaml.Node, key string, value *yaml.Node) {
	to.Content = append(to.Content, scalar(key, ""), value)
}

func addIfAny(to *yaml.Node, key string, value *yaml.Node) {
	if len(value.Content) > 0 {
		add(to, key, value)
	}
}

func (s *Settings) at(p Pos) string { return (&Config{File: s.File}).origin(p) }
