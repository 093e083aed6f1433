// Loads wasm modules that lie beside this file: every address is resolved against this file's own, never against
// the page's. What others import of it is bundled into them when the page is built (xtask/src/lean.rs).

// A module, by its name; `compiled` where somebody has compiled it already.
export async function load(name, compiled) {
  const module = await import(new URL(`${name}.js`, import.meta.url));
  await module.default({ module_or_path: compiled ?? new URL(`${name}_bg.wasm`, import.meta.url) });
  return module;
}

// What reads and writes for other places: loaded when it is asked for (frontend/src/interchange.rs).
globalThis.loadRacewalkInterchange = () => load("racewalk-interchange");
