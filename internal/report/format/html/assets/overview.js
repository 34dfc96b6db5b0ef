// The filters at the side, and the overview: where the findings are.

const mostPackages = 30; // in the filter
const mostRows = 20;     // of the table

// bar is a horizontal bar of a share.
function bar(n, most, classes) {
  const fill = svg("rect", { class: "fill", x: 0, y: 0, height: 6, width: n === 0 ? 0 : Math.max(1.5, 100 * n / Math.max(1, most)) });
  return svg("svg", { class: "bar " + classes, viewBox: "0 0 100 6", preserveAspectRatio: "none", "aria-hidden": "true" },
    svg("rect", { class: "rail", x: 0, y: 0, width: 100, height: 6 }), fill);
}

function facet(label, title, n, most, pressed, classes, toggle) {
  return el("li", {}, el("button", { type: "button", class: "facet " + classes, "aria-pressed": String(pressed), title, onclick: toggle },
    el("span", { class: "name" }, label), el("span", { class: "n" }, n.toLocaleString("en")), bar(n, most, classes)));
}

function toggle(set, value) {
  if (!set.delete(value)) set.add(value);
  refresh(false);
}

function option(label, n, key) {
  const input = el("input", { type: "checkbox", onchange: () => { state[key] = !state[key]; refresh(false); } });
  input.checked = state[key];
  return el("li", {}, el("label", { class: "option" }, input, el("span", { class: "name" }, label), n === null ? null : el("span", { class: "n" }, n.toLocaleString("en"))));
}

function drawFacets() {
  const focused = document.activeElement && document.activeElement.closest("#facets") ? document.activeElement.title || document.activeElement.type : "";
  const nav = byID("facets");
  const most = Math.max(...current.perCheck, 1);
  const blocks = [];
  for (const analyzer of analyzers) {
    const own = report.checks.map((c, i) => i).filter((i) => report.checks[i].analyzer === analyzer);
    own.sort((a, b) => current.perCheck[b] - current.perCheck[a] || report.checks[a].category.localeCompare(report.checks[b].category));
    const total = own.reduce((sum, i) => sum + current.perCheck[i], 0);
    const all = own.every((i) => state.checks.has(i));
    blocks.push(el("h3", {}, el("button", {
      type: "button", class: "analyzer " + hue(report.checks[own[0]]), "aria-pressed": String(all), title: "All of " + analyzer,
      onclick: () => { for (const i of own) { if (all) state.checks.delete(i); else state.checks.add(i); } refresh(false); },
    }, el("span", { class: "dot", "aria-hidden": "true" }), el("span", { class: "name" }, analyzer), el("span", { class: "n" }, total.toLocaleString("en")))));
    blocks.push(el("ul", {}, ...own.map((i) => facet(report.checks[i].category, checkName(report.checks[i]), current.perCheck[i], most,
      state.checks.has(i), hue(report.checks[i]), () => toggle(state.checks, i)))));
  }
  const packages = report.packages.map((p, i) => i)
    .filter((i) => current.perPackage[i] > 0 || state.packages.has(i))
    .sort((a, b) => state.packages.has(b) - state.packages.has(a) || current.perPackage[b] - current.perPackage[a] || a - b);
  const mostInPackage = Math.max(...packages.map((i) => current.perPackage[i]), 1);
  const quiet = findings.reduce((n, f) => n + (f.quiet ? 1 : 0), 0);
  nav.replaceChildren(
    el("h2", {}, "Checks"), ...blocks,
    el("h2", {}, "Packages"),
    el("ul", {}, ...packages.slice(0, mostPackages).map((i) => facet(shortPackage(report.packages[i]), report.packages[i], current.perPackage[i], mostInPackage,
      state.packages.has(i), "", () => toggle(state.packages, i)))),
    packages.length > mostPackages ? el("p", { class: "more" }, "and " + plural(packages.length - mostPackages, "more package") + "; search for the name of one") : "",
    ...(levels.length > 1 ? [el("h2", {}, "Confidence"), el("ul", {}, ...levels.map((l) => facet(l, "Confidence " + l, current.perLevel.get(l),
      Math.max(...current.perLevel.values(), 1), state.levels.has(l), "", () => toggle(state.levels, l))))] : []),
    ...(severities.length > 1 ? [el("h2", {}, "Severity"), el("ul", {}, ...severities.map((s) => facet(s, "Severity " + s, current.perSeverity.get(s),
      Math.max(...current.perSeverity.values(), 1), state.severities.has(s), "", () => toggle(state.severities, s))))] : []),
    el("h2", {}, "Show"),
    el("ul", {}, option("only what has a fix", current.fixable, "fixable"),
      mostEvidence > 0 ? option("only what has evidence", current.seen, "seen") : null, mostEvidence > 0 ? option("sorted by place, not by evidence", null, "byPlace") : null, quiet > 0 ? option("suppressed ones too", quiet, "quiet") : null));
  if (focused) {
    const again = [...nav.querySelectorAll("button, input")].find((n) => (n.title || n.type) === focused);
    if (again) again.focus({ preventScroll: true });
  }
}

function tile(n, what, detail) {
  return el("div", { class: "tile" }, el("b", {}, n.toLocaleString("en")), el("span", {}, what), detail ? el("small", {}, detail) : null);
}

