package words

import (
	"math/bits"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestSplit(t *testing.T) {
	for name, want := range map[string][]string{
		"":                {},
		"_":               {},
		"log":             {"log"},
		"logErr":          {"log", "err"},
		"InternalLogIf":   {"internal", "log", "if"},
		"set_err":         {"set", "err"},
		"SET_ERR__":       {"set", "err"},
		"DB":              {"db"},
		"HTTPServerClose": {"http", "server", "close"},
		"closeHTTP":       {"close", "http"},
		"userIDs":         {"user", "ids"},
		"IDsOfUser":       {"ids", "of", "user"},
		"DBs":             {"dbs"},
		"As":              {"as"},
		"sha256Sum":       {"sha", "256", "sum"},
		"V2Client":        {"v", "2", "client"},
		"X-Tenant-ID":     {"x", "tenant", "id"},
		"r.Header.Get":    {"r", "header", "get"},
		"schließeÜber":    {"schließe", "über"},
	} {
		if diff := cmp.Diff(want, Split(name), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("Split(%q) (-want +got):\n%s", name, diff)
		}
	}
}

// TestRows checks that each example has an entry of its row, in all classes of
// the row, and that each counter-example has none.
func TestRows(t *testing.T) {
	for _, r := range rows {
		if r.yes == "" || r.no == "" || r.means == 0 {
			t.Errorf("the row of %q lacks examples, counter-examples or a meaning", r.words)
		}
		for name := range strings.FieldsSeq(r.yes) {
			if !r.in(name) {
				t.Errorf("%q has none of %q", name, r.words)
			}
			for _, c := range classes(r.means) {
				if r.in(name) && !c.In(name) && r.plain(name) {
					t.Errorf("%q is not in class %d of %q", name, bits.TrailingZeros64(uint64(c)), r.words)
				}
			}
		}
		for name := range strings.FieldsSeq(r.no) {
			if r.in(name) {
				t.Errorf("%q has one of %q", name, r.words)
			}
		}
	}
}

// in reports whether consecutive words of the name are an entry of the row.
func (r row) in(name string) bool {
	return r.any(name, func(entry) bool { return true })
}

// plain is like in for entries without an ending.
func (r row) plain(name string) bool {
	return r.any(name, func(e entry) bool { return e.means == r.means })
}

func (r row) any(name string, want func(entry) bool) bool {
	words := Split(name)
	for i := range words {
		for n := i + 1; n <= len(words); n++ {
			joined := strings.Join(words[i:n], "")
			if slices.ContainsFunc(r.entries(), func(e entry) bool { return e.joined == joined && want(e) }) {
				return true
			}
		}
	}
	return false
}

func classes(c Class) []Class {
	var out []Class
	for b := Class(1); b <= lastClass; b <<= 1 {
		if c&b != 0 {
			out = append(out, b)
		}
	}
	return out
}

// TestDistinct checks that no entry occurs twice, since the second would be
// given the classes of the first.
func TestDistinct(t *testing.T) {
	seen := make(map[string]string)
	for _, r := range rows {
		for _, e := range r.entries() {
			if other, ok := seen[e.joined]; ok && (other != r.words || e.means == r.means) {
				t.Errorf("%q is in the rows of %q and %q", e.joined, other, r.words)
			}
			seen[e.joined] = r.words
		}
		for phrase := range strings.SplitSeq(r.words, ",") {
			if got := Split(phrase); len(got) > longest || strings.Join(got, " ") != phrase {
				t.Errorf("%q is not up to %d words in lower case", phrase, longest)
			}
		}
	}
	for b := Class(1); b <= lastClass; b <<= 1 {
		if !slices.ContainsFunc(rows, func(r row) bool { return r.means&b != 0 }) {
			t.Errorf("class %d has no words", bits.TrailingZeros64(uint64(b)))
		}
	}
}

func TestPositions(t *testing.T) {
	const name = "StopHTTPServer"
	for _, test := range []struct {
		what string
		got  bool
		want bool
	}{
		{"in", Ends.In("serverStopAll"), true},
		{"in, part of a word", Ends.In("serverUnstoppableAll"), false},
		{"leads", Ends.Leads(name), true},
		{"leads, not first", Ends.Leads("serverStop"), false},
		{"trails", LongLived.Trails(name), true},
		{"trails, not last", LongLived.Trails("ServerStop"), false},
		{"trails, several words", Identifies.Trails("theUserID"), true},
		{"is", Closes.Is("Stop"), true},
		{"is, more than that", Closes.Is(name), false},
		{"is, several words", Closes.Is("shut_down"), true},
		{"union", (Leaves | Closes).Is("Release"), true},
		{"another class", Opens.Is("Stop"), false},
		{"nothing", Ends.In("") || Ends.Leads("") || Ends.Trails("") || Ends.Is(""), false},
	} {
		if test.got != test.want {
			t.Errorf("%s: %v", test.what, test.got)
		}
	}
	if rest, ok := Cleans.Cut("GracefulStopAll"); !ok || !slices.Equal(rest, []string{"all"}) {
		t.Errorf("Cut left %q, %v", rest, ok)
	}
}

func TestMeaning(t *testing.T) {
	for _, test := range []struct {
		what    string
		means   func(string) bool
		yes, no string
	}{
		{"CleansUp", CleansUp,
			"Close Stop shutdown closeConn CloseAndWait CloseIdleConnections preStop PostShutdown cleanup closeCtx closeWithContext onStop closeAllClients stopContainerNow",
			"Closest CloseAccount StopSubscription CloseAndroid ReleasePayment UnlockUser pre AddStopwords deleteSession"},
		{"SettlesUp", SettlesUp,
			"Close drain flushAll RequeueJob Shutdown releaseLock rollback nackAll giveBack",
			"drained closeAccount releasePayment flushed queue save"},
		{"IsForEnd", IsForEnd,
			"shutdownCtx ctxShutdown drainTimeout releaseCtx cleanupPeriod flushDeadline closeCtx stopCtx",
			"ctx queryTimeout stopwordsCtx timeout shutter closedCtx"},
		{"StartsUp", StartsUp,
			"Init InitTracing LoadSettings GetServerConfig Bootstrap initialize",
			"LoadOrder initialOrder Settings LoadConfigs SaveSettings Start"},
		{"IsHook", IsHook,
			"OnShutdown RegisterOnShutdown AddShutdownHook WithCloseFunc onEvicted BeforeStop SetCleanup PreStop onServerClose",
			"AddStopwords OnMessage WithCloset Shutdown Stop onceStopped Address"},
		{"IsLogging", IsLogging,
			"Info Infof Infow InfoContext InfofCtx InfoS LogAttrs Log Println Error LogIf logError storeLogOnceIf InternalLogIf logEvent logPayment Warn",
			"login logIn LogOut LogInto print trace Terms Document Information dialogIf catalogEvent log Logger Backtrace errorOf"},
		{"IsMember", IsMember,
			"has Contains containsKey exists IsMember isKnown KnownLabel allowed isValidName In",
			"hash isUnknown hasAll containment island isInvalid"},
	} {
		for name := range strings.FieldsSeq(test.yes) {
			if !test.means(name) {
				t.Errorf("%s(%q) = false", test.what, name)
			}
		}
		for name := range strings.FieldsSeq(test.no) {
			if test.means(name) {
				t.Errorf("%s(%q) = true", test.what, name)
			}
		}
	}
}

// FuzzSplit checks that the words of a name are its letters and digits, in
// order.
func FuzzSplit(f *testing.F) {
	for _, name := range []string{"HTTPServerClose", "a_b", "IDs", "ǅa", "x2y", "", "_"} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		joined := strings.Join(Split(name), "")
		for _, w := range Split(name) {
			if w == "" {
				t.Fatalf("Split(%q) has an empty word", name)
			}
		}
		if want := strings.ToLower(letters(name)); joined != want {
			t.Errorf("Split(%q) joined is %q, want %q", name, joined, want)
		}
	})
}

func letters(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, name)
}
