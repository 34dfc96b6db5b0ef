// Putting it together.

// refresh applies the filters and draws everything that depends on them.
function refresh(toOverview) {
  current = select();
  if (toOverview) state.open = null;
  const at = state.open === null ? -1 : current.shown.indexOf(state.open);
  active = Math.max(0, at);
  const total = findings.reduce((n, f) => n + (f.quiet && !state.quiet ? 0 : 1), 0);
  byID("count").textContent = current.shown.length === total ? plural(total, "finding") :
    current.shown.length.toLocaleString("en") + " of " + plural(total, "finding");
  byID("clear").hidden = !filtered();
  writeAddress(false);
  drawFacets();
  byID("list").scrollTop = 0;
  if (at > 0) reveal();
  else drawRows();
  if (state.open === null) drawDetail();
}

function fromAddress() {
  readAddress();
  byID("q").value = state.words;
  current = select();
  refresh(false);
  drawDetail();
  if (state.open !== null && narrow()) byID("detail").scrollIntoView({ block: "start" });
}

const themes = ["auto", "light", "dark"];

function storedTheme() {
  try { return localStorage.getItem("ctxlint-theme") || "auto"; } catch { return "auto"; }
}

function setTheme(theme) {
  if (!themes.includes(theme)) theme = "auto";
  document.documentElement.dataset.theme = theme;
  const button = byID("theme");
  button.textContent = { auto: "Theme: auto", light: "Theme: light", dark: "Theme: dark" }[theme];
  try { localStorage.setItem("ctxlint-theme", theme); } catch { /* a private window */ }
}

function globalKey(event) {
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    byID("q").focus();
    byID("q").select();
    event.preventDefault();
  } else if (event.key === "Escape" && event.target.id !== "q" && state.open !== null) {
    goHome();
    byID("list").focus();
  }
}

function goHome() {
  state.open = null;
  writeAddress(true);
  drawDetail();
  drawRows();
}

byID("scope").textContent = [report.prefix, plural(report.checked, "package") + " checked", report.version].filter(Boolean).join(" · ");
setTheme(storedTheme());
byID("theme").addEventListener("click", () => setTheme(themes[(themes.indexOf(document.documentElement.dataset.theme) + 1) % 3]));
byID("home").addEventListener("click", goHome);
byID("q").addEventListener("input", () => { state.words = byID("q").value; refresh(false); });
byID("q").addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" || event.key === "Enter") {
    byID("list").focus();
    if (current.shown.length) openFinding(current.shown[active], false);
    event.preventDefault();
  }
});
byID("clear").addEventListener("click", () => {
  Object.assign(state, { words: "", checks: new Set(), packages: new Set(), levels: new Set(), fixable: false, quiet: false, seen: false });
  byID("q").value = "";
  refresh(false);
  byID("q").focus();
});
byID("list").addEventListener("scroll", drawRows, { passive: true });
byID("list").addEventListener("keydown", listKey);
document.addEventListener("keydown", globalKey);
addEventListener("resize", drawRows);
addEventListener("popstate", fromAddress);
addEventListener("hashchange", fromAddress);
document.querySelector(".skip").addEventListener("click", (event) => { event.preventDefault(); byID("detail").focus(); });
fromAddress();
