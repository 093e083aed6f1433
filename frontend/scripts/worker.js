// Starts a worker. Whoever starts it names it as its module's JavaScript, and sends the module as it has compiled
// it (frontend/src/worker.rs), so that it is downloaded once.

import { load } from "./load.js";

self.addEventListener("message", ({ data }) => load(self.name.replace(/\.js$/, ""), data), { once: true });
