// The queue: its lists, its runs, its evaluators, what fails.
import { Chart } from "./charts.js";
import { bytes, count, element, phase, say, short, Table, Tiles, time, value } from "./format.js";

const address = run => `#/run/${encodeURIComponent(run.name)}`;

function name(run) {
  const why = run.problem ?? (["failed", "suspended"].includes(run.phase) ? run.message : null);
  return [element("a", { class: "name", href: address(run) }, run.name), why && element("span", { class: "why" }, why)];
}

function progress(run) {
  if (run.iterations == null) return null;
  return [element("progress", { max: run.iterations, value: run.iteration, "aria-label": `iterations of ${run.name}` }),
    `${count(run.iteration)} / ${count(run.iterations)}`, run.stopped && ", stopped"];
}

const runColumns = [
  { name: "Run", by: run => run.name, cell: name, mark: run => [run.problem, run.phase, run.message] },
  { name: "Phase", by: run => run.starved ? "starved" : run.phase, cell: phase, mark: run => [run.phase, run.starved] },
  { name: "Environment", by: run => run.environment, cell: run => run.environment ?? "" },
  { name: "Iterations", by: run => run.iteration / run.iterations, cell: progress, mark: run => [run.iteration, run.iterations, run.stopped] },
  { name: "Mean return", label: "mean", number: true, by: run => run.mean, cell: run => value(run.mean) },
  { name: "Best policy", label: "best", number: true, by: run => run.best, cell: run => value(run.best) },
  { name: "Bits", label: "bits", number: true, by: run => run.bits, cell: run => count(run.bits) },
  { name: "Failed", label: "failed", number: true, by: run => run.failed, cell: run => run.failed == null ? "…" : count(run.failed) },
];

const evaluatorColumns = [
  { name: "Evaluator", by: one => one.name, cell: one => element("span", { class: "name" }, one.name), mark: one => one.name },
  { name: "Busy", label: "busy", number: true, by: one => one.busy, cell: one => `${one.busy} / ${count(one.slots)}` },
  { name: "Evaluations/s", label: "evaluations/s", number: true, by: one => one.evaluationsPerSecond, cell: one => value(one.evaluationsPerSecond) },
  { name: "Steps/s", label: "steps/s", number: true, by: one => one.stepsPerSecond, cell: one => short(one.stepsPerSecond) },
  { name: "Done", label: "done", number: true, by: one => one.evaluations, cell: one => count(one.evaluations) },
  { name: "Failed", label: "failed", number: true, by: one => one.failed, cell: one => count(one.failed) },
  { name: "Last seen", label: "seen", number: true, by: one => one.seenSeconds, cell: one => `${time(one.seenSeconds)} ago` },
];

const failureColumns = [
  { name: "Run", cell: run => element("a", { class: "name", href: address(run) }, run.name), mark: run => run.name },
  { name: "Failed", label: "failed", number: true, cell: run => run.failed == null ? "…" : count(run.failed) },
  { name: "Why the last one failed", cell: run => run.lastFailure ?? "" },
];

export class Overview {
  title = "Queue";
  sources = ["api/queue", "api/runs"];

  constructor() {
    this.tiles = new Tiles("The queue in figures");
    this.warnings = element("ul");
    this.notice = element("section", { class: "notice warn", "aria-label": "Warnings", hidden: true }, this.warnings);
    this.depth = new Chart(["tasks pending", "tasks in flight", "iterations waiting"], { time: true, zero: true, low: true });
    this.runs = new Table(runColumns, { cards: true, empty: "No runs yet: chromatic submit begins one." });
    this.filter = element("input", { type: "search", placeholder: "Filter", "aria-label": "Filter runs by name, phase or environment", oninput: () => this.showRuns() });
    this.evaluators = new Table(evaluatorColumns, { cards: true, empty: "None is alive." });
    this.failures = new Table(failureColumns, { empty: "No run has failed evaluations." });
    this.leaders = element("p", { class: "sub" });
    this.runsTitle = element("h2", {}, "Runs");
    this.root = [
      this.notice, this.tiles.root,
      card(element("h2", {}, "Queue depth"), this.depth.root, element("span", { class: "sub" }, "the last hour")),
      element("section", { class: "card" }, element("div", { class: "head" }, this.runsTitle, this.filter), this.runs.root),
      card(element("h2", {}, "Evaluators"), element("div", {}, this.evaluators.root, this.leaders)),
      card(element("h2", {}, "Failures"), this.failures.root),
    ];
  }

  show([queue, { runs }]) {
    const { counts, evaluators, redis } = queue;
    const sum = key => evaluators.reduce((total, one) => total + (one[key] ?? 0), 0);
    const running = runs.filter(run => run.phase === "running");
    this.tiles.show([
      ["Tasks pending", count(counts?.pending), counts?.oldestTaskSeconds > 5 ? `oldest for ${time(counts.oldestTaskSeconds)}` : ""],
      ["Tasks in flight", count(counts?.leased), counts?.dead ? `${count(counts.dead)} given up` : ""],
      ["Evaluators", count(evaluators.length), `${sum("busy")} of ${sum("slots")} slots busy`],
      ["Evaluations/s", value(sum("evaluationsPerSecond")), `${short(sum("stepsPerSecond"))} steps/s`],
      ["Runs going on", count(running.length), `${count(runs.length)} in all`],
      ["Redis memory", bytes(redis?.memoryUsed), redis?.memoryLimit ? `of ${bytes(redis.memoryLimit)}` : redis ? "no limit set" : ""],
    ]);
    const { warnings } = queue;
    if (this.warned !== warnings.join("\n")) {
      this.warned = warnings.join("\n");
      this.warnings.replaceChildren(...warnings.slice(0, 12).map(line => element("li", {}, line)));
    }
    this.notice.hidden = warnings.length === 0;
    const { depth } = queue;
    this.depth.show(depth.time.map((unix, row) => [new Date(unix * 1000), depth.pending[row], depth.leased[row], depth.iterations[row]]),
      `Queue depth: ${count(counts?.pending)} tasks pending, ${count(counts?.leased)} in flight now`);
    this.all = runs;
    this.showRuns();
    this.evaluators.show(evaluators);
    say(this.leaders, ["controller", "aggregator"].map(role => {
      const leader = queue.leaders[role];
      return `${role}: ${leader ? `${leader.name}, seen to lead for ${time(leader.seconds)}` : "none leads"}`;
    }).join(" · "));
    this.failures.show(runs.filter(run => run.failed || run.lastFailure));
  }

  showRuns() {
    const wanted = this.filter.value.toLowerCase();
    const found = (this.all ?? []).filter(run => [run.name, run.phase, run.environment].some(text => text?.toLowerCase().includes(wanted)));
    say(this.runsTitle, `Runs (${count(found.length)})`);
    this.runs.show(found);
  }

  end() { this.depth.end(); }
}

function card(title, content, note) {
  return element("section", { class: "card" }, element("div", { class: "head" }, title, note), content);
}
