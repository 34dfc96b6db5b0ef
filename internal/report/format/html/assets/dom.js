// Making elements. Text becomes text nodes and attributes are set by name:
// nothing here ever parses markup.

function add(node, children) {
  for (const child of children) {
    if (child !== null && child !== undefined && child !== false) node.append(child);
  }
  return node;
}

function setAll(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  return node;
}

function el(tag, attributes, ...children) {
  return add(setAll(document.createElement(tag), attributes || {}), children);
}

function svg(tag, attributes, ...children) {
  return add(setAll(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes || {}), children);
}

function byID(id) { return document.getElementById(id); }

function plural(n, what) { return n.toLocaleString("en") + " " + what + (n === 1 ? "" : "s"); }

// scrollBehavior is how to scroll for someone who asked for less movement.
function scrollBehavior() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
}
