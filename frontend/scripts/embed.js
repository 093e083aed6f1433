// embed.html: the element of its address, for pages that allow frames only. Both directions of the protocol are
// described in the book; whatever is not of it is ignored.

const element = document.querySelector("race-walk");

const read = () => {
  const [path, query = ""] = location.hash.slice(1).split("?");
  const race = path.match(/^\/race\/([^/]+)$/)?.[1];
  const given = { race: race ? decodeURIComponent(race) : path.slice(1) };
  const knobs = [];
  for (const [name, value] of new URLSearchParams(query)) {
    if (name === "s") given.schedule = value;
    else if (["at", "panels", "theme", "controls", "autoplay"].includes(name)) given[name] = value;
    else if (!["m", "expect", "kernel", "view", "tour"].includes(name)) knobs.push(`${name}=${value}`);
  }
  given.set = knobs.join(" ");
  for (const name of ["race", "set", "schedule", "at", "panels", "theme", "controls", "autoplay"]) {
    if (given[name] === undefined) element.removeAttribute(name);
    else element.setAttribute(name, given[name]);
  }
};
read();
addEventListener("hashchange", read);

// Only the page that embeds this is told, and heard; of its origin at most what it has said itself.
const tell = (type, detail) => parent.postMessage({ racewalk: 1, type, ...detail }, "*");
let height;
const resized = () => {
  const now = Math.ceil(element.offsetHeight);
  if (now !== height) tell("resize", { height: (height = now) });
};
new ResizeObserver(resized).observe(element);
// The observer of WebKit may sleep in a frame.
addEventListener("resize", resized);
for (const type of ["ready", "step", "verdict", "error"])
  element.addEventListener(type, ({ detail }) => {
    tell(type, detail);
    setTimeout(resized);
  });
addEventListener("message", ({ source, data }) => {
  if (source !== parent || data?.racewalk !== 1) return;
  if (data.type === "seek" && Number.isInteger(data.at)) element.seek(data.at);
  else if (data.type === "step" && Number.isInteger(data.by)) element.step(data.by);
  else if (data.type === "play") element.play();
  else if (data.type === "pause") element.pause();
  else if (data.type === "state")
    tell("state", { at: element.position, length: element.length, verdict: element.verdict });
});
