// Runs beside each other: return against bits, and their learning curves.
import { Chart } from "./charts.js";
import { count, element, say, value } from "./format.js";

const most = 6;

export class Compare {
  title = "Compare";
  sources = ["api/runs"];

  constructor(ask) {
    this.ask = ask;
    this.chosen = [];
    this.environment = element("select", { "aria-label": "Environment", onchange: () => { this.chosen = []; this.shown = null; this.show([this.view]); } });
    this.plot = element("div");
    this.boxes = element("fieldset", { "aria-label": `Runs whose curves are drawn, at most ${most}` });
    this.curves = element("div");
    this.hint = element("p", { class: "empty" }, `Choose up to ${most} runs to see their mean returns in one chart.`);
    this.root = [
      element("section", { class: "card" }, element("div", { class: "head" }, element("h2", {}, "Return against bits"), this.environment), this.plot),
      element("section", { class: "card" }, element("div", { class: "head" }, element("h2", {}, "Learning curves")), this.boxes, this.hint, this.curves),
    ];
  }

  async show([view]) {
    this.view = view;
    const names = [...new Set(view.runs.map(run => run.environment).filter(Boolean))].sort();
    if (this.names !== names.join("\n")) {
      this.names = names.join("\n");
      const former = this.environment.value;
      this.environment.replaceChildren(...names.map(name => element("option", { value: name }, name)));
      const size = name => view.runs.filter(run => run.environment === name).length;
      this.environment.value = names.includes(former) ? former : [...names].sort((a, b) => size(b) - size(a))[0];
    }
    const runs = view.runs.filter(run => run.environment === this.environment.value);
    const state = JSON.stringify(runs.map(run => [run.name, run.bits, run.best]));
    if (this.shown !== state) {
      this.shown = state;
      this.plot.replaceChildren(scatter(runs.filter(run => run.bits && run.best != null)));
      this.showBoxes(runs);
    }
    await this.showCurves();
  }

  showBoxes(runs) {
    const known = runs.map(run => run.name).join("\n");
    if (this.listed === known) return;
    this.listed = known;
    this.chosen = this.chosen.filter(name => runs.some(run => run.name === name));
    if (!this.chosen.length) this.chosen = runs.slice(0, 3).map(run => run.name);
    this.boxes.replaceChildren(...runs.map(run => element("label", {},
      element("input", { type: "checkbox", value: run.name, checked: this.chosen.includes(run.name), onchange: event => this.choose(event.target) }), run.name)));
  }

  choose(box) {
    if (box.checked && this.chosen.length >= most) { box.checked = false; return; }
    this.chosen = box.checked ? [...this.chosen, box.value] : this.chosen.filter(name => name !== box.value);
    this.showCurves();
  }

  async showCurves() {
    const chosen = [...this.chosen];
    this.hint.hidden = chosen.length > 0;
    const views = await Promise.all(chosen.map(name => this.ask(`api/runs/${encodeURIComponent(name)}`)));
    if (chosen.join("\n") !== this.chosen.join("\n") || views.some(view => !view)) return;
    if (this.drawn !== chosen.join("\n")) {
      this.drawn = chosen.join("\n");
      this.chart?.end();
      this.chart = chosen.length ? new Chart(chosen, { axis: "iteration" }) : null;
      this.curves.replaceChildren(...(this.chart ? [this.chart.root] : []));
    }
    const rows = new Map();
    views.forEach(({ curve }, number) => curve.iteration.forEach((iteration, row) => {
      if (!rows.has(iteration)) rows.set(iteration, [iteration, ...chosen.map(() => null)]);
      rows.get(iteration)[number + 1] = curve.mean[row];
    }));
    this.chart?.show([...rows.values()].sort((a, b) => a[0] - b[0]), `Mean returns of ${chosen.join(", ")}`);
  }

  end() { this.chart?.end(); }
}

/** Best return over bits (logarithmic), each point a link to its run; the Pareto front is joined. */
function scatter(runs) {
  if (!runs.length) return element("p", { class: "empty" }, "No policies of this environment yet.");
  const [width, height, left, right, top, foot] = [960, 380, 74, 24, 16, 46];
  const bits = runs.map(run => Math.log2(run.bits)), returns = runs.map(run => run.best);
  const range = values => { const [low, high] = [Math.min(...values), Math.max(...values)], pad = (high - low || Math.abs(high) || 1) * 0.08; return [low - pad, high + pad]; };
  const [x0, x1] = [Math.min(...bits) - 0.5, Math.max(...bits) + 0.5], [y0, y1] = range(returns);
  const x = value => left + (Math.log2(value) - x0) / (x1 - x0) * (width - left - right);
  const y = value => height - foot - (value - y0) / (y1 - y0) * (height - top - foot);
  const root = element("svg", { class: runs.length > 12 ? "scatter crowded" : "scatter", viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": `Best return against bits of ${runs.length} runs` });
  for (let part = 0; part <= 4; part++) {
    const at = y0 + (y1 - y0) * part / 4;
    root.append(element("line", { x1: left, x2: width - right, y1: y(at), y2: y(at) }), element("text", { x: left - 8, y: y(at) + 4, "text-anchor": "end" }, value(at)));
  }
  const step = x1 - x0 < 4 ? 0.5 : Math.ceil((x1 - x0) / 8);
  for (let power = Math.ceil(x0 / step) * step; power <= x1; power += step) {
    root.append(element("line", { x1: x(2 ** power), x2: x(2 ** power), y1: top, y2: height - foot }), element("text", { x: x(2 ** power), y: height - foot + 20, "text-anchor": "middle" }, count(Math.round(2 ** power))));
  }
  root.append(element("text", { x: (left + width - right) / 2, y: height - 6, "text-anchor": "middle" }, "bits of the best policy"));
  let best = -Infinity;
  const front = [...runs].sort((a, b) => a.bits - b.bits || b.best - a.best).filter(run => run.best > best && ((best = run.best), true));
  root.append(element("path", { class: "front", d: front.map((run, place) => `${place ? "H" : "M"}${x(run.bits)}${place ? "V" : " "}${y(run.best)}`).join("") }));
  [...runs].sort((a, b) => a.bits - b.bits).forEach((run, place) => {
    const link = element("a", { svg: true, href: `#/run/${encodeURIComponent(run.name)}`, "aria-label": `${run.name}: return ${value(run.best)} with ${count(run.bits)} bits` });
    const [across, up] = [x(run.bits), y(run.best)];
    const anchor = across > width - 150 ? "end" : across < left + 100 ? "start" : "middle";
    // Labels of neighbours stand at different heights.
    link.append(element("circle", { cx: across, cy: up, r: 7 }),
      element("text", { x: across, y: up - 14 - place % 3 * 18, "text-anchor": anchor }, run.name),
      element("title", {}, `${value(run.best)}, ${count(run.bits)} bits`));
    root.append(link);
  });
  return root;
}
