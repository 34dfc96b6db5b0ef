package cli

import (
	"os"

	"golang.org/x/term"
)

// capableTerminal reports whether f is a terminal that understands escape
// sequences.
func capableTerminal(f *os.File) bool {
	return os.Getenv("TERM") != "dumb" && term.IsTerminal(int(f.Fd())) && enableSequences(f)
}

// colorOn reports whether text on f should be coloured. It reads the
// environment as https://no-color.org and https://bixense.com/clicolors
// describe; the flag takes precedence.
func (c *command) colorOn(f *os.File) bool {
	switch force := os.Getenv("CLICOLOR_FORCE"); {
	case c.color == "always":
		return true
	case c.color == "never", os.Getenv("NO_COLOR") != "":
		return false
	case force != "" && force != "0":
		return true
	case os.Getenv("CLICOLOR") == "0":
		return false
	}
	return capableTerminal(f)
}

// terminalWidth returns the width of the terminal f, or 0 if it is not a
// terminal.
func terminalWidth(f *os.File) int {
	width, _, err := term.GetSize(int(f.Fd()))
	if err != nil {
		return 0
	}
	return width
}
