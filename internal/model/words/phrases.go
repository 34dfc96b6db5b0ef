package words

// A phrase is a row of the table of what people write in a comment where they
// cut work off from the context of its caller on purpose, with example comments
// that are tests.
type phrase struct {
	// pattern has whole words: | separates alternatives, a ? after them makes them
	// optional, and * stands for up to three words of the same clause.
	pattern string
	atEnd   bool   // it says that the code runs when the process ends
	plain   bool   // it says both that something is intended and that it is a fresh context
	unless  string // words in the rest of the sentence that change what it says
	state   bool   // it describes a state: after "if" or "when" it gives no reason
	yes     string // comments that say it, separated by |
	no      string // comments that have its words but mean something else
}

// Parts that several patterns share.
const (
	theCaller = "ctx|context|caller|caller's|callers|client|client's|clients|user|user's|browser|request|request's|requests|rpc|parent|parent's|handler|r.context|req.context|cancellation|disconnect|disconnects"
	ofCaller  = "the|its|this|our|any|a? incoming|inbound|original|current|http? " + theCaller
	aFresh    = "new|fresh|separate|own|different|background|dedicated|independent|detached context|ctx"
	aRoot     = "context.background|context.todo"
	isMeant   = "deliberate|deliberately|intentional|intentionally|purposely"
	isOver    = "cancelled|canceled|done|gone|expired|over|closed|dead|disconnected"
	itEnds    = isOver + "|cancels|expires|disconnects|leaves|left|returns|returned|ends|ended|finishes|finished|goes|went|aborts|dies|stops|hangs"
	derived   = "derived|inherits|inheriting|child"
)

