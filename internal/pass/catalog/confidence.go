package catalog

import (
	"fmt"
	"slices"
	"strings"
)

// ConfidenceFlag is the name of the flag, common to all analyzers, that asks for findings of which less
// is proved.
const ConfidenceFlag = "confidence"

// A Confidence says how much of a finding has been proved. Greater is less.
type Confidence int

// The levels.
const (
	// High means that every step is proved: what is lost, that it is lost on a path
	// that can be taken, and that nobody else provides for it.
	High Confidence = iota
	// Medium means that one step is likely and not proved, such as the behaviour of
	// a callee whose body is out of sight, or that several functions have to be declared
	// otherwise, which is not always worth it.
	Medium
	// Low means that the code is as the finding says, but that of findings of its kind
	// in code that was met for the first time, fewer were worth a change than Medium
	// promises. Nothing is promised.
	Low

	// Least is the level to ask for if all findings are wanted.
	Least = Low
)

// Grade returns High for what is proved, and Medium for what is only likely.
func Grade(proved bool) Confidence {
	if proved {
		return High
	}
	return Medium
}

var confidences = []string{High: "high", Medium: "medium", Low: "low"}

// Confidences returns the names of the levels, from the highest to the least.
func Confidences() []string { return slices.Clone(confidences) }

func (c Confidence) String() string { return confidences[c] }

// MarshalText returns the name of the level.
func (c Confidence) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText sets the level to the one with the given name. For any other text,
// the error lists the names.
func (c *Confidence) UnmarshalText(text []byte) error {
	for i, name := range confidences {
		if name == string(text) {
			*c = Confidence(i)
			return nil
		}
	}
	last := len(confidences) - 1
	return fmt.Errorf("confidence is %s or %s, and not %q", strings.Join(confidences[:last], ", "), confidences[last], text)
}

// Set is UnmarshalText for package flag.
func (c *Confidence) Set(text string) error { return c.UnmarshalText([]byte(text)) }
