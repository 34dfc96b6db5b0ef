// The detail of one finding.

// narrow reports whether the finding stands below the list rather than beside it.
function narrow() { return matchMedia("(max-width: 900px)").matches; }

function openFinding(index, focus, clicked) {
  const pushed = state.open === null;
  state.open = index;
  writeAddress(pushed);
  drawDetail();
  drawRows();
  if (focus) byID("title").focus({ preventScroll: true });
  if (focus || clicked && narrow()) byID("detail").scrollIntoView({ block: narrow() ? "start" : "nearest" });
}

function fact(name, ...value) { return [el("dt", {}, name), el("dd", {}, ...value)]; }

function filterLink(text, label, change) {
  return el("button", { type: "button", class: "link", title: label, onclick: change }, text);
}

function findingView(f) {
  const check = report.checks[f.check];
  const index = byFingerprint.get(f.id);
  const link = location.href.split("#")[0] + address(false, index);
  const pkg = report.packages[f.pkg];
  const [what, rest] = clauses(f.message);
  const view = el("article", { class: "finding " + hue(check), "aria-labelledby": "title" },
    el("p", { class: "crumbs" },
      el("span", { class: "check" }, checkName(check)),
      el("span", { class: "tag " + f.severity }, f.severity),
      el("span", { class: "tag" }, f.confidence + " confidence"),
      f.quiet && el("span", { class: "tag" }, "suppressed"),
      el("span", { class: "grow" }),
      el("a", { class: "permalink", href: address(false, index) }, "permalink"),
      copyButton(link, "Copy the permalink")),
    el("h2", { id: "title", tabindex: "-1" }, what, el("span", { class: "rest" }, rest)),
    el("dl", { class: "facts" },
      ...fact("at", el("code", {}, place(f.at) + (f.at.from > 0 ? ":" + (f.at.from + 1) : "")), copyButton(place(f.at), "Copy the place")),
      ...(f.func ? fact("in", el("code", {}, f.func)) : []),
      ...fact("package", filterLink(shortPackage(pkg), "Show only findings in " + pkg, () => only("packages", f.pkg))),
      ...(f.calls ? fact("also from", el("div", {}, ...f.calls.map((c) => el("p", {}, c.func ? el("code", {}, c.func) : null, (c.func ? " at " : "") + c.place)))) : []),
      ...(f.evidence ? fact("evidence", el("div", { class: "evidence" }, bar(100 * evidenceShare(f), 100, ""), ...f.evidence.text.map((t) => el("p", {}, t)))) : []),
      ...(f.quiet ? fact("suppressed", "by " + f.quiet.kind + " at " + f.quiet.place + (f.quiet.reason ? ": " + f.quiet.reason : "")) : [])));
  const snippetList = el("div", { class: "snippets" }, ...snippets(places(f)).map(snippet), f.fix ? diffBlock(f.fix) : null);
  if (f.steps && f.steps.length) {
    view.append(el("div", { class: "withpath" },
      el("aside", { class: "pathpane", "aria-label": "Path" }, el("h3", {}, "Path"), pathGraph(f)), snippetList));
  } else {
    view.append(snippetList);
  }
  view.append(meaning(check));
  return view;
}

// meaning explains a check: in short, and the rest for those who ask.
function meaning(check) {
  if (check.text.length === 0) return "";
  const [first, ...rest] = check.text;
  const link = check.url ? el("p", {}, el("a", { href: check.url, rel: "noreferrer noopener", target: "_blank" }, "Documentation")) : null;
  return el("section", { class: "why" }, el("h3", {}, "What " + checkName(check) + " means"), block(first),
    rest.length ? el("details", {}, el("summary", {}, "Why it matters, and what to do"), ...rest.map(block), link) : link);
}

function block(b) {
  if (b.code) return el("div", { class: "code example", role: "group", "aria-label": "Example", tabindex: "0" }, el("div", { class: "lines" }, ...b.code.map((line) => el("div", { class: "line" }, codeLine(line, [])))));
  if (b.items) return el("ul", {}, ...b.items.map((item) => el("li", {}, item)));
  return el("p", {}, b.p || "");
}

// clauses splits a message into what is wrong, and why and what to do.
function clauses(text) {
  const cut = text.search(/(,|;) so |; /);
  return cut > 20 ? [text.slice(0, cut), text.slice(cut)] : [text, ""];
}

function drawDetail() {
  const detail = byID("detail");
  detail.replaceChildren(state.open === null ? overview() : findingView(findings[state.open]));
  detail.scrollTop = 0;
  document.body.classList.toggle("reading", state.open !== null);
}

// only sets a filter to one value.
function only(set, value) {
  state[set] = new Set([value]);
  refresh(true);
}