var phrases = []phrase{
	{
		pattern: isMeant + " * " + aRoot,
		plain:   true,
		yes:     "The write below deliberately stays on context.Background() so that it is made. | Intentionally context.TODO: the job is the queue's.",
		no:      "Deliberately slow. | It is not deliberately on context.Background().",
	},
	{
		pattern: isMeant + " * " + aFresh,
		plain:   true,
		unless:  derived,
		yes:     "Deliberately a new ctx.",
		no:      "Deliberately a new context derived from ctx. | This is deliberately small.",
	},
	{
		pattern: aRoot + " * " + isMeant,
		plain:   true,
		yes:     "context.Background() is deliberate",
		no:      "Is context.Background() deliberate? | context.Background() would be a mistake; the retry is deliberate.",
	},
	{
		pattern: aFresh + " * " + isMeant,
		plain:   true,
		unless:  derived,
		yes:     "The separate context is deliberate.",
		no:      "The new context is deliberately derived from the request's. | A new context. Deliberately small.",
	},
	{
		pattern: aRoot + " * on purpose",
		plain:   true,
		yes:     "context.Background() on purpose | context.TODO() is there on purpose",
		no:      "Nobody passes context.Background() on purpose. | Background on purposes.",
	},
	{
		pattern: aFresh + " * on purpose",
		plain:   true,
		unless:  derived,
		yes:     "a fresh ctx on purpose",
		no:      "A new context. Small on purpose. | a fresh ctx, on purpose derived from the request's",
	},
	{
		pattern: isMeant + " * not|ignore|ignores|ignoring|without|instead|detached|independent * " + theCaller,
		yes:     "Deliberately not the request's context. | intentionally ignoring the caller's cancellation | Deliberately detached from the request.",
		no:      "The user deliberately leaves. | Deliberately small, so that the request fits.",
	},
	{
		pattern: "detach|detaches|detached|detaching it|them|this? from " + ofCaller,
		yes:     "Detached from the request, which has its own limits. | detach it from the incoming ctx",
		no:      "Detach the volume from the node. | This is not detached from the request. | Is this detached from the request? | The detachment takes a minute.",
	},
	{
		pattern: "outlive|outlives|outliving|outlast|outlasts|survive|survives|surviving " + ofCaller,
		yes:     "The upload outlives the request. | It has to survive the client.",
		no:      "Sessions survive a restart. | It must not outlive the request. | It doesn't outlive the request. | The survivors are asked.",
	},
	{
		pattern: "independent|independently of|from " + ofCaller,
		yes:     "Independent of the caller. | runs independently from the request",
		no:      "Independent of the order of keys. | It is no longer independent of the request.",
	},
	{
		pattern: "regardless of " + ofCaller,
		yes:     "Saved regardless of the client.",
		no:      "Sorted regardless of the locale. | This cannot be done regardless of the client.",
	},
	{
		pattern: "even if|when|after|though * " + theCaller + " * " + itEnds,
		yes:     "The audit is written even if the client disconnects. | even when the request has been cancelled",
		no:      "Even if the list is empty. | The query ends when the client disconnects. | This is not sent even if the client disconnects.",
	},
	{
		pattern: "not|never be? cancelled|canceled|tied|bound|interrupted|aborted by|with|to|when|if|because " + ofCaller,
		yes:     "The write must not be cancelled by the client. | It isn't tied to the request. | Not tied to the request.",
		no:      "The ping is cancelled together with the request. | Paid orders must not be cancelled. | The query is tied to the request. | Untied to the request?",
	},
	{
		pattern: "not|never cancel|interrupt|abort * when|if|because|with " + ofCaller,
		yes:     "Don't cancel the upload when the client leaves. | must never abort with the request",
		no:      "Do not cancel paid orders. | Cancel the upload when the client leaves.",
	},
	{
		pattern: "ctx|context|request|caller|client|parent|r.context is|was|has|have|be|been? already been? " + isOver,
		state:   true,
		yes:     "The request is already cancelled here. | ctx has already expired",
		no:      "If ctx is already cancelled, return at once. | The order was already cancelled. | The request is not already cancelled.",
	},
	{
		pattern: "ctx|context|request|caller|client|parent|r.context may|might|could already? be|have been? " + isOver,
		state:   true,
		yes:     "ctx may be done by now. | The client may already be gone. | The request might have been cancelled.",
		no:      "The order may be cancelled. | Ask whether the request may be cancelled. | ctx may be nil.",
	},
	{
		pattern: "ctx|context|request|parent|r.context has|have been " + isOver,
		state:   true,
		yes:     "The context has been cancelled by the shutdown.",
		no:      "Once the context has been cancelled, nothing is sent. | The job has been cancelled.",
	},
	{
		pattern: "client|caller|user|browser has|is|may|might have|be? already|long? gone|left|disconnected away?",
		state:   true,
		yes:     "The client has long gone. | The caller may have disconnected.",
		no:      "Stop when the client has gone. | The client has a name. | The client has not left.",
	},
	{
		pattern: "client|caller|user|browser that|who leaves|disconnects|aborts|goes|hangs|gives away|up? must|should|may|can not|never",
		yes:     "A client that disconnects must not orphan what was just written. | A caller who goes away must never stop it.",
		no:      "A client that disconnects cancels the query. | A client that calls must not disconnect.",
	},
	{
		pattern: "must|should|may not orphan|strand",
		yes:     "This must not orphan the row.",
		no:      "Collect the orphans. | Rows are orphaned. | An orphan may remain.",
	},
	{
		pattern: "use|uses|using|needs|in|on|under|with|gets|runs a|an|its|their|our? " + aFresh,
		unless:  derived,
		yes:     "Use a separate context. | Runs in its own context, whose deadline is longer.",
		no:      "Every new context counts. | Use a new context derived from the caller's. | Do not use a separate context. | with newer contexts",
	},
	{
		pattern: "fresh|separate|detached|background context|ctx because|since|so|as|:",
		unless:  derived,
		yes:     "Fresh ctx: the order is kept whatever becomes of the request. | a background context because the job goes on",
		no:      "A fresh context: derived from ctx. | The context is fresh because the request is. | No separate context because one is enough.",
	},
	{
		pattern: "background|" + aRoot + " , not",
		yes:     "Background, not ctx. | context.Background(), not the request's.",
		no:      "In the background, nothing is ended. | Not Background, not TODO.",
	},
	{
		pattern: "background|" + aRoot + " here? because|since|so|here",
		yes:     "context.Background() because the caller's is over | Background here, because the job goes on.",
		no:      "The background, because it is blue. | TODO: context.Background() because there is nothing better. | It isn't Background because of that.",
	},
	{
		pattern: "use|uses|using|stay|stays|keep|keeps|run|runs|pass|passes with|on|under|in? " + aRoot,
		yes:     "We use context.Background() as the cache is shared. | stays on context.Background()",
		no:      "Do not use context.Background() here. | FIXME: uses context.Background() | Why do we use context.Background()? | The use of context.Backgrounds",
	},
	{
		pattern: "instead of the? ctx|r.context|req.context",
		yes:     "A root instead of ctx. | instead of r.Context()",
		no:      "The id instead of the name. | Do not pass it instead of ctx.",
	},
	{
		pattern: "instead of the? request's|caller's|parent|parent's|client's context|ctx",
		yes:     "A root instead of the request's context.",
		no:      "The header instead of the request's body. | never this instead of the caller's context",
	},
	{
		pattern: "not use|pass|inherit the? ctx|r.context|req.context",
		yes:     "Do not use ctx: it is over. | We can't pass r.Context() here.",
		no:      "Do not use contexts. | Pass ctx.",
	},
	{
		pattern: "not use|pass|inherit the? request's|caller's|parent|parent's|client's context|ctx",
		yes:     "Does not inherit the request's context. | must not use the parent ctx",
		no:      "Do not use the parent directory. | Use the request's context.",
	},
	{
		pattern: "not r.context|req.context",
		yes:     "The job's, not r.Context().",
		no:      "This is r.Context(). | Not the request. | Nobody says not r.Context().",
	},
	{
		pattern: "at|on|during|upon|until|after|before|while|when|if the|a|this|its? graceful|orderly? process|service|server|worker? is|are? shutdown|shutting|exit|termination|terminating|exiting down?",
		atEnd:   true,
		yes:     "Flushes the queue at shutdown. | Called during graceful shutdown. | Gives the jobs back when the worker is shutting down. | on shutdown",
		no:      "Registers hooks for the shutdown. | Not called at shutdown. | Called at the end.",
	},
	{
		pattern: "best effort",
		yes:     "Best-effort. | This is best effort",
		no:      "The best efforts fail. | This is no best effort.",
	},
	{
		pattern: "fire and forget",
		yes:     "fire-and-forget | Fire and forget.",
		no:      "Fire, and forget the rest. | Nothing to fire and forget.",
	},
}
