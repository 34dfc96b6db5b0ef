// Source, highlighted, with the numbered places of a finding in it.

const around = 4; // lines shown on either side of a place, as the data has them

// fileLines maps the numbers of the lines that are here of a file to them.
function fileLines(file) {
  if (!file.byNumber) file.byNumber = new Map(file.lines.map((line) => [line[0], line]));
  return file.byNumber;
}

// codeLine draws the text of a line with its syntax and the marks of places.
function codeLine(line, marks) {
  const text = line[1];
  const cuts = new Set([0, text.length]);
  for (let i = 2; i < line.length; i += 3) { cuts.add(line[i]); cuts.add(line[i + 1]); }
  for (const m of marks) { cuts.add(m.at.from); cuts.add(m.at.to); }
  const points = [...cuts].filter((c) => c <= text.length).sort((a, b) => a - b);
  const code = el("code");
  let span = 2;
  for (let i = 0; i + 1 < points.length; i++) {
    const from = points[i];
    while (span < line.length && line[span + 1] <= from) span += 3;
    const classes = [];
    if (span < line.length && line[span] <= from) classes.push("s" + line[span + 2]);
    if (marks.some((m) => m.at.from <= from && from < m.at.to)) classes.push("marked");
    const piece = text.slice(from, points[i + 1]);
    code.append(classes.length ? el("span", { class: classes.join(" ") }, piece) : piece);
  }
  return code;
}

// The places of a finding: the finding itself, and its steps in order.
function places(f) {
  return [{ at: f.at, message: f.message, number: 0 }]
    .concat((f.steps || []).map((s, i) => ({ at: s.at, message: s.message, number: i + 1 })));
}

function badge(number) {
  return el("span", { class: "badge" + (number === 0 ? " origin" : ""), "aria-hidden": "true" }, number === 0 ? "●" : String(number));
}

// sameSnippet reports whether two places are shown in one piece of code.
function sameSnippet(a, b) {
  return a.file === b.file && (a.fn === b.fn && a.fn >= 0 || Math.abs(a.line - b.line) <= 2 * around + 1);
}

// snippets groups places by the code that they are in, in the order in which
// the path first comes to it.
function snippets(all) {
  const groups = [];
  for (const p of all) {
    const group = groups.find((g) => g.some((other) => sameSnippet(other.at, p.at)));
    if (group) group.push(p);
    else groups.push([p]);
  }
  return groups;
}

// snippet draws the code around some places. Lines that are not near any of
// them are folded until they are asked for.
function snippet(group) {
  const at = group[0].at;
  const file = report.files[at.file];
  const lines = fileLines(file);
  const fn = at.fn >= 0 ? file.funcs[at.fn] : null;
  const near = new Set();
  if (fn) near.add(fn.first);
  let first = Infinity, last = 0;
  for (const p of group) {
    for (let n = p.at.line - around; n <= p.at.line + around; n++) near.add(n);
    first = Math.min(first, p.at.line - around);
    last = Math.max(last, p.at.line + around);
  }
  if (fn) { first = Math.min(first, fn.first); last = Math.max(last, fn.last); }
  const body = el("div", { class: "lines" });
  let fold = [];
  const flush = () => {
    if (fold.length > 0) body.append(foldButton(fold));
    fold = [];
  };
  let previous = null;
  for (let n = first; n <= last; n++) {
    const line = lines.get(n);
    if (!line) continue;
    if (previous !== null && n > previous + 1 && fold.length === 0) body.append(el("div", { class: "gap", "aria-hidden": "true" }, "⋯"));
    previous = n;
    const marks = group.filter((p) => p.at.line === n);
    const node = numberedLine(line, marks);
    if (near.has(n)) { flush(); body.append(...node); } else { fold.push(...node); }
  }
  flush();
  if (body.childElementCount === 0) body.append(el("p", { class: "nosource" }, "The source of this place is not part of the report."));
  // Places whose line is not here still say what they have to say.
  for (const p of group) if (!lines.has(p.at.line)) body.append(annotation(p));
  return el("section", { class: "snippet" },
    el("h3", {}, fn ? el("b", {}, fn.name) : null, el("span", { class: "file" }, place(at)), copyButton(place(at), "Copy the place")),
    el("div", { class: "code", role: "group", "aria-label": "Source of " + file.name, tabindex: "0" }, body));
}

function foldButton(nodes) {
  const button = el("button", { type: "button", class: "fold" }, "⋯ " + plural(nodes.length, "line"));
  button.addEventListener("click", () => button.replaceWith(...nodes));
  return button;
}

// numberedLine draws a line and under it what the places in it say.
function numberedLine(line, marks) {
  const own = marks.length > 0;
  const node = el("div", { class: "line" + (own ? " hit" : "") + (marks.some((m) => m.number === 0) ? " main" : "") },
    el("span", { class: "number", "aria-hidden": own ? null : "true" }, String(line[0])),
    codeLine(line, marks));
  return [node, ...marks.map(annotation)];
}

function annotation(p) {
  return el("div", { class: "note" + (p.number === 0 ? " main" : ""), id: "place" + p.number, tabindex: "-1" },
    badge(p.number),
    el("span", { class: "hidden" }, p.number === 0 ? "The finding: " : "Step " + p.number + ": "),
    el("span", {}, p.number === 0 ? clauses(p.message)[0] : p.message));
}

function copyButton(text, label) {
  const button = el("button", { type: "button", class: "plain copy", title: label, "aria-label": label }, "copy");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = "copied";
    } catch {
      button.textContent = "press Ctrl+C";
      const note = el("input", { class: "copytext", value: text, readonly: true, "aria-label": label });
      button.after(note);
      note.select();
      note.addEventListener("blur", () => note.remove());
    }
    setTimeout(() => { button.textContent = "copy"; }, 2000);
  });
  return button;
}

function diffBlock(fix) {
  const kinds = { "+": "added", "-": "removed", "@": "gap", " ": "same" };
  const words = { "+": "added: ", "-": "removed: " };
  return el("section", { class: "snippet fix" },
    el("h3", {}, el("b", {}, "Suggested fix"), el("span", { class: "file" }, fix.message)),
    el("div", { class: "code", role: "group", "aria-label": "What the fix changes", tabindex: "0" }, el("div", { class: "lines" },
      ...fix.diff.map((line) => line[0] === "@" ? el("div", { class: "gap" }, "⋯") :
        el("div", { class: "line " + kinds[line[0]] },
          el("span", { class: "number", "aria-hidden": "true" }, line[0]),
          el("span", { class: "hidden" }, words[line[0]] || ""),
          el("code", {}, line.slice(1)))))));
}
