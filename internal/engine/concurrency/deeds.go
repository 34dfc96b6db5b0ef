package concurrency

import (
	"golang.org/x/tools/go/ssa"

	"github.com/ctxlint/ctxlint/internal/engine/fixpoint"
)

// A Holder is a function that has a channel, its own or one that it is given.
type Holder struct {
	Fn   *ssa.Function
	Held *Held
}

// A Run is a holder that a call, defer or go statement runs.
type Run struct {
	Holder
	Times    int  // how often, at most [Many]
	Callback bool // it is not called itself, but given to what calls it
}

// Deeds are what a call of a holder may do to its channel, itself or in what it calls
// and starts.
type Deeds uint8

// Those of goroutines that a call starts are further to the left.
const (
	Sends Deeds = 1 << iota
	Receives
	Closes

	Unknown Deeds = 1 << 7 // the channel goes where it is not followed

	started = 3
)

// Started returns what goroutines do that are started.
func (d Deeds) Started() Deeds { return d >> started & (Sends | Receives | Closes) }

// Inline returns what is done before the call returns.
func (d Deeds) Inline() Deeds { return d & (Sends | Receives | Closes) }

// Deeds returns what a call of the holder may do to its channel.
func (p *Package) Deeds(h Holder) Deeds { return p.deeds.Get(h) }

func (p *Package) newDeeds() *fixpoint.Solver[Holder, Deeds] {
	return fixpoint.New(fixpoint.Problem[Holder, Deeds]{
		Step:  p.findDeeds,
		Join:  func(before, now Deeds) Deeds { return before | now },
		Equal: func(a, b Deeds) bool { return a == b },
		Spent: Unknown,
	})
}

func (p *Package) findDeeds(h Holder) (all Deeds) {
	_, isParam := h.Held.Origin.(*ssa.Parameter)
	if h.Held.Unknown || isParam && len(h.Held.Returns) > 0 {
		return Unknown
	}
	for _, op := range h.Held.Ops {
		if op.Fn() == h.Fn {
			all |= [...]Deeds{Send: Sends, Recv: Receives, Close: Closes}[op.Kind]
		}
	}
	for _, site := range h.Held.in[h.Fn] {
		for _, to := range p.Handed(site, h.Held) {
			d := p.deeds.Get(to.Holder)
			if Starts(site) {
				d = d&Unknown | (d.Inline()|d.Started())<<started
			}
			all |= d
		}
	}
	return all
}

// Starts reports whether a site of a holder starts a goroutine, rather than calls or
// defers a call.
func Starts(site ssa.Instruction) bool {
	switch site := site.(type) {
	case *ssa.Go:
		return true
	case *ssa.Call:
		return starter(&site.Call)
	}
	return false
}

// Sites returns the calls, defers and go statements in fn that run something that has
// the channel.
func (h *Held) Sites(fn *ssa.Function) []ssa.Instruction { return h.in[fn] }

// Handed returns what a call, defer or go statement runs that has the channel h.
func (p *Package) Handed(site ssa.Instruction, h *Held) []Run {
	var to []Run
	for _, g := range h.sites[site] {
		held := h
		if g.Param != nil {
			held = p.Held(g.Param)
		}
		to = append(to, Run{Holder{g.Fn, held}, g.times, g.callback})
	}
	return to
}
