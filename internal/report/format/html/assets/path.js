// The path of a finding as a small graph: one station per place, in boxes of
// the functions they are in. Steps in a row of one function that say the same are
// alternatives (the exits that leak, say), and branch off side by side.

const graphWidth = 284;

const measure = (() => {
  const context = document.createElement("canvas").getContext("2d");
  return (text, bold) => {
    context.font = (bold ? "650 " : "") + "13px " + getComputedStyle(document.body).fontFamily;
    return context.measureText(text).width;
  };
})();

// wrap breaks text into lines that fit, four at most.
function wrap(text, width) {
  const lines = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line ? line + " " + word : word;
    if (measure(longer) <= width || !line) line = longer;
    else { lines.push(line); line = word; }
  }
  lines.push(line);
  const fit = lines.slice(0, 4).map((l) => cutTo(l, width));
  if (lines.length > 4) fit[3] = cutTo(fit[3] + " …", width);
  return fit;
}

function cutTo(text, width, bold) {
  if (measure(text, bold) <= width) return text;
  let n = text.length;
  while (n > 0 && measure(text.slice(0, n) + "…", bold) > width) n--;
  return text.slice(0, n) + "…";
}

// headline is what a station says: the message of a step, and of the finding
// only its check, since the message stands above.
function headline(p, f) {
  return p.number === 0 ? report.checks[f.check].category : p.message;
}

function alternatives(all, i) {
  const same = (a, b) => a && b && a.number > 0 && b.number > 0 && a.message === b.message && boxOf(a.at).key === boxOf(b.at).key;
  return same(all[i], all[i - 1]) || same(all[i], all[i + 1]);
}

// boxOf names the function that a place is in, or its file.
function boxOf(at) {
  const file = report.files[at.file];
  const base = file.name.slice(file.name.lastIndexOf("/") + 1);
  return at.fn >= 0 ? { key: at.file + ":" + at.fn, title: file.funcs[at.fn].name, file: base } : { key: String(at.file), title: base, file: "" };
}

const titleWidth = graphWidth - 48 - 14;

// titleRows returns how a box is headed: the function and its file, in one row if
// both fit. Of a name that is too long the type of a method goes first.
function titleRows({ title, file }) {
  if (file && measure(title, true) + 14 + measure(file) <= titleWidth) return [{ title, file }];
  const own = measure(title, true) <= titleWidth ? title : title.slice(title.lastIndexOf(".") + 1);
  const rows = [{ title: cutTo(own, titleWidth, true), file: "" }];
  if (file) rows.push({ title: "", file: cutTo(file, titleWidth) });
  return rows;
}

// inOrder returns the places in the order of the path: as given, or that of the
// lines if all are in one function, where the finding may be the last of them.
function inOrder(all) {
  const at = all[0].at;
  const one = all.every((p) => p.at.file === at.file && p.at.fn === at.fn && p.at.fn >= 0);
  return one ? [...all].sort((a, b) => a.at.line - b.at.line || a.number - b.number) : all;
}

// layout gives each place its position, and each box its extent.
function layout(all, f) {
  const stations = [], boxes = [];
  let y = 8;
  all.forEach((p, i) => {
    const box = boxOf(p.at);
    let open = boxes[boxes.length - 1];
    if (!open || open.key !== box.key) {
      if (open) { open.height = y - open.y - 4; y += 16; }
      open = { ...box, y, rows: titleRows(box) };
      boxes.push(open);
      y += 16 + 18 * open.rows.length;
    }
    const branch = alternatives(all, i);
    const x = branch ? 54 : 28;
    const lines = wrap(headline(p, f), graphWidth - x - 36);
    stations.push({ p, x, y: y + 12, lines, branch });
    y += 24 + 17 * lines.length + 12;
  });
  if (boxes.length) boxes[boxes.length - 1].height = y - boxes[boxes.length - 1].y - 4;
  return { stations, boxes, height: y + 14 };
}

