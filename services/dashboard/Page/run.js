// One run: its learning curve, its best policy, its failures and settings.
import { Chart } from "./charts.js";
import { count, element, phase, say, short, Table, Tiles, time, unknown, value } from "./format.js";

export class RunPage {
  constructor(name) {
    this.title = name;
    this.path = `api/runs/${encodeURIComponent(name)}`;
    this.sources = [this.path];
    this.pill = element("span");
    this.sub = element("p", { class: "sub" });
    this.notice = element("p", { class: "notice bad", hidden: true });
    this.tiles = new Tiles("The run in figures");
    this.curve = new Chart(["mean of the perturbed policies", "best of the iteration", "controller's proposal"],
      { bars: true, axis: "iteration", marks: "search step" });
    this.reading = element("span", { class: "sub" });
    this.entropy = new Chart(["entropy per edge"], { axis: "iteration", zero: true, low: true });
    this.partition = element("img", { class: "partition", hidden: true });
    this.noPartition = element("p", { class: "empty" }, "No policy yet: the first iteration is not done.");
    this.film = element("img", { class: "film", hidden: true });
    this.filmNote = element("p", { class: "sub", role: "status" });
    this.filmButton = element("button", { type: "button", hidden: true }, "Film an episode");
    this.filmButton.addEventListener("click", () => this.showFilm());
    this.failures = new Table([
      { name: "Kind", cell: row => row.name },
      { name: "Evaluations", number: true, cell: row => count(row.number) },
    ], { empty: "No evaluation of this run has failed." });
    this.lastFailure = element("p", { class: "sub" });
    this.settings = element("dl", { class: "settings" });
    const files = [["policy.json", "Policy"], ["history.jsonl", "History (JSON lines)"], ["history.csv", "History (CSV)"],
      ["learning-curve.svg", "Learning curve (SVG)"], ["partition.svg", "Partition (SVG)"]];
    this.root = [
      element("div", {}, element("div", { class: "title" }, element("h1", {}, name), this.pill), this.sub),
      this.notice, this.tiles.root,
      card("Learning curve", this.curve.root, this.reading),
      card("Best partition", element("div", {}, this.partition, this.noPartition,
        element("div", { class: "screening" }, this.filmButton, this.filmNote, this.film))),
      element("div", { class: "pair" },
        card("Controller's entropy, nats", this.entropy.root),
        card("Failures", element("div", {}, this.failures.root, this.lastFailure))),
      card("Files", element("ul", { class: "downloads" }, files.map(([file, label]) =>
        element("li", {}, element("a", { href: `${this.path}/${file}`, download: file.endsWith("svg") ? `${name}-${file}` : null }, label))))),
      element("details", { class: "card" }, element("summary", {}, "Settings"), this.settings),
    ];
  }

  show([view]) {
    const { run, curve, policy } = view;
    if (this.shownPhase !== run.phase + run.starved) {
      this.shownPhase = run.phase + run.starved;
      this.pill.replaceChildren(phase(run));
    }
    say(this.sub, [run.environment, run.architecture && `${run.architecture} (${run.policyClass})`,
      run.classes && `${run.classes} classes`, run.controller && `${run.controller} controller`].filter(Boolean).join(" · "));
    const why = run.problem ?? run.message ?? (run.starved ? "No evaluator that is alive can run it." : "");
    this.notice.hidden = !why;
    this.notice.className = `notice ${run.phase === "finished" || run.phase === "paused" ? "warn" : "bad"}`;
    say(this.notice, why);
    this.notice.hidden ||= run.phase === "finished" && !run.problem;
    const left = run.phase === "running" && run.secondsPerIteration ? run.iterationsLeft * run.secondsPerIteration : null;
    const stopped = run.stopped && `stopped: return ${value(run.stopped.mean)} ≥ ${value(run.stopped.goal)}`;
    this.tiles.show([
      ["Iterations", `${count(run.iteration)} / ${count(run.iterations)}`, stopped ?? (left ? `${time(left)} to go` : "")],
      ["Mean return", value(run.mean), "perturbed"],
      ["Best policy", value(policy?.mean), policy ? `± ${value(policy.std)}, ${count(policy.episodes)} episodes` : ""],
      ["Bits", count(policy?.bits), policy ? `${count(policy.weights)} weights, ${count(policy.edges)} edges` : ""],
      ["Compression", policy ? `${(policy.compression * 100).toFixed(1)} %` : unknown, "fewer parameters"],
      ["Steps", short(view.environmentSteps), `${short(view.evaluations)} evaluations`],
      ["An iteration", time(run.secondsPerIteration), run.secondsPerIteration ? "at present" : ""],
      ["Queued again", count(view.retries), "evaluations"],
    ]);
    this.showCurve(curve);
    if (policy && this.shownPolicy !== `${policy.iteration} ${policy.mean}`) {
      this.shownPolicy = `${policy.iteration} ${policy.mean}`;
      this.partition.src = `${this.path}/partition.svg?of=${encodeURIComponent(this.shownPolicy)}`;
      this.partition.alt = `Weight matrices of the best policy, every edge in the colour of its class: ${policy.edges} edges, ${policy.weights} weights`;
    }
    this.filmButton.hidden = !policy || !view.film;
    this.partition.hidden = !policy;
    this.noPartition.hidden = Boolean(policy);
    this.failures.show(Object.entries(view.failures ?? {}).map(([name, number]) => ({ name, number })));
    say(this.lastFailure, run.lastFailure ? `The last one: ${run.lastFailure}` : "");
    const settings = JSON.stringify(view.settings);
    if (this.shownSettings !== settings) {
      this.shownSettings = settings;
      this.settings.replaceChildren(...Object.entries(view.settings).sort().map(([flag, text]) =>
        element("div", {}, element("dt", {}, flag), element("dd", {}, text))));
    }
  }

  async showFilm() {
    this.filmButton.disabled = true;
    say(this.filmNote, "filming…");
    try {
      const film = `${this.path}/episode.gif?of=${encodeURIComponent(this.shownPolicy)}`;
      const answer = await fetch(film);
      if (!answer.ok) throw new Error((await answer.json()).error);
      this.film.src = film;
      this.film.alt = "One episode of the best policy, at most 300 steps";
      this.film.hidden = false;
      say(this.filmNote, "");
    } catch (error) {
      say(this.filmNote, error.message);
    }
    this.filmButton.disabled = false;
  }

  showCurve(curve) {
    const flat = y => [y, y, y];
    const rows = curve.iteration.map((iteration, row) => [iteration,
      [curve.low[row] ?? curve.mean[row], curve.mean[row], curve.high[row] ?? curve.mean[row]], flat(curve.best[row]), flat(curve.proposal[row])]);
    const steps = curve.iteration.filter((_, row) => curve.searchSteps[row] > 0);
    const last = curve.mean.at(-1);
    this.curve.show(rows, `Learning curve over ${count(curve.iteration.length)} samples; mean return ${value(last)} at the end`, steps);
    say(this.reading, !curve.complete ? "reading the history…" : curve.width > 1 ? `${curve.width} iterations a point; band: mean ± deviation` : "band: mean ± deviation");
    this.entropy.show(curve.iteration.map((iteration, row) => [iteration, curve.entropy[row]]), `Entropy of the controller; ${value(curve.entropy.at(-1))} nats per edge at the end`);
  }

  end() {
    this.curve.end();
    this.entropy.end();
  }
}

function card(title, content, note) {
  return element("section", { class: "card" }, element("div", { class: "head" }, element("h2", {}, title), note), content);
}
