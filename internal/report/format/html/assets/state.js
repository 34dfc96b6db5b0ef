// What is shown: the filters and the finding, which the address holds too, so
// that every view has a permalink.

const report = JSON.parse(byID("report").textContent);
const findings = report.findings;
const byFingerprint = new Map(findings.map((f, i) => [f.id, i]));
const levels = ["high", "medium", "low"].filter((l) => findings.some((f) => f.confidence === l)); // of confidence
const severities = ["error", "warning", "note"].filter((s) => findings.some((f) => f.severity === s));
const analyzers = [...new Set(report.checks.map((c) => c.analyzer))].sort();

const state = { words: "", checks: new Set(), packages: new Set(), levels: new Set(), severities: new Set(), fixable: false, quiet: false, seen: false, byPlace: false, open: null };
const mostEvidence = Math.max(0, ...findings.map((f) => f.evidence ? f.evidence.n : 0)); // 0 if there is none

// evidenceShare is how long the bar of some evidence is: numbers of ten and of ten thousand
// have to be told apart.
function evidenceShare(f) { return Math.log1p(f.evidence.n) / Math.log1p(mostEvidence); }

function checkName(check) { return check.analyzer + "/" + check.category; }
function hue(check) { return "hue" + check.hue; }

// shortPackage leaves out what all packages have in common.
function shortPackage(path) {
  return report.prefix && path.startsWith(report.prefix + "/") ? path.slice(report.prefix.length + 1) : path;
}

// place is "file:line" of a range.
function place(at) { return report.files[at.file].name + (at.line > 0 ? ":" + at.line : ""); }

function comparePlaces(a, b) {
  const x = report.files[a.file].name, y = report.files[b.file].name;
  return x < y ? -1 : x > y ? 1 : a.line - b.line || a.from - b.from;
}

// haystack is the text that the search looks through.
function haystack(f) {
  if (f.haystack === undefined) {
    const parts = [f.message, checkName(report.checks[f.check]), report.packages[f.pkg], f.func || "", place(f.at), f.id];
    if (f.evidence) parts.push(...f.evidence.text);
    for (const step of f.steps || []) parts.push(step.message, place(step.at));
    f.haystack = parts.join("\n").toLowerCase();
  }
  return f.haystack;
}

// select returns the findings that pass the filters, as indices, and how many
// there would be for each check, package, level and severity if that one were asked for.
function select() {
  const words = state.words.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = [];
  const perCheck = new Array(report.checks.length).fill(0);
  const perPackage = new Array(report.packages.length).fill(0);
  const perLevel = new Map(levels.map((l) => [l, 0]));
  const perSeverity = new Map(severities.map((s) => [s, 0]));
  let fixable = 0, seen = 0;
  findings.forEach((f, i) => {
    if (f.quiet && !state.quiet) return;
    for (const word of words) if (!haystack(f).includes(word)) return;
    const rightCheck = state.checks.size === 0 || state.checks.has(f.check);
    const rightPackage = state.packages.size === 0 || state.packages.has(f.pkg);
    const rightLevel = state.levels.size === 0 || state.levels.has(f.confidence);
    const rightSeverity = state.severities.size === 0 || state.severities.has(f.severity);
    if (rightCheck && rightPackage && rightLevel && rightSeverity && f.fix) fixable++;
    if (rightCheck && rightPackage && rightLevel && rightSeverity && f.evidence) seen++;
    if (state.fixable && !f.fix || state.seen && !f.evidence) return;
    if (rightCheck && rightPackage && rightSeverity) perLevel.set(f.confidence, perLevel.get(f.confidence) + 1);
    if (rightCheck && rightPackage && rightLevel) perSeverity.set(f.severity, perSeverity.get(f.severity) + 1);
    if (!rightLevel || !rightSeverity) return;
    if (rightPackage) perCheck[f.check]++;
    if (rightCheck) perPackage[f.pkg]++;
    if (rightCheck && rightPackage) shown.push(i);
  });
  if (state.byPlace) shown.sort((a, b) => comparePlaces(findings[a].at, findings[b].at) || a - b);
  return { shown, perCheck, perPackage, perLevel, perSeverity, fixable, seen };
}

function filtered() {
  return state.words.trim() !== "" || state.checks.size > 0 || state.packages.size > 0 || state.levels.size > 0 || state.severities.size > 0 || state.fixable || state.quiet || state.seen;
}

function readAddress() {
  const params = new URLSearchParams(location.hash.slice(1));
  const indices = (name, list) => new Set(params.getAll(name).map((v) => list.indexOf(v)).filter((i) => i >= 0));
  state.words = params.get("q") || "";
  state.checks = indices("check", report.checks.map(checkName));
  state.packages = indices("package", report.packages);
  state.levels = new Set(params.getAll("confidence").filter((l) => levels.includes(l)));
  state.severities = new Set(params.getAll("severity").filter((s) => severities.includes(s)));
  state.fixable = params.has("fixable");
  state.quiet = params.has("suppressed");
  state.seen = params.has("evidence");
  state.byPlace = params.get("sort") === "place";
  const open = byFingerprint.get(params.get("finding") || "");
  state.open = open === undefined ? null : open;
  if (state.open !== null && findings[state.open].quiet) state.quiet = true;
}

function address(withFilters, open) {
  const params = new URLSearchParams();
  if (open !== null) params.set("finding", findings[open].id);
  if (withFilters) {
    if (state.words.trim()) params.set("q", state.words);
    for (const c of state.checks) params.append("check", checkName(report.checks[c]));
    for (const p of state.packages) params.append("package", report.packages[p]);
    for (const l of state.levels) params.append("confidence", l);
    for (const s of state.severities) params.append("severity", s);
    if (state.fixable) params.set("fixable", "");
    if (state.quiet) params.set("suppressed", "");
    if (state.seen) params.set("evidence", "");
    if (state.byPlace) params.set("sort", "place");
  }
  return "#" + params.toString();
}

// writeAddress replaces the address, or with push makes a new entry of the
// browser's history.
function writeAddress(push) {
  const target = address(true, state.open);
  if (target === (location.hash || "#")) return;
  history[push ? "pushState" : "replaceState"](null, "", target);
}
