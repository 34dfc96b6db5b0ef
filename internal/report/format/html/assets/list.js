// The list of findings. Only the rows in view exist, so that ten thousand
// findings cost no more than ten.

const rowHeight = 100; // as the style has it
let current = { shown: [], perCheck: [], perPackage: [], perLevel: new Map(), fixable: 0, seen: 0 };
let active = 0; // index into current.shown

function row(position) {
  const index = current.shown[position];
  const f = findings[index];
  const check = report.checks[f.check];
  const at = place(f.at);
  const node = el("div", {
    class: "row " + hue(check) + (f.quiet ? " quiet" : ""),
    role: "option", id: "row" + index,
    "aria-selected": String(index === state.open),
    "aria-setsize": current.shown.length, "aria-posinset": position + 1,
    title: at,
    onclick: () => { active = position; openFinding(index, false, true); },
  },
    el("div", { class: "rowhead" },
      el("span", { class: "check" }, checkName(check)),
      f.fix && el("span", { class: "tag", title: "ctxlint -fix can mend this" }, "fix"),
      f.quiet && el("span", { class: "tag" }, "suppressed"),
      f.confidence !== "high" && el("span", { class: "tag", title: f.confidence === "low" ? "Findings of this kind were seldom worth a change" : "One step is likely and not proved" }, f.confidence),
      f.severity !== "warning" && el("span", { class: "tag " + f.severity }, f.severity)),
    f.evidence ? el("div", { class: "seen", title: f.evidence.text.join("; ") }, el("span", { class: "n" }, f.evidence.n.toLocaleString("en")), bar(100 * evidenceShare(f), 100, "")) : null,
    el("div", { class: "rowtext" }, f.message),
    el("div", { class: "rowplace" }, f.func ? el("b", {}, f.func) : null, f.func ? "  " : "", shortPlace(f.at)));
  node.style.top = position * rowHeight + "px";
  if (position === active) node.classList.add("active");
  return node;
}

// shortPlace is a place with the last directory of its file only.
function shortPlace(at) {
  return place(at).split("/").slice(-2).join("/");
}

function drawRows() {
  const list = byID("list");
  const spacer = byID("spacer");
  spacer.style.height = current.shown.length * rowHeight + "px"; // which the height of the list may follow
  const first = Math.max(0, Math.floor(list.scrollTop / rowHeight) - 4);
  const last = Math.min(current.shown.length, Math.ceil((list.scrollTop + list.clientHeight) / rowHeight) + 4);
  const rows = [];
  for (let i = first; i < last; i++) rows.push(row(i));
  spacer.replaceChildren(...rows);
  const index = current.shown[active];
  if (index !== undefined && byID("row" + index)) list.setAttribute("aria-activedescendant", "row" + index);
  else list.removeAttribute("aria-activedescendant");
}

// reveal scrolls the active row into view.
function reveal() {
  const list = byID("list");
  byID("spacer").style.height = current.shown.length * rowHeight + "px"; // else there is nowhere to scroll to at first
  const top = active * rowHeight;
  if (top < list.scrollTop) list.scrollTop = top;
  else if (top + rowHeight > list.scrollTop + list.clientHeight) list.scrollTop = top + rowHeight - list.clientHeight;
  drawRows();
}

function listKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const page = Math.max(1, Math.floor(byID("list").clientHeight / rowHeight) - 1);
  const last = current.shown.length - 1;
  const moves = {
    ArrowDown: active + 1, j: active + 1, ArrowUp: active - 1, k: active - 1,
    PageDown: active + page, PageUp: active - page, Home: 0, End: last,
  };
  if (event.key === "Enter" && last >= 0) {
    openFinding(current.shown[active], true);
  } else if (event.key in moves && last >= 0) {
    active = Math.max(0, Math.min(last, moves[event.key]));
    openFinding(current.shown[active], false);
    reveal();
  } else {
    return;
  }
  event.preventDefault();
}
