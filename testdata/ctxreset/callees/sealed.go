package callees

import "context"

// All values of these are made here, and ignore their contexts.

type gauge interface {
	Level(ctx context.Context) int
}

type tank struct{ level int }

func (t tank) Level(context.Context) int { return t.level }

var main gauge = tank{1}

func level(ctx context.Context) int { return main.Level(context.TODO()) }

// Dial is exported, but nobody can hand one in.
type Dial interface {
	Turn(ctx context.Context) int
}

type knob struct{ at int }

func (k *knob) Turn(context.Context) int { k.at++; return k.at }

// NewDial gives one out.
func NewDial() Dial { return new(knob) }

func turns(ctx context.Context) int { return NewDial().Turn(context.TODO()) }

// Importers can hand these in: to a function, in a field, as another interface, and as
// any value.

type probe interface {
	Probe(ctx context.Context) int
}

type noProbe struct{}

func (noProbe) Probe(context.Context) int { return 0 }

// Probe asks one.
func Probe(ctx context.Context, p probe) int {
	return p.Probe(context.TODO()) // want `low direct: context\.TODO`
}

type meter interface {
	Measure(ctx context.Context) int
}

type noMeter struct{}

func (noMeter) Measure(context.Context) int { return 0 }

// House has meters.
type House struct{ Meters []meter }

func (h *House) measure(ctx context.Context) int {
	return h.Meters[0].Measure(context.TODO()) // want `low direct: context\.TODO`
}

type narrow interface {
	Look(ctx context.Context) int
}

// Wide has the methods of narrow.
type Wide interface {
	narrow
	Other()
}

type noLook struct{}

func (noLook) Look(context.Context) int { return 0 }

func look(ctx context.Context, n narrow) int {
	return n.Look(context.TODO()) // want `low direct: context\.TODO`
}

type option interface {
	Choose(ctx context.Context) int
}

type noOption struct{}

func (noOption) Choose(context.Context) int { return 0 }

func choose(ctx context.Context, v any) int {
	if o, ok := v.(option); ok {
		return o.Choose(context.TODO()) // want `low direct: context\.TODO`
	}
	return 0
}
