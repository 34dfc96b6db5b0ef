package ctxgraph

import (
	"math/rand/v2"
	"testing"
)

// TestArrange lays out random graphs, with cycles and double edges.
func TestArrange(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 1))
		n := 2 + r.IntN(50)
		boxes := make([]*box, n)
		for i := range boxes {
			boxes[i] = &box{w: 40 + 200*r.Float64(), h: 20 + 80*r.Float64()}
		}
		var links []*link
		for range r.IntN(2 * n) {
			if from, to := r.IntN(n), r.IntN(n); from != to {
				links = append(links, &link{from: from, to: to})
			}
		}
		width, height := arrange(boxes, links)
		for i, a := range boxes {
			if a.x < -0.01 || a.x+a.w > width+0.01 || a.y-a.h/2 < -0.01 || a.y+a.h/2 > height+0.01 {
				t.Errorf("seed %d: box %d lies outside", seed, i)
			}
			for j, b := range boxes[:i] {
				if a.x < b.x+b.w && b.x < a.x+a.w && a.y-a.h/2 < b.y+b.h/2-0.01 && b.y-b.h/2 < a.y+a.h/2-0.01 {
					t.Errorf("seed %d: boxes %d and %d overlap", seed, i, j)
				}
			}
		}
		for _, l := range links {
			for i := range len(l.boxes) - 1 {
				if l.boxes[i].clear >= l.boxes[i+1].x {
					t.Errorf("seed %d: an edge leads to the left", seed)
				}
			}
			left, right := l.ends()
			if l.boxes[0] != boxes[left] || l.boxes[len(l.boxes)-1] != boxes[right] {
				t.Errorf("seed %d: an edge ends elsewhere", seed)
			}
		}
	}
}

// TestCrossings checks that two edges that can be uncrossed are uncrossed.
func TestCrossings(t *testing.T) {
	boxes := make([]*box, 6)
	for i := range boxes {
		boxes[i] = &box{w: 10, h: 10}
	}
	links := []*link{{from: 0, to: 5}, {from: 1, to: 4}, {from: 2, to: 3}}
	arrange(boxes, links)
	columns := [][]*box{{}, {}}
	for _, b := range boxes {
		columns[b.rank] = append(columns[b.rank], b)
	}
	for _, l := range links {
		if a, b := l.boxes[0], l.boxes[1]; a.order != b.order || a.y != b.y {
			t.Errorf("the edge from %d to %d is not straight", l.from, l.to)
		}
	}
}

func TestInversions(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		var numbers []int
		for range r.IntN(40) {
			numbers = append(numbers, r.IntN(10))
		}
		want := 0
		for i, a := range numbers {
			for _, b := range numbers[i:] {
				if a > b {
					want++
				}
			}
		}
		if got := inversions(numbers); got != want {
			t.Errorf("inversions(%v) = %d, want %d", numbers, got, want)
		}
	}
}