function overview() {
  const shown = current.shown.map((i) => findings[i]);
  const packages = new Set(shown.map((f) => f.pkg));
  const errors = report.notes.filter((n) => n.error), unused = report.notes.filter((n) => !n.error);
  return el("article", { class: "overview", "aria-labelledby": "title" },
    el("h2", { id: "title", tabindex: "-1" }, filtered() ? "Overview of what is filtered" : "Overview"),
    el("div", { class: "tiles" },
      tile(shown.length, shown.length === 1 ? "finding" : "findings"),
      severities.length > 1 ? tile(shown.filter((f) => f.severity === "error").length, "of severity error") : null,
      tile(packages.size, packages.size === 1 ? "package has some" : "packages have some", "of " + plural(report.checked, "package") + " checked"),
      tile(shown.filter((f) => f.fix).length, "can be fixed", "by ctxlint -fix"),
      mostEvidence > 0 ? tile(shown.filter((f) => f.evidence).length, "seen in production", "they have evidence") : null,
      errors.length ? tile(errors.length, errors.length === 1 ? "error" : "errors", "something was not analysed") : null),
    shown.length ? chart(shown) : el("p", { class: "none" }, findings.length ? "Nothing passes the filters." : "Nothing was found. Well done."),
    shown.length ? table(shown) : null,
    report.inputs ? notes("What the program has shown", report.inputs.map((text) => ({ text }))) : null,
    notes("What could not be analysed", errors), notes("Suppressions that silence nothing", unused));
}

// chart stacks the findings of each analyzer by category.
function chart(shown) {
  const perCheck = new Array(report.checks.length).fill(0);
  for (const f of shown) perCheck[f.check]++;
  const rows = analyzers.map((analyzer) => {
    const own = report.checks.map((c, i) => i).filter((i) => report.checks[i].analyzer === analyzer && perCheck[i] > 0)
      .sort((a, b) => perCheck[b] - perCheck[a]);
    return { analyzer, own, total: own.reduce((sum, i) => sum + perCheck[i], 0) };
  }).filter((r) => r.total > 0);
  const most = Math.max(...rows.map((r) => r.total));
  return el("section", { class: "chart", "aria-label": "Findings by analyzer and category" }, el("h3", {}, "By analyzer and category"),
    ...rows.map((r) => {
      const width = 640;
      let x = 0;
      const parts = r.own.map((i, position) => {
        const w = width * perCheck[i] / most;
        const name = checkName(report.checks[i]) + ": " + perCheck[i];
        const part = svg("g", { class: "part shade" + (position % 5), role: "button", tabindex: "0", "aria-label": name + ", show only these",
          onclick: () => only("checks", i), onkeydown: (e) => { if (e.key === "Enter") only("checks", i); } },
          svg("title", {}, name), svg("rect", { x, y: 0, width: Math.max(2, w - 2), height: 30, rx: 4 }),
          w > 46 ? svg("text", { x: x + 9, y: 20 }, cutTo(report.checks[i].category + "  " + perCheck[i], w - 16)) : null);
        x += w;
        return part;
      });
      return el("div", { class: "chartrow " + hue(report.checks[r.own[0]]) },
        el("span", { class: "name" }, r.analyzer), svg("svg", { viewBox: `0 0 ${width} 30`, class: "stack", role: "group", "aria-label": r.analyzer }, ...parts),
        el("span", { class: "n" }, r.total.toLocaleString("en")));
    }));
}

// table counts findings by package and check, the packages with most first.
function table(shown) {
  const counts = new Map();
  const checks = [...new Set(shown.map((f) => f.check))].sort((a, b) => checkName(report.checks[a]) < checkName(report.checks[b]) ? -1 : 1);
  for (const f of shown) {
    const r = counts.get(f.pkg) || { total: 0, per: new Map() };
    r.total++;
    r.per.set(f.check, (r.per.get(f.check) || 0) + 1);
    counts.set(f.pkg, r);
  }
  const rows = [...counts].sort((a, b) => b[1].total - a[1].total || a[0] - b[0]);
  const most = Math.max(...rows.flatMap(([, r]) => [...r.per.values()]));
  const cell = (pkg, check, n) => n === 0 ? el("td", { class: "zero" }, "") :
    el("td", { class: hue(report.checks[check]) + " heat" + Math.min(4, Math.ceil(4 * Math.sqrt(n / most))) },
      el("button", { type: "button", title: n + " of " + checkName(report.checks[check]) + " in " + report.packages[pkg],
        onclick: () => { state.checks = new Set([check]); only("packages", pkg); } }, n.toLocaleString("en")));
  return el("section", { class: "matrix" }, el("h3", {}, "By package"),
    el("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": "Findings by package and check" },
      el("table", {},
        el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "package"),
          ...checks.map((c) => el("th", { scope: "col", class: hue(report.checks[c]) }, el("span", {}, report.checks[c].analyzer), el("br"), report.checks[c].category)),
          el("th", { scope: "col", class: "total" }, "all"))),
        el("tbody", {}, ...rows.slice(0, mostRows).map(([pkg, r]) => el("tr", {},
          el("th", { scope: "row" }, filterLink(shortPackage(report.packages[pkg]), "Show only " + report.packages[pkg], () => only("packages", pkg))),
          ...checks.map((c) => cell(pkg, c, r.per.get(c) || 0)),
          el("td", { class: "total" }, r.total.toLocaleString("en"))))))),
    rows.length > mostRows ? el("p", { class: "more" }, "and " + plural(rows.length - mostRows, "more package")) : null);
}

function notes(title, list) {
  if (list.length === 0) return null;
  return el("section", { class: "notes" }, el("h3", {}, title + " (" + list.length.toLocaleString("en") + ")"),
    el("ul", {}, ...list.slice(0, 200).map((n) => el("li", {}, n.place ? el("code", {}, n.place) : null, el("span", {}, n.text)))),
    list.length > 200 ? el("p", { class: "more" }, "and " + (list.length - 200).toLocaleString("en") + " more") : null);
}
