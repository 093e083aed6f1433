// Starts Racewalk: in a page, the page; in a worker, the worker. The same file is both, and
// every address is resolved against this file's own, never against the page's.

const WASM = new URL("racewalk-frontend_bg.wasm", import.meta.url);
const glue = () => import(new URL("racewalk-frontend.js", import.meta.url));

async function startPage() {
  try {
    const { default: init } = await glue();
    await init({ module_or_path: WASM });
  } catch (error) {
    showFailure(error);
    throw error;
  }
}

// The page sends its own compiled module (frontend/src/worker.rs), so that it is loaded once.
function startWorker() {
  self.addEventListener(
    "message",
    async ({ data }) => {
      const { default: init } = await glue();
      await init({ module_or_path: data });
    },
    { once: true },
  );
}

// After a panic the page says more than this, and has taken this text away.
function showFailure(error) {
  const failed = document.getElementById("start-up-failed");
  if (!failed) return;
  document.getElementById("start-up-reason").textContent = String(error?.message ?? error);
  document.getElementById("start-up-loading").hidden = true;
  failed.hidden = false;
}

if (typeof document === "undefined") startWorker();
else startPage();
