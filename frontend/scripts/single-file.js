// Stands in for load.js in the single file (xtask/src/single_file.rs): the same, from what the document itself holds in
// elements that no browser runs, by their ids. A page opened from a disk may fetch nothing.

import * as frontend from "./racewalk-frontend.js";
import * as interchange from "./racewalk-interchange.js";

const modules = { "racewalk-frontend": frontend, "racewalk-interchange": interchange };

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

const neighbours = (name) => ({
  worker: (compiled) => {
    try {
      const script = new Blob([held("worker.js")], { type: "text/javascript" });
      // Of a page from a disk, Chromium starts no worker that is a module.
      const worker = new Worker(URL.createObjectURL(script), { name });
      worker.postMessage(compiled);
      return worker;
    } catch {}
  },
  interchange: () => load("racewalk-interchange"),
  race: async (id) => letters(`races/${id}`),
  trace: async (file) => held(`evidence/${file}`),
  page: () => location.href.split("#")[0],
});
