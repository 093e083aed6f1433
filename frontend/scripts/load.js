// Loads wasm modules that lie beside this file: every address is resolved against this file's own, never against
// the page's. What others import of it is bundled into them when the page is built (xtask/src/lean.rs).

const beside = (name) => new URL(name, import.meta.url).href;

// A module, by its name; `compiled` where somebody has compiled it already, and how it is asked for otherwise.
export async function load(name, compiled, asking) {
  // Both at once.
  const wasm = compiled ?? fetch(beside(`${name}_bg.wasm`), asking);
  const module = await import(beside(`${name}.js`));
  await module.default({ module_or_path: wasm });
  return module;
}

// The module that runs here, the page's or the element's; and with it the race that it will ask for, if that is known.
export function run(name, race, asking) {
  globalThis.racewalk = neighbours(name);
  if (race) fetchRace(race);
  return load(name, undefined, asking);
}

// Races that were asked for.
const races = new Map();

function fetchRace(id) {
  if (!races.has(id)) {
    const bytes = fetch(beside(`races/${encodeURIComponent(id)}`)).then(async (answer) =>
      answer.ok ? new Uint8Array(await answer.arrayBuffer()) : undefined,
    );
    // It may be asked for again.
    bytes.catch(() => races.delete(id));
    races.set(id, bytes);
  }
  return races.get(id);
}

// What is loaded once the page has time and the reader is near to where it stands; and what it is to show.
let instrument;
let shown;
let watched;

// Resolves once the page has time and that place is at most so far below the window: on a phone it is some screens away,
// and who never goes there need not wait for it.
function near() {
  const place = document.getElementById("instrument");
  // The page may have got another place for it meanwhile.
  if (watched?.place !== place) {
    watched = { place, near: new Promise(self.requestIdleCallback ?? setTimeout).then(() => reached(place)) };
  }
  return watched.near;
}

function reached(place) {
  if (!place || !self.IntersectionObserver) return;
  // The place itself has no box.
  const mark = document.createElement("div");
  mark.className = "graph-mark";
  place.append(mark);
  return new Promise((done) => {
    const observer = new IntersectionObserver(
      (all) => {
        if (!all.some((it) => it.isIntersecting)) return;
        observer.disconnect();
        mark.remove();
        done();
      },
      { rootMargin: "150%" },
    );
    observer.observe(mark);
  });
}

// What that module asks of its neighbours (frontend/src/neighbours.rs); `of`: the module that the worker runs.
const neighbours = (name) => ({
  worker: (compiled, of = name) => {
    const options = { type: "module", name: of };
    const script = beside("worker.js");
    try {
      const worker = startWorker(script, options);
      worker.postMessage(compiled);
      return worker;
    } catch {}
  },
  interchange: () => load("racewalk-interchange"),
  show: async (link) => {
    shown = link;
    if (!instrument) await near();
    instrument ??= load("racewalk-instrument");
    const module = await instrument;
    // Of all that was asked for until it was there, the last is what is shown.
    if (link === shown) module.show(link);
  },
  race: fetchRace,
  trace: async (file) => {
    const answer = await fetch(beside(`evidence/${file}`));
    return answer.ok ? answer.text() : undefined;
  },
  page: () => beside("index.html"),
});

function startWorker(script, options) {
  try {
    return new Worker(script, options);
  } catch {
    // A script of another origin may not be a worker, but a worker may import it.
    const text = new Blob([`import ${JSON.stringify(script)};`], { type: "text/javascript" });
    return new Worker(URL.createObjectURL(text), options);
  }
}
