package words

import "unicode"

// CleansUp reports whether a function's name says that it ends something that
// the program began: Close, Shutdown, Rollback, closeConn, preStop. Releasing a
// payment or stopping a subscription is not cleanup but ordinary business.
func CleansUp(name string) bool {
	words := Split(name)
	if rest, ok := When.CutWords(words); ok {
		words = rest
	}
	rest, ok := Cleans.CutWords(words)
	return ok && (And.prefix(rest) > 0 || Own.All(rest))
}

// SettlesUp reports whether a function's name says that it deals with what is left at
// the end: it cleans up, or it drains, flushes or gives back.
func SettlesUp(name string) bool { return CleansUp(name) || Settles.Leads(name) }

// IsForEnd reports whether the name of a context, or of the time that it is given, says
// that it is for the end of something: shutdownCtx, drainTimeout.
func IsForEnd(name string) bool { return (Cleans | Settles).In(name) }

// StartsUp reports whether a function's name says that it is called once, when the
// process starts: InitTracing, LoadSettings.
func StartsUp(name string) bool {
	return Begins.Leads(name) || LooksUp.Leads(name) && Settings.Trails(name)
}

// IsHook reports whether a function's name says that it registers a callback for
// the end of something: OnShutdown, RegisterOnShutdown, AddStopHook,
// WithCloseFunc.
func IsHook(name string) bool {
	rest, ok := Hooks.Cut(name)
	for ; ok && len(rest) > 0; rest = rest[1:] {
		if Events.prefix(rest) > 0 {
			return true
		}
	}
	return false
}

// IsLogging reports whether a function, or a variable that holds one, is called
// as if it logged: Infof, WarnContext, LogIf, storeLogOnceIf. Logging in or out
// is something else, and a bare verb has to be exported: what an unexported
// trace or print does can be seen in its body.
func IsLogging(name string) bool {
	words := Split(name)
	if rest, ok := Logs.CutWords(words); ok && LogTail.All(rest) && unicode.IsUpper([]rune(name)[0]) {
		return true
	}
	for i := range words {
		rest, ok := Log.CutWords(words[i:])
		if !ok || len(rest) == 0 {
			continue
		}
		if i == 0 && LogNot.prefix(rest) == 0 || i > 0 && LogEnd.All(rest) {
			return true
		}
	}
	return false
}

// WithContext returns the names that a function is likely to have which does what
// the named one does, and takes a context.
func WithContext(name string) []string {
	return []string{name + "Context", name + "Ctx", name + "WithContext", name + "WithCtx", "Context" + name}
}

// IsMember reports whether a function's name says that it tells whether its
// argument is in a set: has, ContainsKey, isAllowed, KnownLabel.
func IsMember(name string) bool {
	words := Split(name)
	if Contains.is(words) {
		return true
	}
	if rest, ok := Is.CutWords(words); ok {
		words = rest
	}
	return Known.prefix(words) > 0
}
