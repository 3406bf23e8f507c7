// Which page is shown, and how it follows the queue.
import { Compare } from "./compare.js";
import { say, time } from "./format.js";
import { Overview } from "./overview.js";
import { RunPage } from "./run.js";

const pause = 2000;
const at = id => document.getElementById(id);
let page = null, timer = null;

/** The JSON at an address; nil and the reason on the page where there is none. */
async function ask(path) {
  const response = await fetch(path, { cache: "no-store" });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error ?? response.statusText);
  return answer;
}

async function refresh() {
  clearTimeout(timer);
  const shown = page;
  let next = pause;
  try {
    const [queue, ...views] = await Promise.all(["api/queue", ...shown.sources.filter(path => path !== "api/queue")].map(ask));
    if (shown !== page) return;
    standing(queue);
    await shown.show(shown.sources.includes("api/queue") ? [queue, ...views] : views);
    const curve = views[0]?.curve;
    if (curve && !curve.complete) next = 400;
  } catch (error) {
    if (shown === page) outage(error instanceof TypeError ? "The dashboard does not answer; this page tries again." : error.message);
  }
  if (shown === page) timer = setTimeout(refresh, document.hidden ? 5 * pause : next);
}

function standing(queue) {
  say(at("queue"), `queue ${queue.queue}`);
  say(at("status"), queue.state === "up" ? "live" : queue.state === "down" ? "Redis is down" : "connecting");
  at("status").className = `pill ${queue.state === "up" ? "up" : queue.state === "down" ? "bad" : ""}`;
  const seen = queue.time ? new Date(queue.time * 1000).toLocaleTimeString() : null;
  say(at("seen"), seen ? `Seen at ${seen}` : "");
  if (queue.state !== "down") return outage(null);
  outage(`Redis has not answered for ${time(queue.downSeconds)}: ${queue.problem}. ${seen ? `Shown is what was seen at ${seen}. ` : ""}This page goes on by itself.`);
}

function outage(text) {
  at("outage").hidden = !text;
  say(at("outage"), text ?? "");
}

function open() {
  const path = location.hash.slice(2);
  page?.end();
  const kind = path.startsWith("run/") ? "run" : path === "compare" ? "compare" : "overview";
  page = kind === "run" ? new RunPage(decodeURIComponent(path.slice(4))) : kind === "compare" ? new Compare(ask) : new Overview();
  document.title = `${page.title} – Chromatic`;
  for (const link of document.querySelectorAll("nav a")) {
    if (link.dataset.page === kind) link.setAttribute("aria-current", "page"); else link.removeAttribute("aria-current");
  }
  at("content").replaceChildren(...page.root);
  refresh();
}

addEventListener("hashchange", () => { if (location.hash.startsWith("#/") || !location.hash) { open(); at("content").focus({ preventScroll: true }); scrollTo(0, 0); } });
document.addEventListener("visibilitychange", () => { if (!document.hidden) refresh(); });
open();
