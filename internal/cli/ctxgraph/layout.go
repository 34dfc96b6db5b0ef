package ctxgraph

import (
	"cmp"
	"math"
	"slices"
)

// The layout is that of Sugiyama, Tagawa and Toda (1981), from left to right:
// break cycles, put nodes into columns so that edges go right, order each
// column so that few edges cross, and then move nodes up and down until their
// edges are as straight as the space allows.

// A box is what the layout places: a node, or the place where an edge passes
// through a column.
type box struct {
	w, h  float64
	x, y  float64 // of the left edge and of the middle
	clear float64 // where its column ends: edges run straight until there
	rank  int
	order int // in its column
	left  []*box
	right []*box
}

// A link is an edge of the layout. It passes its boxes from left to right; back
// is set if it leads from the last to the first.
type link struct {
	from, to int
	back     bool
	boxes    []*box
}

const (
	columnGap = 112
	rowGap    = 20
	sweeps    = 24
)

// arrange places boxes and routes links, none of which may lead from a box to
// itself. It returns the extent.
func arrange(boxes []*box, links []*link) (width, height float64) {
	breakCycles(len(boxes), links)
	rank(boxes, links)
	columns := split(boxes, links)
	for _, column := range columns {
		slices.SortStableFunc(column, func(a, b *box) int { return cmp.Compare(a.order, b.order) })
	}
	reduceCrossings(columns)
	width = placeColumns(columns)
	height = placeRows(columns)
	return width, height
}

// breakCycles reverses the edges that close a cycle.
func breakCycles(n int, links []*link) {
	out := make([][]*link, n)
	entered := make([]int, n)
	for _, l := range links {
		out[l.from] = append(out[l.from], l)
		entered[l.to]++
	}
	const (
		fresh = iota
		open
		done
	)
	state := make([]int, n)
	var visit func(int)
	visit = func(i int) {
		state[i] = open
		for _, l := range out[i] {
			switch state[l.to] {
			case open:
				l.back = true
			case fresh:
				visit(l.to)
			}
		}
		state[i] = done
	}
	for i := range n { // boxes that nothing leads to come first
		if entered[i] == 0 && state[i] == fresh {
			visit(i)
		}
	}
	for i := range n {
		if state[i] == fresh {
			visit(i)
		}
	}
}

// ends returns the left and the right box of a link.
func (l *link) ends() (left, right int) {
	if l.back {
		return l.to, l.from
	}
	return l.from, l.to
}

// rank gives each box the first column to the right of all boxes that lead to
// it, and then moves boxes that nothing leads to close to the boxes that they
// lead to.
func rank(boxes []*box, links []*link) {
	for changed := true; changed; {
		changed = false
		for _, l := range links {
			left, right := l.ends()
			if boxes[right].rank <= boxes[left].rank {
				boxes[right].rank = boxes[left].rank + 1
				changed = true
			}
		}
	}
	leads := make([]bool, len(boxes))
	nearest := make([]int, len(boxes))
	for i := range nearest {
		nearest[i] = math.MaxInt
	}
	for _, l := range links {
		left, right := l.ends()
		leads[right] = true
		nearest[left] = min(nearest[left], boxes[right].rank-1)
	}
	for i, b := range boxes {
		if !leads[i] && nearest[i] != math.MaxInt {
			b.rank = nearest[i]
		}
	}
}

// split returns the columns. Links that are longer than one column get boxes to
// pass through.
func split(boxes []*box, links []*link) [][]*box {
	var columns [][]*box
	put := func(b *box) {
		for len(columns) <= b.rank {
			columns = append(columns, nil)
		}
		b.order = len(columns[b.rank])
		columns[b.rank] = append(columns[b.rank], b)
	}
	for _, b := range boxes {
		put(b)
	}
	for _, l := range links {
		left, right := l.ends()
		l.boxes = []*box{boxes[left]}
		for r := boxes[left].rank + 1; r < boxes[right].rank; r++ {
			pass := &box{h: 4, rank: r}
			put(pass)
			l.boxes = append(l.boxes, pass)
		}
		l.boxes = append(l.boxes, boxes[right])
		for i := range len(l.boxes) - 1 {
			l.boxes[i].right = append(l.boxes[i].right, l.boxes[i+1])
			l.boxes[i+1].left = append(l.boxes[i+1].left, l.boxes[i])
		}
	}
	return columns
}

