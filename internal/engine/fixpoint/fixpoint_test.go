package fixpoint_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/ctxlint/ctxlint/internal/engine/fixpoint"
)

// graph is a random set of functions that call each other.
type graph struct {
	calls [][]int
	uses  []bool // of the parameter, by the function itself
}

func randomGraph(r *rand.Rand) graph {
	n := 1 + r.IntN(12)
	g := graph{make([][]int, n), make([]bool, n)}
	for i := range n {
		g.uses[i] = r.IntN(6) == 0
		for range r.IntN(4) {
			g.calls[i] = append(g.calls[i], r.IntN(n))
		}
	}
	return g
}

// reaches finds the expected answer by a search of the graph.
func (g graph) reaches(from int) bool {
	seen := make([]bool, len(g.calls))
	var visit func(int) bool
	visit = func(i int) bool {
		if seen[i] {
			return false
		}
		seen[i] = true
		if g.uses[i] {
			return true
		}
		for _, j := range g.calls[i] {
			if visit(j) {
				return true
			}
		}
		return false
	}
	return visit(from)
}

func (g graph) solver() *fixpoint.Solver[int, bool] {
	var s *fixpoint.Solver[int, bool]
	s = fixpoint.NewBool(false, true, func(i int) bool {
		if g.uses[i] {
			return true
		}
		for _, j := range g.calls[i] {
			if s.Get(j) { // stops early, so that what is read depends on the answers
				return true
			}
		}
		return false
	})
	return s
}

// TestOrder asks in random orders: each answer is the least one.
func TestOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		g := randomGraph(r)
		s := g.solver()
		for _, i := range r.Perm(len(g.calls)) {
			if got, want := s.Get(i), g.reaches(i); got != want {
				t.Fatalf("%d of %+v: %t, want %t", i, g, got, want)
			}
			if s.Open() {
				t.Fatalf("%d of %+v: left open", i, g)
			}
		}
	}
}

// TestDistance has answers with many levels: the length of the shortest chain
// of calls to a use, within a given depth.
func TestDistance(t *testing.T) {
	const far = 1 << 20
	r := rand.New(rand.NewPCG(3, 4))
	for range 2000 {
		g := randomGraph(r)
		var s *fixpoint.Solver[int, int]
		s = fixpoint.New(fixpoint.Problem[int, int]{
			Bottom: far,
			Step: func(i int) int {
				if g.uses[i] {
					return 0
				}
				best := far
				for _, j := range g.calls[i] {
					best = min(best, s.Get(j)+1)
				}
				return min(best, far)
			},
			Equal: func(a, b int) bool { return a == b },
			Spent: -1,
		})
		for _, i := range r.Perm(len(g.calls)) {
			if got, want := s.Get(i), g.distance(i, far); got != want {
				t.Fatalf("%d of %+v: %d, want %d", i, g, got, want)
			}
		}
	}
}

func (g graph) distance(from, far int) int {
	dist := make([]int, len(g.calls))
	for i := range dist {
		dist[i] = far
	}
	dist[from] = 0
	for queue := []int{from}; len(queue) > 0; queue = queue[1:] {
		i := queue[0]
		if g.uses[i] {
			return dist[i]
		}
		for _, j := range g.calls[i] {
			if dist[j] == far {
				dist[j] = dist[i] + 1
				queue = append(queue, j)
			}
		}
	}
	return far
}

// TestMutual has the shape that a memo with a guess gets wrong: whichever is
// asked first, both use it.
func TestMutual(t *testing.T) {
	g := graph{calls: [][]int{{1}, {0}}, uses: []bool{true, false}}
	for _, order := range [][]int{{0, 1}, {1, 0}} {
		s := g.solver()
		for _, i := range order {
			if !s.Get(i) {
				t.Errorf("asked in the order %v, %d does not use it", order, i)
			}
		}
	}
}

// TestBudget has an answer that never becomes stable.
func TestBudget(t *testing.T) {
	for _, first := range []string{"a", "b"} {
		steps := 0
		var s *fixpoint.Solver[string, int]
		s = fixpoint.New(fixpoint.Problem[string, int]{
			Step: func(k string) int {
				steps++
				if k == "a" {
					return s.Get("b") + 1
				}
				return s.Get("a") + 1
			},
			Equal:  func(a, b int) bool { return a == b },
			Spent:  -1,
			Budget: 10,
		})
		if a, b := s.Get(first), s.Get("a")*10+s.Get("b"); a != -1 || b != -11 {
			t.Errorf("%s first: %d, %d", first, a, b)
		}
		if steps > 2+2*10 {
			t.Errorf("%d steps for a budget of 10", steps)
		}
	}
}

