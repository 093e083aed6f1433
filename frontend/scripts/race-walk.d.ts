// What <race-walk> offers to scripts; see the book's chapter on embedding.

/** Where the schedule stands. */
export interface RaceWalkStep {
  /** Steps taken. */
  at: number;
  /** Steps of the schedule. */
  length: number;
  /** The code of the schedule, as in a permalink: `w2m3h7w`. */
  schedule: string;
  /** The key of the last step, `W2`; `null` at the start. */
  step: string | null;
}

/** What can happen under these knobs, by an exact search. */
export interface RaceWalkVerdict {
  verdict: "safe" | "violated" | "incomplete";
  /** Kinds of violation, the shortest first. */
  kinds: string[];
  /** Distinct states. */
  states: number;
  /** The code of a shortest failing schedule, if one fails. */
  shortest: string | null;
}

export interface RaceWalkEventMap {
  ready: CustomEvent<{ race: string }>;
  step: CustomEvent<RaceWalkStep>;
  verdict: CustomEvent<RaceWalkVerdict>;
  error: CustomEvent<{ message: string }>;
}

/** Properties reflect the attributes of the same names; `null` takes an attribute away. */
export interface RaceWalkElement extends HTMLElement {
  /** Id of a race of the library, or `source/…` as in a permalink. */
  race: string | null;
  /** Knobs that differ from their defaults: `kill_gp=off flush=ipi`. */
  set: string | null;
  /** The code of the schedule. */
  schedule: string | null;
  /** Steps taken at first. */
  at: string | null;
  /** Some of `verdict scene timeline lanes`; without it all. */
  panels: string | null;
  /** `auto`, `light` or `dark`. */
  theme: string | null;
  /** `off`: nothing to press. */
  controls: string | null;
  /** Steps taken now. */
  readonly position: number;
  /** Steps of the schedule. */
  readonly length: number;
  /** The verdict, once it is known. */
  readonly verdict: RaceWalkVerdict["verdict"] | null;
  play(): void;
  pause(): void;
  /** Stands after so many steps. */
  seek(at: number): void;
  /** So many steps on, or back where it is negative. */
  step(by?: number): void;
  addEventListener<K extends keyof RaceWalkEventMap>(
    type: K,
    listener: (this: RaceWalkElement, event: RaceWalkEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

declare global {
  interface HTMLElementTagNameMap {
    "race-walk": RaceWalkElement;
  }
}