// edge draws the way from one station to the next, or to an alternative.
function edge(from, to) {
  const startY = from.y + 12, endY = to.y - 14;
  if (from.x === to.x) return svg("path", { class: "edge", d: `M${from.x},${startY} V${endY}`, "marker-end": "url(#arrow)" });
  if (to.x > from.x) {
    return svg("path", { class: "edge", d: `M${from.x},${startY} V${to.y - 10} Q${from.x},${to.y} ${from.x + 10},${to.y} H${to.x - 14}`, "marker-end": "url(#arrow)" });
  }
  const turn = (startY + endY) / 2;
  return svg("path", { class: "edge", d: `M${from.x},${startY} V${turn - 4} Q${from.x},${turn} ${from.x - 6},${turn} H${to.x + 6} Q${to.x},${turn} ${to.x},${turn + 6} V${endY}`, "marker-end": "url(#arrow)" });
}

function station(s, f) {
  const { p } = s;
  const label = (p.number === 0 ? "The finding, " : "Step " + p.number + " ") + headline(p, f) + " line " + p.at.line + " of " + report.files[p.at.file].name;
  const go = () => goToPlace(p.number);
  return svg("g", {
    class: "station" + (p.number === 0 ? " origin " + hue(report.checks[f.check]) : ""), role: "button", tabindex: "0", "aria-label": label,
    onclick: go,
    onkeydown: (e) => { if (e.key === "Enter" || e.key === " ") { e.preventDefault(); go(); } },
  },
    svg("rect", { class: "target", x: s.x - 16, y: s.y - 16, width: graphWidth - s.x - 2, height: 24 + 17 * s.lines.length + 6, rx: 6 }),
    svg("circle", { cx: s.x, cy: s.y, r: 11 }),
    svg("text", { class: "no", x: s.x, y: s.y + 4, "text-anchor": "middle" }, p.number === 0 ? "!" : p.number + " "),
    ...s.lines.map((line, i) => svg("text", { x: s.x + 20, y: s.y + 4 + 17 * i }, line + " ")),
    svg("text", { class: "at", x: s.x + 20, y: s.y + 4 + 17 * s.lines.length }, "line " + p.at.line));
}

function pathGraph(f) {
  const all = inOrder(places(f));
  const { stations, boxes, height } = layout(all, f);
  const edges = [];
  let trunk = null; // the last station that is no alternative
  stations.forEach((s, i) => {
    if (i > 0) edges.push(edge(s.branch && trunk ? trunk : stations[i - 1], s));
    if (!s.branch) trunk = s;
  });
  return svg("svg", { class: "path", width: graphWidth, height, viewBox: `0 0 ${graphWidth} ${height}`, role: "group", "aria-label": "The path, " + plural(all.length - 1, "step") },
    svg("defs", {}, svg("marker", { id: "arrow", viewBox: "0 0 8 8", refX: 6, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto-start-reverse" },
      svg("path", { class: "arrowhead", d: "M0,0.5 L7,4 L0,7.5 z" }))),
    ...boxes.map((b) => svg("g", { class: "box" },
      svg("rect", { x: 1, y: b.y, width: graphWidth - 2, height: b.height, rx: 8 }),
      svg("title", {}, b.file ? b.title + ", " + b.file : b.title),
      ...b.rows.flatMap((row, i) => [
        row.title ? svg("text", { x: 48, y: b.y + 20 + 18 * i }, row.title) : null,
        row.file ? svg("text", { class: "at", x: row.title ? graphWidth - 14 : 48, y: b.y + 20 + 17 * i, "text-anchor": row.title ? "end" : "start" }, row.file) : null,
      ]))),
    ...edges, ...stations.map((s) => station(s, f)));
}

function goToPlace(number) {
  const target = byID("place" + number);
  if (!target) return;
  target.scrollIntoView({ block: "center", behavior: scrollBehavior() });
  target.focus({ preventScroll: true });
  for (const node of document.querySelectorAll(".note.lit")) node.classList.remove("lit");
  target.classList.add("lit");
}
