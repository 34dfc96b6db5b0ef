package ctxgraph

import (
	"bufio"
	"cmp"
	_ "embed"
	"fmt"
	"html"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

//go:embed svg.css
var svgStyle string

// Sizes in a drawing, for the fonts in svg.css.
const (
	titleChar = 7.3 // width of a character
	textChar  = 6.7
	mostTitle = 44 // characters
	mostText  = 46
	lineHigh  = 16
	padding   = 12
	labelWide = 86 // of the first word of a row
	margin    = 28
	headHigh  = 70
	legendRow = 20
	pageWide  = 1180 // the width that unconnected nodes fill, if nothing is wider
)

// SVG writes the graph as a self-contained drawing, in light or dark colours
// according to the reader's system.
func (g *Graph) SVG(w io.Writer, title string) error {
	d := newDrawing(g)
	out := bufio.NewWriter(w)
	width := max(d.width, 760) + 2*margin
	legend := legendRows(width)
	height := d.height + 2*margin + headHigh + 26 + legendRow*float64(len(legend))
	fmt.Fprintf(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%.0f\" viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-labelledby=\"title summary\">\n", width, height, width, height)
	fmt.Fprintf(out, "<title id=\"title\">%s</title>\n<desc id=\"summary\">%s</desc>\n<style>\n%s</style>\n", text(title), text(g.Summary()), svgStyle)
	fmt.Fprint(out, "<defs>\n")
	for _, class := range []string{"call", "go", "kept", "fresh", "none"} {
		fmt.Fprintf(out, "<marker id=\"%s\" class=\"%s\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto-start-reverse\"><path d=\"M0,0.5 L7.5,4 L0,7.5 z\"/></marker>\n", class, class)
	}
	fmt.Fprint(out, "</defs>\n<rect class=\"page\" width=\"100%\" height=\"100%\"/>\n")
	fmt.Fprintf(out, "<text class=\"head\" x=\"%d\" y=\"%d\">%s</text>\n<text class=\"sub\" x=\"%d\" y=\"%d\">%s</text>\n", margin, margin+14, text(title), margin, margin+36, text(g.Summary()))
	fmt.Fprintf(out, "<g transform=\"translate(%d,%d)\">\n", margin, margin+headHigh)
	for _, r := range d.routes {
		r.draw(out)
	}
	for _, n := range d.nodes {
		n.draw(out)
	}
	fmt.Fprint(out, "</g>\n")
	for i, row := range legend {
		drawLegend(out, row, height-margin-legendRow*float64(len(legend)-1-i))
	}
	fmt.Fprint(out, "</svg>\n")
	return out.Flush()
}

// text returns text for an element or an attribute.
func text(s string) string { return html.EscapeString(s) }

// A drawing is a graph with the positions of everything.
type drawing struct {
	nodes         []*placed
	routes        []*route
	width, height float64
}

type placed struct {
	*box
	node *Node
	card card
	rows []row // of the card, in full
}

type route struct {
	*link
	a, b   int // its nodes; the link counts within their part
	edge   *Edge
	points [][2]float64 // right of a box, left of the next, and so on
}

func newDrawing(g *Graph) *drawing {
	d := new(drawing)
	entered := g.entered()
	index := make(map[*Node]int)
	for i, n := range g.Nodes {
		c := n.card(entered[n])
		rows := slices.Clone(c.rows)
		c.shorten()
		index[n] = i
		d.nodes = append(d.nodes, &placed{box: c.size(), node: n, card: c, rows: rows})
	}
	for _, e := range g.Edges {
		if e.From != e.To {
			d.routes = append(d.routes, &route{link: new(link), a: index[e.From], b: index[e.To], edge: e})
		}
	}
	d.arrange()
	return d
}

func (c *card) shorten() {
	c.title, c.sub = cut(c.title, mostTitle), cut(c.sub, mostText+8)
	for i := range c.rows {
		c.rows[i].text = cut(c.rows[i].text, mostText-len("stores in "))
	}
}

func (c *card) size() *box {
	w := max(titleChar*length(c.title), textChar*length(c.sub))
	for _, r := range c.rows {
		w = max(w, labelWide+textChar*length(r.text))
	}
	return &box{w: w + 2*padding + 4, h: float64(2*padding + lineHigh*(2+len(c.rows)) - 6)}
}

func length(s string) float64 { return float64(utf8.RuneCountInString(s)) }

// arrange lays out each connected part separately, the largest first, in rows;
// nodes without edges fill rows at the end.
func (d *drawing) arrange() {
	parts, loose := d.parts()
	x, y, high := 0.0, 0.0, 0.0 // of the row of parts
	for _, part := range parts {
		var boxes []*box
		var links []*link
		number := make(map[int]int)
		for i, n := range part {
			number[n] = i
			boxes = append(boxes, d.nodes[n].box)
		}
		for _, r := range d.routes {
			if i, ok := number[r.a]; ok {
				r.from, r.to = i, number[r.b]
				links = append(links, r.link)
			}
		}
		width, height := arrange(boxes, links)
		if x > 0 && x+width > max(d.width, pageWide) {
			x, y, high = 0, y+high+2*rowGap, 0
		}
		seen := make(map[*box]bool)
		move := func(b *box) {
			if !seen[b] {
				seen[b] = true
				b.x += x
				b.clear += x
				b.y += y
			}
		}
		for _, b := range boxes {
			move(b)
		}
		for _, l := range links {
			for _, b := range l.boxes {
				move(b)
			}
		}
		d.width = max(d.width, x+width)
		x += width + columnGap
		high = max(high, height)
	}
	if high > 0 {
		y += high + 2*rowGap
	}
	d.height = d.fill(loose, y)
	d.connect()
}

// parts returns the nodes of each connected part that has edges, in order, and
// the nodes without edges.
func (d *drawing) parts() (parts [][]int, loose []int) {
	neighbours := make([][]int, len(d.nodes))
	for _, r := range d.routes {
		neighbours[r.a] = append(neighbours[r.a], r.b)
		neighbours[r.b] = append(neighbours[r.b], r.a)
	}
	seen := make([]bool, len(d.nodes))
	for i := range d.nodes {
		if seen[i] {
			continue
		}
		part := []int{i}
		seen[i] = true
		for at := 0; at < len(part); at++ {
			for _, n := range neighbours[part[at]] {
				if !seen[n] {
					seen[n] = true
					part = append(part, n)
				}
			}
		}
		if len(part) == 1 {
			loose = append(loose, i)
			continue
		}
		slices.Sort(part)
		parts = append(parts, part)
	}
	slices.SortStableFunc(parts, func(a, b []int) int { return cmp.Compare(len(b), len(a)) })
	return parts, loose
}

// fill places nodes in rows from y on, and returns where they end.
func (d *drawing) fill(nodes []int, y float64) float64 {
	limit := max(d.width, pageWide)
	x, high := 0.0, 0.0
	for _, i := range nodes {
		b := d.nodes[i].box
		if x > 0 && x+b.w > limit {
			x, y, high = 0, y+high+rowGap, 0
		}
		b.x, b.y = x, y+b.h/2
		x += b.w + rowGap
		high = max(high, b.h)
		d.width = max(d.width, x-rowGap)
	}
	return y + high
}

// connect gives the routes their points: where several end on one side of a
// box, they spread over it in the order of the boxes at their other ends.
func (d *drawing) connect() {
	type end struct {
		r     *route
		i     int // of the box in the route
		other float64
	}
	ends := make(map[*box][2][]end) // on the left and on the right
	var order []*box
	for _, r := range d.routes {
		r.points = make([][2]float64, 2*len(r.boxes)-2)
		for i := range len(r.boxes) - 1 {
			a, b := r.boxes[i], r.boxes[i+1]
			for _, box := range []*box{a, b} {
				if _, ok := ends[box]; !ok {
					order = append(order, box)
					ends[box] = [2][]end{}
				}
			}
			left, right := ends[b], ends[a]
			left[0] = append(left[0], end{r, i, a.y})
			ends[b] = left
			right = ends[a]
			right[1] = append(right[1], end{r, i, b.y})
			ends[a] = right
		}
	}
	for _, b := range order {
		for side, list := range ends[b] {
			slices.SortStableFunc(list, func(x, y end) int { return cmp.Compare(x.other, y.other) })
			gap := min(14, (b.h-8)/float64(max(1, len(list))))
			for n, e := range list {
				y := b.y + (float64(n)-float64(len(list)-1)/2)*gap
				if side == 0 {
					e.r.points[2*e.i+1] = [2]float64{b.x, y}
				} else {
					e.r.points[2*e.i] = [2]float64{b.x + b.w, y}
				}
			}
		}
	}
}

func (r *route) draw(w io.Writer) {
	var path strings.Builder
	for i := 0; i < len(r.points); i += 2 {
		a, b := r.points[i], r.points[i+1]
		command := map[bool]string{true: "M", false: " L"}[i == 0]
		fmt.Fprintf(&path, "%s%.1f,%.1f", command, a[0], a[1])
		if end := r.boxes[i/2].clear; end > a[0] {
			a[0] = end
			fmt.Fprintf(&path, " H%.1f", end)
		}
		bend := (b[0] - a[0]) / 2
		fmt.Fprintf(&path, " C%.1f,%.1f %.1f,%.1f %.1f,%.1f", a[0]+bend, a[1], b[0]-bend, b[1], b[0], b[1])
	}
	class := r.edge.class()
	marker := "end"
	if r.back {
		marker = "start"
	}
	about := r.edge.From.Title + " to " + r.edge.To.Title
	if label := r.edge.label(); label != "" {
		about += ": " + label
	}
	fmt.Fprintf(w, "<path class=\"edge %s\" d=\"%s\" marker-%s=\"url(#%s)\"><title>%s</title></path>\n", class, path.String(), marker, class, text(about))
	if label := r.edge.label(); label != "" {
		a := r.points[0]
		fmt.Fprintf(w, "<text class=\"label %s\" x=\"%.1f\" y=\"%.1f\">%s</text>\n", class, a[0]+7, a[1]-4, text(cut(label, 14)))
	}
}

func (p *placed) draw(w io.Writer) {
	top := p.y - p.h/2
	about := []string{p.node.ID, p.card.sub}
	for _, r := range p.rows {
		about = append(about, r.label+" "+r.text)
	}
	fmt.Fprintf(w, "<g class=\"node %s\"><title>%s</title>\n", p.card.class, text(strings.Join(about, "\n")))
	fmt.Fprintf(w, "<rect class=\"body\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"8\"/>", p.x, top, p.w, p.h)
	fmt.Fprintf(w, "<rect class=\"stripe\" x=\"%.1f\" y=\"%.1f\" width=\"4\" height=\"%.1f\" rx=\"2\"/>\n", p.x+5, top+8, p.h-16)
	x, y := p.x+padding+4, top+padding+9
	fmt.Fprintf(w, "<text class=\"name\" x=\"%.1f\" y=\"%.1f\">%s</text><text class=\"sub\" x=\"%.1f\" y=\"%.1f\">%s</text>\n", x, y, text(p.card.title), x, y+lineHigh, text(p.card.sub))
	for i, r := range p.card.rows {
		at := y + float64(lineHigh*(2+i))
		fmt.Fprintf(w, "<text class=\"row %s\" x=\"%.1f\" y=\"%.1f\"><tspan class=\"what\">%s</tspan><tspan x=\"%.1f\">%s</tspan></text>\n", r.class, x, at, text(r.label), x+labelWide, text(r.text))
	}
	fmt.Fprint(w, "</g>\n")
}

// A legendItem says what a colour means.
type legendItem struct{ class, text string }

func (l legendItem) width() float64 { return 42 + textChar*length(l.text) + 20 }

// legendRows returns what the colours mean, in rows that fit a page.
func legendRows(width float64) (rows [][]legendItem) {
	x := width
	for _, item := range []legendItem{
		{"call", "passes the context on"}, {"kept", "kept in a field, or detached"}, {"go", "to a goroutine"},
		{"none", "called or started without it"}, {"fresh", "a context without a parent"},
	} {
		if x+item.width() > width-margin {
			rows, x = append(rows, nil), margin
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], item)
		x += item.width()
	}
	return rows
}

// drawLegend writes a row of the legend.
func drawLegend(w io.Writer, row []legendItem, y float64) {
	x := float64(margin)
	for _, item := range row {
		fmt.Fprintf(w, "<path class=\"edge %s\" d=\"M%.0f,%.0f h34\" marker-end=\"url(#%s)\"/><text class=\"sub\" x=\"%.0f\" y=\"%.0f\">%s</text>\n", item.class, x, y-4, item.class, x+42, y, text(item.text))
		x += item.width()
	}
}