// TestBudgetInAnyOrder has questions that need more than their budget in some components
// and not in others: whoever is asked first, the same answers are given up.
func TestBudgetInAnyOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	spent := 0
	for range 2000 {
		g := randomGraph(r)
		top, budget := 1+r.IntN(12), 1+r.IntN(8)
		answers := func(order []int) []int {
			var s *fixpoint.Solver[int, int]
			s = fixpoint.New(fixpoint.Problem[int, int]{
				Step: func(i int) int {
					most := 0
					for _, j := range g.calls[i] {
						if v := s.Get(j); v < 0 || v >= top {
							return v // does not look at the others
						} else {
							most = max(most, v)
						}
					}
					if g.uses[i] {
						most++
					}
					return min(most, top)
				},
				Join: func(before, now int) int {
					if before < 0 || now < 0 {
						return -1
					}
					return max(before, now)
				},
				Equal:  func(a, b int) bool { return a == b },
				Spent:  -1,
				Budget: budget,
			})
			for _, i := range order {
				s.Get(i)
			}
			out := make([]int, len(g.calls))
			for i := range out {
				if out[i] = s.Get(i); out[i] < 0 {
					spent++
				}
			}
			return out
		}
		want := answers(r.Perm(len(g.calls)))
		for range 5 {
			order := r.Perm(len(g.calls))
			if got := answers(order); !slices.Equal(got, want) {
				t.Fatalf("%+v: %v in the order %v, %v in another", g, got, order, want)
			}
		}
	}
	if spent == 0 {
		t.Error("no budget was spent")
	}
}

// TestOscillation has a question that negates its own answer: without Join the
// budget ends it; with Join it stays away from the bottom.
func TestOscillation(t *testing.T) {
	var s *fixpoint.Solver[int, bool]
	s = fixpoint.New(fixpoint.Problem[int, bool]{
		Step:  func(int) bool { return !s.Get(0) },
		Equal: func(a, b bool) bool { return a == b },
		Spent: true,
	})
	if !s.Get(0) {
		t.Error("budget: false")
	}
	s = fixpoint.NewBool(false, false, func(int) bool { return !s.Get(0) })
	if !s.Get(0) {
		t.Error("join: false")
	}
}

// TestPanic checks that a Step that panics leaves nothing behind.
func TestPanic(t *testing.T) {
	fail := true
	var s *fixpoint.Solver[int, bool]
	s = fixpoint.NewBool(false, true, func(i int) bool {
		if i < 5 {
			return s.Get(i+1) || s.Get(0)
		}
		if fail {
			panic("broken")
		}
		return true
	})
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic is gone")
			}
		}()
		s.Get(0)
	}()
	if s.Open() {
		t.Error("left open")
	}
	fail = false
	if !s.Get(3) || !s.Get(0) {
		t.Error("an answer from before the panic")
	}
}

// TestLate has a component that becomes part of an outer one only when its
// members are evaluated again.
func TestLate(t *testing.T) {
	// 1 and 2 depend on each other; when 2 is true, 1 also asks for 0, which
	// asked for 1.
	step := func(get func(int) bool) func(int) bool {
		return func(i int) bool {
			switch i {
			case 0:
				return get(1)
			case 1:
				return get(2) && get(0) || get(3)
			case 2:
				return get(1) || get(3)
			}
			return true
		}
	}
	for _, order := range [][]int{{0, 1, 2}, {2, 1, 0}, {1, 0, 2}} {
		var s *fixpoint.Solver[int, bool]
		s = fixpoint.NewBool(false, false, step(func(i int) bool { return s.Get(i) }))
		for _, i := range order {
			if !s.Get(i) {
				t.Errorf("%v: %d is false", order, i)
			}
		}
	}
}

// BenchmarkCycle has one component of n functions, in which each calls the
// next. The cost of one function must not grow with n.
func BenchmarkCycle(b *testing.B) {
	for _, n := range []int{1000, 10000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			steps := 0
			for b.Loop() {
				var s *fixpoint.Solver[int, bool]
				s = fixpoint.NewBool(false, true, func(i int) bool {
					steps++
					return s.Get((i + 1) % n)
				})
				s.Get(0)
			}
			b.ReportMetric(float64(steps)/float64(b.N)/float64(n), "steps/function")
		})
	}
}
