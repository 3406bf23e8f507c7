// Line charts by dygraphs, with a legend of our own that works without colours and without a mouse.
import { element, value } from "./format.js";

const style = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const patterns = [null, [7, 4], [2, 3], [10, 3, 2, 3], [1, 2], [12, 4]];
const colours = ["--blue", "--orange", "--green", "--purple", "--red", "--sky"];
const dark = matchMedia("(prefers-color-scheme: dark)");

/** Lines over a number or a time; `marks` are places that get a tick at the foot. */
export class Chart {
  /** @param series names; @param options label, axis, bars (whether values are [low, value, high]), time. */
  constructor(series, options = {}) {
    this.series = series;
    this.options = options;
    this.canvas = element("div", { class: `chart ${options.low ? "low" : ""}`, role: "img" });
    this.values = series.map(() => element("b"));
    this.place = element("b");
    this.legend = element("ul", { class: "legend" }, series.map((name, number) => element("li", {}, this.sample(number), name, this.values[number])));
    if (options.marks) this.legend.append(element("li", {}, element("svg", { width: 22, height: 10, "aria-hidden": "true" }, element("path", { d: "M11 1v9", stroke: "var(--quiet)", "stroke-width": 2 })), options.marks));
    this.legend.append(element("li", {}, this.place));
    this.root = element("div", {}, this.canvas, this.legend);
    this.ticks = [];
    this.listener = () => this.restyle();
    dark.addEventListener("change", this.listener);
  }
  sample(number) {
    return element("svg", { width: 22, height: 10, "aria-hidden": "true" },
      element("path", { d: "M0 5h22", stroke: `var(${colours[number]})`, "stroke-width": 2.5, "stroke-dasharray": (patterns[number] ?? []).join(" ") || "none" }));
  }
  /** Rows of [x, y, …], y null where nothing is known; a summary for who does not see the chart. */
  show(rows, summary, ticks = []) {
    this.ticks = ticks;
    this.rows = rows;
    this.canvas.setAttribute("aria-label", summary);
    if (rows.length === 0) return;
    if (this.graph) {
      this.graph.updateOptions({ file: rows });
      if (!this.pointed) this.read(null);
      return;
    }
    const bars = this.options.bars;
    this.graph = new Dygraph(this.canvas, rows, {
      labels: ["x", ...this.series], customBars: Boolean(bars), legend: "never", ylabel: null,
      colors: this.series.map((_, number) => style(colours[number])),
      series: Object.fromEntries(this.series.map((name, number) => [name, { strokePattern: patterns[number], strokeWidth: number ? 1.6 : 2.2, fillAlpha: 0.16 }])),
      gridLineColor: style("--line"), axisLineColor: style("--line"), includeZero: Boolean(this.options.zero),
      rightGap: 8, xRangePad: 4, yRangePad: 6, animatedZooms: false, highlightCircleSize: 3.5, connectSeparatedPoints: true,
      axes: { y: { axisLabelWidth: 58, axisLabelFormatter: number => value(number) },
        x: this.options.time ? {} : { axisLabelFormatter: number => Number.isInteger(number) ? number.toLocaleString("en") : "" } },
      underlayCallback: (context, area, graph) => this.underlay(context, area, graph),
      highlightCallback: (_, x, points, row) => { this.pointed = true; this.read(row); },
      unhighlightCallback: () => { this.pointed = false; this.read(null); },
    });
    this.read(null);
  }
  read(row) {
    const values = this.rows?.[row ?? this.rows.length - 1];
    this.values.forEach((target, number) => {
      const found = values?.[number + 1];
      target.textContent = value(this.options.bars ? found?.[1] : found);
    });
    const x = values?.[0];
    this.place.textContent = x == null ? "" : this.options.time ? x.toLocaleTimeString() : `${this.options.axis} ${x.toLocaleString("en")}`;
  }
  underlay(context, area, graph) {
    context.strokeStyle = style("--quiet");
    context.lineWidth = 1;
    context.beginPath();
    for (const tick of this.ticks) {
      const x = Math.round(graph.toDomXCoord(tick)) + 0.5;
      if (x < area.x || x > area.x + area.w) continue;
      context.moveTo(x, area.y + area.h);
      context.lineTo(x, area.y + area.h - 7);
    }
    context.stroke();
  }
  restyle() {
    this.graph?.updateOptions({ colors: this.series.map((_, number) => style(colours[number])), gridLineColor: style("--line"), axisLineColor: style("--line") });
  }
  end() {
    dark.removeEventListener("change", this.listener);
    this.graph?.destroy();
    this.graph = null;
  }
}
