// Package words says what a name may mean: one table of words, each with the
// classes of meaning that it hints at.
//
// A name is a guess. It may lower what is otherwise proven, and it stands in for
// a body that is out of sight, but it never replaces a body that can be read.
//
// Names are matched by whole words, see [Split], never by parts of one: "stop" is
// in StopAll and gracefulStop, not in Stopwords. An entry of several words is
// found written together, too: "shut down" is in ShutDown, Shutdown and
// shutdownAll. Each row of the table has names that it must not match, which are
// tests.
package words

import "sync"

// A Class is a meaning that a word may have, or a union of several: what (Ends |
// Frees).Leads accepts begins with a word of either.
type Class uint64

// The classes; their words, with examples, stand in the table.
const (
	Ends       Class = 1 << iota // ends the life of something, be it the business of a service
	Closes                       // the methods with which an owner ends what it has
	Leaves                       // the other methods that end the life of an object
	Frees                        // takes out, or gives back, what an instance had
	Cleans                       // ends what the program has for itself, if what follows says so, see [CleansUp]
	Own                          // what a program has for itself, and has to close
	Undoes                       // takes back what was done
	Over                         // a channel or a context that tells that the work is to end
	Cancelled                    // tells that a context has ended
	Fails                        // something has gone wrong
	Events                       // the end of something, for which a callback is registered
	Hooks                        // registers a callback, for an event that the name goes on with
	When                         // before or after an event
	Registers                    // keeps what it is given, to run it at some later time
	Defers                       // runs what it is given when something is over
	Starts                       // something goes on living when the function returns
	Retains                      // keeps a context that it is given
	Opens                        // gives something that lives as long as the context that it is given
	Makes                        // gives something new
	Reads                        // reads a value of a context
	Spans                        // takes the span of a trace
	Joins                        // may return only when goroutines have come to an end
	Waits                        // returns only then
	Logs                         // tells somebody what happened
	LogTail                      // what follows a verb that logs
	Log                          // the word log itself
	LogEnd                       // what follows log
	LogNot                       // what makes another verb of log, such as in
	LogPackage                   // names of packages that log
	LongLived                    // types whose context is that of a service
	Identifies                   // one of no end of things
	Tenancy                      // one of the tenants of a service, of which there are few
	Tenant                       // the tenant, as such
	Validates                    // refuses what is not of a certain form, or brings it into that form
	Contains                     // whether something is in a set
	Known                        // whether something is one of those known
	LooksUp                      // fetches what a key stands for
	Writes                       // appends what it is given
	Reconciles                   // brings an object into the state that is wanted
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

// Is reports whether the name is a word of the class and nothing else.
func (c Class) Is(name string) bool { return c.is(Split(name)) }

// Cut returns the words of the name without the longest entry of the class that
// it begins with, and whether there is one.
func (c Class) Cut(name string) (rest []string, ok bool) { return c.CutWords(Split(name)) }

// CutWords is [Class.Cut] for a name that has been split.
func (c Class) CutWords(words []string) (rest []string, ok bool) {
	n := c.prefix(words)
	return words[n:], n > 0
}

// All reports whether the words are all of the class; none are.
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

// prefix returns how many words the longest entry of the class has with which
// words begin, 0 if there is none.
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

// longest is how many words an entry may have when it is written with spaces.
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
