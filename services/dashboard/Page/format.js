// Numbers and elements for people.

const plain = new Intl.NumberFormat("en");
const compact = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

export const unknown = "–";

/** A whole number with its thousands apart. */
export const count = n => n == null ? unknown : plain.format(n);

/** A large number in few characters: 12.3K. */
export const short = n => n == null ? unknown : n < 10000 ? plain.format(Math.round(n)) : compact.format(n);

/** A return with the digits it needs. */
export function value(n) {
  if (n == null || !isFinite(n)) return unknown;
  const size = Math.abs(n);
  if (n === 0) return "0";
  if (size >= 1e9 || size < 1e-4) return n.toExponential(2);
  const digits = size >= 100 ? 1 : size >= 1 ? 2 : 3;
  return n.toLocaleString("en", { maximumFractionDigits: digits }).replace("-", "−");
}

/** Seconds in one or two units. */
export function time(seconds) {
  if (seconds == null) return unknown;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = seconds / 60;
  if (minutes < 90) return `${Math.round(minutes)} min`;
  const hours = minutes / 60;
  return hours < 48 ? `${Math.floor(hours)} h ${Math.round(minutes % 60)} min` : `${Math.round(hours / 24)} days`;
}

/** Bytes with their unit. */
export function bytes(n) {
  if (n == null) return unknown;
  return n < 1e6 ? `${(n / 1e3).toFixed(0)} kB` : n < 1e9 ? `${(n / 1e6).toFixed(1)} MB` : `${(n / 1e9).toFixed(2)} GB`;
}

const svgNames = new Set(["svg", "g", "line", "path", "circle", "text", "title"]);

/** An element with attributes and children; texts are texts, never markup. */
export function element(name, attributes = {}, ...children) {
  const made = svgNames.has(name) || attributes.svg
    ? document.createElementNS("http://www.w3.org/2000/svg", name) : document.createElement(name);
  for (const [key, content] of Object.entries(attributes)) {
    if (content == null || content === false || key === "svg") continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), content);
    else made.setAttribute(key, content === true ? "" : content);
  }
  made.append(...children.flat().filter(child => child != null));
  return made;
}

/** Sets a text only if it changes, so that nothing is read out or selected anew. */
export function say(target, text) {
  if (target.textContent !== text) target.textContent = text;
}

const worrying = new Set(["failed", "damaged", "suspended", "cancelled"]);

/** A run's phase as a pill. */
export function phase(run) {
  const name = run.starved ? "starved" : run.phase;
  return element("span", { class: `pill ${run.starved || worrying.has(name) ? "bad" : name}` }, name);
}

/** Tiles of name, figure and note, kept and refilled. */
export class Tiles {
  constructor(label) {
    this.root = element("dl", { class: "tiles", "aria-label": label });
    this.made = new Map();
  }
  show(figures) {
    for (const [name, figure, note = ""] of figures) {
      let tile = this.made.get(name);
      if (!tile) {
        tile = { figure: element("dd"), note: element("dd") };
        this.made.set(name, tile);
        this.root.append(element("div", { class: "tile" }, element("dt", {}, name), tile.figure, tile.note));
      }
      say(tile.figure, figure);
      say(tile.note, note);
    }
    this.root.dataset.count = this.made.size;
  }
}

/** A table whose rows keep their place, focus and selection while their cells change. */
export class Table {
  constructor(columns, { cards = false, empty = "none" } = {}) {
    this.columns = columns;
    this.rows = new Map();
    this.body = element("tbody");
    this.order = null;
    this.heads = columns.map(column => element("th", { scope: "col", class: column.number ? "number" : null },
      column.by ? element("button", { type: "button", onclick: () => this.sort(column) }, column.name) : column.name));
    this.table = element("table", { class: cards ? "cards" : null }, element("thead", {}, element("tr", {}, this.heads)), this.body);
    this.none = element("p", { class: "empty" }, empty);
    this.root = element("div", { class: "scroll" }, this.table, this.none);
  }
  sort(column) {
    const descending = this.order?.column === column ? !this.order.descending : Boolean(column.number);
    this.order = { column, descending };
    this.heads.forEach((head, place) => this.columns[place] === column
      ? head.setAttribute("aria-sort", descending ? "descending" : "ascending") : head.removeAttribute("aria-sort"));
    this.show(this.items);
  }
  show(items) {
    this.items = items;
    let sorted = items;
    if (this.order) {
      const { column, descending } = this.order;
      const key = item => column.by(item);
      sorted = [...items].sort((a, b) => {
        const [x, y] = [key(a), key(b)];
        if (x == null || y == null) return (x == null) - (y == null);
        return (x < y ? -1 : x > y ? 1 : 0) * (descending ? -1 : 1);
      });
    }
    const names = new Set(sorted.map(item => item.name));
    for (const [name, row] of this.rows) if (!names.has(name)) { row.root.remove(); this.rows.delete(name); }
    sorted.forEach((item, place) => {
      let row = this.rows.get(item.name);
      if (!row) {
        const cells = this.columns.map(column => element("td", { class: column.number ? "number" : null, "data-label": column.label }));
        row = { root: element("tr", {}, cells), cells };
        this.rows.set(item.name, row);
      }
      this.columns.forEach((column, number) => {
        const content = column.cell(item), text = JSON.stringify([item.name, column.mark ? column.mark(item) : content]);
        if (row.cells[number].mark === text) return;
        row.cells[number].mark = text;
        row.cells[number].replaceChildren(...[content].flat().filter(child => child != null));
      });
      if (this.body.children[place] !== row.root) this.body.insertBefore(row.root, this.body.children[place] ?? null);
    });
    this.table.hidden = items.length === 0;
    this.none.hidden = items.length > 0;
  }
}
