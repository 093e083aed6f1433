// Starts a worker. Whoever starts it names it as its module, and sends the module as it has compiled it (load.js), so
// that it is downloaded once.

import { load } from "./load.js";

self.addEventListener("message", ({ data }) => load(self.name, data), { once: true });
