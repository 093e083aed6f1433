// Defines <race-walk>; race-walk.d.ts says what it offers to scripts. Nothing is loaded before an element comes
// near the window.

import { run } from "./load.js";

// The module of all elements on a page: loaded with the first that comes near the window.
let embedding;
const embed = (race) => (embedding ??= run("racewalk-embed", race));

// How far below the window an element may be when it starts, so that it is there when the reader is.
const NEAR = "600px";

function define() {
  class RaceWalk extends HTMLElement {
    static observedAttributes = ["race", "set", "schedule", "at", "panels", "theme", "controls"];

    #slot = document.createElement("slot");
    #root = this.attachShadow({ mode: "open" });
    #filled = null;
    #watch = null;
    #last = { at: 0, length: 0, schedule: "" };
    #verdict = null;

    constructor() {
      super();
      // The fallback: the element's own children, until there is something better.
      this.#root.append(this.#slot);
      this.addEventListener("ready", () => {
        this.#cover(true);
        performance.mark("racewalk-ready");
      });
      this.addEventListener("error", () => this.#cover(false));
      this.addEventListener("step", ({ detail }) => (this.#last = detail));
      this.addEventListener("verdict", ({ detail }) => (this.#verdict = detail));
    }

    connectedCallback() {
      this.#watch = new IntersectionObserver(
        (entries) => {
          if (!entries.some((it) => it.isIntersecting)) return;
          this.#watch?.disconnect();
          this.#start();
        },
        { rootMargin: NEAR },
      );
      this.#watch.observe(this);
    }

    disconnectedCallback() {
      this.#watch?.disconnect();
      this.#filled?.free();
      this.#filled = null;
      this.#cover(false);
    }

    attributeChangedCallback() {
      this.#filled?.changed();
    }

    async #start() {
      try {
        const { Filled } = await embed(this.race);
        if (this.isConnected && !this.#filled) this.#filled = new Filled(this, this.#root);
      } catch (error) {
        embedding = undefined;
        const message = `Racewalk could not be loaded: ${error?.message ?? error}`;
        this.dispatchEvent(new CustomEvent("error", { bubbles: true, detail: { message } }));
      }
    }

    // Whether the children are out of sight; on paper they are shown all the same.
    #cover(covered) {
      this.#slot.className = covered ? "covered" : "";
      const frame = this.#root.querySelector(".element-root");
      frame?.classList.toggle("has-fallback", this.childNodes.length > 0);
    }

    play() { this.#filled?.play(true); }
    pause() { this.#filled?.play(false); }
    seek(at) { this.#filled?.seek(Math.max(0, Math.trunc(at) || 0)); }
    step(by = 1) { this.#filled?.step(Math.trunc(by) || 0); }

    get position() { return this.#last.at; }
    get length() { return this.#last.length; }
    get verdict() { return this.#verdict?.verdict ?? null; }
  }
  for (const name of RaceWalk.observedAttributes) {
    Object.defineProperty(RaceWalk.prototype, name, {
      get() { return this.getAttribute(name); },
      set(value) {
        if (value === null || value === undefined) this.removeAttribute(name);
        else this.setAttribute(name, String(value));
      },
    });
  }
  customElements.define("race-walk", RaceWalk);
}

if (!customElements.get("race-walk")) define();
