// Starts the page (index.html), and tells of what keeps it from starting or running.

import { run } from "./load.js";

async function startPage() {
  addEventListener("error", ({ error }) => showTrap(error));
  addEventListener("unhandledrejection", ({ reason }) => showTrap(reason));
  try {
    // Asked for as the page's preload asks (Trunk.toml), so that it is downloaded once.
    const asking = { mode: "no-cors", credentials: "include" };
    await run("racewalk-frontend", location.hash.match(/^#\/race\/([\w-]+)/)?.[1], asking);
  } catch (error) {
    showFailure(error);
    throw error;
  }
}

// The page is not there yet, and something keeps it from coming.
function showFailure(error) {
  const failed = document.getElementById("start-up-failed");
  if (!failed || showTrap(error)) return;
  document.getElementById("start-up-reason").textContent = String(error?.message ?? error);
  document.getElementById("start-up-loading").hidden = true;
  failed.hidden = false;
}

// The page's code has trapped: it met a bug (a panic is a trap, too), or a stack or a memory that is full.
// None of it may run again, so what is said here needs none of it.
function showTrap(error) {
  if (!["RuntimeError", "RangeError", "InternalError"].includes(error?.name)) return false;
  const element = (name, testid, ...content) => {
    const made = document.createElement(name);
    if (testid) made.dataset.testid = testid;
    made.append(...content);
    return made;
  };
  const link = element("a", "panic-link", location.href);
  link.href = location.href;
  const reload = element("button", "panic-reload", "Reload the page");
  reload.addEventListener("click", () => location.reload());
  const message = element(
    "div",
    "panic",
    element("h1", "", "Racewalk has a bug"),
    element("p", "", "The page met a case its authors did not think of, and stopped."),
    element("p", "", "This link leads back to where you were: ", link),
    reload,
    element("pre", "", String(error.stack ?? error)),
  );
  message.className = "start-up";
  message.role = "alert";
  document.getElementById("racewalk")?.replaceChildren(message);
  return true;
}

startPage();
