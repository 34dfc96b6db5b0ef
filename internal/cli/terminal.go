package cli

import (
	"fmt"
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

// refuseTerminal returns an error if a page or a picture would be poured into a terminal.
func (c *command) refuseTerminal(d destination) error {
	if d.File != "" || d.Format != "html" && d.Format != "svg" || !term.IsTerminal(int(c.stdout.Fd())) {
		return nil
	}
	return fmt.Errorf("%s is for a browser and not for a terminal: name a file, as in -o ctxlint.%[1]s", d.Format)
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