// reduceCrossings orders the boxes of each column by the mean of their
// neighbours' positions, back and forth, and keeps the best order that it
// finds.
func reduceCrossings(columns [][]*box) {
	best, fewest := snapshot(columns), crossings(columns)
	for i := range sweeps {
		for c := range columns {
			neighbours := func(b *box) []*box { return b.left }
			if i%2 == 1 {
				c = len(columns) - 1 - c
				neighbours = func(b *box) []*box { return b.right }
			}
			sortByMean(columns[c], neighbours)
		}
		if n := crossings(columns); n < fewest {
			best, fewest = snapshot(columns), n
		}
	}
	for c, column := range best {
		columns[c] = column
		renumber(column)
	}
}

func snapshot(columns [][]*box) [][]*box {
	var copied [][]*box
	for _, column := range columns {
		copied = append(copied, slices.Clone(column))
	}
	return copied
}

func renumber(column []*box) {
	for i, b := range column {
		b.order = i
	}
}

func sortByMean(column []*box, neighbours func(*box) []*box) {
	mean := make(map[*box]float64, len(column))
	for _, b := range column {
		mean[b] = float64(b.order) // a box without neighbours stays
		if list := neighbours(b); len(list) > 0 {
			sum := 0.0
			for _, n := range list {
				sum += float64(n.order)
			}
			mean[b] = sum / float64(len(list))
		}
	}
	slices.SortStableFunc(column, func(a, b *box) int { return cmp.Compare(mean[a], mean[b]) })
	renumber(column)
}

// crossings counts the pairs of links between neighbouring columns that cross.
func crossings(columns [][]*box) int {
	total := 0
	for _, column := range columns {
		var ends []int // of the links to the right, in the order of their starts
		for _, b := range column {
			start := len(ends)
			for _, r := range b.right {
				ends = append(ends, r.order)
			}
			slices.Sort(ends[start:])
		}
		total += inversions(ends)
	}
	return total
}

// inversions counts the pairs of numbers in which the larger comes first, with
// a Fenwick tree that counts how often each number occurred.
func inversions(numbers []int) int {
	if len(numbers) == 0 {
		return 0
	}
	tree := make([]int, slices.Max(numbers)+2)
	total := 0
	for seen, n := range numbers {
		total += seen
		for i := n + 1; i > 0; i -= i & -i {
			total -= tree[i]
		}
		for i := n + 1; i < len(tree); i += i & -i {
			tree[i]++
		}
	}
	return total
}

// placeColumns returns the width.
func placeColumns(columns [][]*box) float64 {
	x := 0.0
	for _, column := range columns {
		widest := 0.0
		for _, b := range column {
			widest = max(widest, b.w)
		}
		for _, b := range column {
			b.x, b.clear = x, x+widest
			if b.w == 0 {
				b.w = widest // links that pass go straight through
			}
		}
		x += widest + columnGap
	}
	return x - columnGap
}

// placeRows returns the height.
func placeRows(columns [][]*box) float64 {
	for _, column := range columns {
		y := 0.0
		for _, b := range column {
			b.y = y + b.h/2
			y += b.h + rowGap
		}
	}
	for i := range 2 * sweeps {
		for c := range columns {
			if i%2 == 1 {
				c = len(columns) - 1 - c
			}
			settle(columns[c], i%2 == 0)
		}
	}
	top, bottom := math.Inf(1), math.Inf(-1)
	for _, column := range columns {
		for _, b := range column {
			top, bottom = min(top, b.y-b.h/2), max(bottom, b.y+b.h/2)
		}
	}
	for _, column := range columns {
		for _, b := range column {
			b.y -= top
		}
	}
	return bottom - top
}

// settle moves the boxes of a column to where their neighbours on one side pull
// them, as close as their order and size allow: boxes that push each other form
// a block, which goes where its members are pulled on average.
func settle(column []*box, left bool) {
	type block struct {
		first, last   int
		want, n, size float64 // want is the sum of what the members want of the block's top
	}
	var blocks []block
	for i, b := range column {
		wanted := b.y
		neighbours := b.right
		if left {
			neighbours = b.left
		}
		if len(neighbours) > 0 {
			sum := 0.0
			for _, n := range neighbours {
				sum += n.y
			}
			wanted = sum / float64(len(neighbours))
		}
		weight := 1.0
		if len(neighbours) == 0 {
			weight = 0.1
		}
		blocks = append(blocks, block{i, i, weight * (wanted - b.h/2), weight, b.h + rowGap})
		for len(blocks) > 1 {
			p, q := &blocks[len(blocks)-2], &blocks[len(blocks)-1]
			if p.want/p.n+p.size <= q.want/q.n {
				break
			}
			p.want += q.want - q.n*p.size
			p.n += q.n
			p.size += q.size
			p.last = q.last
			blocks = blocks[:len(blocks)-1]
		}
	}
	for _, bl := range blocks {
		y := bl.want / bl.n
		for _, b := range column[bl.first : bl.last+1] {
			b.y = y + b.h/2
			y += b.h + rowGap
		}
	}
}
