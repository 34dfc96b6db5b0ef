package docgen

import (
	"fmt"
	"strings"
)

// Replace returns text with body as the contents of the named section, which is
// between the lines
//
//	<!-- BEGIN name: how it is made -->
//	<!-- END name -->
//
// of which text must have exactly one pair.
func Replace(text, name, body string) (string, error) {
	from, to, err := bounds(text, name)
	if err != nil {
		return "", err
	}
	return text[:from] + strings.TrimRight(body, "\n") + "\n" + text[to:], nil
}

// Section returns the contents of the named section of text.
func Section(text, name string) (string, error) {
	from, to, err := bounds(text, name)
	if err != nil {
		return "", err
	}
	return text[from:to], nil
}

// bounds returns where the contents of the named section start and end.
func bounds(text, name string) (from, to int, err error) {
	begin, end := "<!-- BEGIN "+name+":", "<!-- END "+name+" -->"
	if strings.Count(text, begin) != 1 || strings.Count(text, end) != 1 {
		return 0, 0, fmt.Errorf("want one line %s ... --> and one line %s", begin, end)
	}
	from = strings.Index(text, begin)
	newline := strings.IndexByte(text[from:], '\n')
	to = strings.Index(text, end)
	if from += newline + 1; newline < 0 || to < from {
		return 0, 0, fmt.Errorf("%s comes before %s", end, begin)
	}
	return from, to, nil
}
