// Stands in for load.js in the single file (xtask/src/single_file.rs): the same, from what the document itself holds in
// elements that no browser runs, by their ids. A page opened from a disk may fetch nothing.

import * as frontend from "./racewalk-frontend.js";
import * as interchange from "./racewalk-interchange.js";
import * as instrument from "./racewalk-instrument.js";

const modules = {
  "racewalk-frontend": frontend,
  "racewalk-interchange": interchange,
  "racewalk-instrument": instrument,
};

const held = (id) => document.getElementById(id).textContent;

// Bytes are held as letters, and a wasm module compressed.
const letters = (id) => Uint8Array.from(atob(held(id)), (letter) => letter.charCodeAt(0));

async function bytes(name) {
  const compressed = letters(`${name}.wasm`);
  const stream = new Blob([compressed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}

export async function load(name, compiled) {
  const module = modules[name];
  await module.default({ module_or_path: compiled ?? (await bytes(name)) });
  return module;
}

export function run(name) {
  globalThis.racewalk = neighbours(name);
  return load(name);
}

let loading;

const neighbours = (name) => ({
  worker: (compiled, of = name) => {
    try {
      const script = new Blob([held("worker.js")], { type: "text/javascript" });
      // Of a page from a disk, Chromium starts no worker that is a module.
      const worker = new Worker(URL.createObjectURL(script), { name: of });
      worker.postMessage(compiled);
      return worker;
    } catch {}
  },
  interchange: () => load("racewalk-interchange"),
  show: async (link) => {
    loading ??= new Promise(setTimeout).then(() => load("racewalk-instrument"));
    (await loading).show(link);
  },
  race: async (id) => letters(`races/${id}`),
  trace: async (file) => held(`evidence/${file}`),
  page: () => location.href.split("#")[0],
});
