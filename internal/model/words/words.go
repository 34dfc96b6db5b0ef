// Package words says what a name may mean: one table of words, each with the
// classes of meaning that it hints at.
//
// A name is only a hint. It may weaken what is otherwise proved, and it stands
// in for a body that is out of sight, but it never replaces a body that can be
// read.
//
// Names are matched by whole words, see [Split], never by parts of words:
// "stop" is in StopAll and gracefulStop, but not in Stopwords. An entry of
// several words is also found when they are written together: "shut down" is in
// ShutDown, Shutdown and shutdownAll. Each row of the table has names that it
// must not match; a test checks them.
package words

import "sync"

// A Class is a meaning that a word may have, or a union of several: what (Ends |
// Frees).Leads accepts begins with a word of either.
type Class uint64

// The classes. Their words, with examples, are in the table.
const (
	Ends       Class = 1 << iota // ends the life of something, be it the business of a service
	Closes                       // the methods with which an owner ends what it owns
	Leaves                       // the other methods that end the life of an object
	Frees                        // takes out, or gives back, what an instance had
	Cleans                       // ends what the program has for its own use, if what follows says so, see [CleansUp]
	Own                          // what a program has for its own use, and has to close
	Settles                      // hands on or takes back what is left at the end
	Undoes                       // takes back what was done
	Over                         // a channel or a context that signals that the work should end
	Cancelled                    // says that a context has ended
	Fails                        // something has gone wrong
	Failures                     // counts of what has gone wrong
	Units                        // units of time
	Past                         // its time has come
	Events                       // the end of something that callbacks are registered for
	Hooks                        // registers a callback for the event that the rest of the name says
	When                         // before or after an event
	Registers                    // keeps what it is given, to run it later
	Shares                       // runs what it is given once, for all who ask
	Defers                       // runs what it is given when something is over
	Begins                       // is done once, at the start of the process
	Settings                     // what a process reads at its start
	Starts                       // something lives on after the function returns
	Retains                      // keeps a context that it is given
	Lasts                        // runs on, with the context that it is given, after it has returned
	Opens                        // gives something that lives as long as the context that it is given
	Makes                        // gives something new
	Reads                        // reads a value of a context
	Spans                        // takes the span out of a context
	Joins                        // may return only after goroutines have ended
	Waits                        // returns only after goroutines have ended
	Logs                         // tells somebody what happened
	LogTail                      // what follows a verb that logs
	Log                          // the word log itself
	LogEnd                       // what follows the word log
	LogNot                       // what makes a different verb of log, such as in
	LogPackage                   // names of packages that log
	LongLived                    // types whose context is that of a service
	Identifies                   // one of an unbounded number of things
	Tenancy                      // one of the few tenants of a service
	Tenant                       // the tenant itself
	PerUser                      // as the name of a label: there is a value for each user, session or request
	RowKey                       // the column that tells the rows of a table apart
	Validates                    // refuses what is not of a certain form, or brings it into that form
	Contains                     // whether something is in a set
	Known                        // whether something is one of a known set
	LooksUp                      // fetches what belongs to a key
	Writes                       // appends what it is given
	Alters                       // changes what is stored, and may be meant to be finished once begun
	Serves                       // does its work until it is told to end
	Reconciles                   // brings an object into the state that is wanted
	Recovers                     // catches panics
	And                          // joins two verbs
	Is                           // asks

	lastClass = Is
)

// In reports whether a word of the name is of the class.
func (c Class) In(name string) bool {
	words := Split(name)
	for i := range words {
		if c.prefix(words[i:]) > 0 {
			return true
		}
	}
	return false
}

// Leads reports whether the name begins with a word of the class.
func (c Class) Leads(name string) bool { return c.prefix(Split(name)) > 0 }

// Trails reports whether the name ends with a word of the class.
func (c Class) Trails(name string) bool {
	words := Split(name)
	for i := max(0, len(words)-longest); i < len(words); i++ {
		if c.is(words[i:]) {
			return true
		}
	}
	return false
}

// Is reports whether the whole name is a word of the class.
func (c Class) Is(name string) bool { return c.is(Split(name)) }

// Cut returns the words of the name after the longest entry of the class that
// it begins with, and whether it begins with one.
func (c Class) Cut(name string) (rest []string, ok bool) { return c.CutWords(Split(name)) }

// CutWords is [Class.Cut] for a name that is already split.
func (c Class) CutWords(words []string) (rest []string, ok bool) {
	n := c.prefix(words)
	return words[n:], n > 0
}

// All reports whether all words are of the class. It is false for no words.
func (c Class) All(words []string) bool {
	for len(words) > 0 {
		n := c.prefix(words)
		if n == 0 {
			return false
		}
		words = words[n:]
	}
	return true
}

// prefix returns the number of words in the longest entry of the class that
// words begins with, or 0 if there is none.
func (c Class) prefix(words []string) int {
	for n := min(longest, len(words)); n > 0; n-- {
		if c.is(words[:n]) {
			return n
		}
	}
	return 0
}

func (c Class) is(words []string) bool {
	switch len(words) {
	case 0:
		return false
	case 1:
		return index()[words[0]]&c != 0
	}
	joined := ""
	for _, w := range words {
		joined += w
	}
	return index()[joined]&c != 0
}

// longest is the maximum number of words in an entry, as written with spaces.
const longest = 3

// index holds the classes of each entry, written together. It is made when it is
// first needed: "go vet" starts a process for each package.
var index = sync.OnceValue(func() map[string]Class {
	x := make(map[string]Class)
	for _, r := range rows {
		for _, e := range r.entries() {
			x[e.joined] |= e.means
		}
	}
	return x
})
