//! What page and worker say to each other, overheard: a script for [`crate::Page::before_load`], for tests and benchmarks.

/// Keeps in `watch` which workers the page has started for itself (`workers`, each with `begun` and `ended`), and every
/// question and reply (`said`: its `kind` as `frontend/src/protocol.rs` writes it, `at` which time, the `states` that
/// it tells of). While `watch.holding`, replies wait in `watch.held`, from where `watch.release()` hands them on.
pub const WATCH: &str = r#"
    const Given = Worker;
    const now = () => performance.now();
    const watch = { workers: [], said: [], held: [], holding: false };
    watch.release = () => { watch.holding = false; watch.held.splice(0).forEach(hand => hand()); };
    globalThis.watch = watch;
    // `p`, progress, tells the number of its question, then the states.
    const states = (kind, data) => kind === "p" ? Number(data.split(":")[1]) : null;
    class Watched extends Given {
        constructor(...all) {
            super(...all);
            this.watched = { begun: now(), ended: null };
            watch.workers.push(this.watched);
        }
        postMessage(...all) {
            if (typeof all[0] === "string") watch.said.push({ kind: all[0][0], at: now() });
            super.postMessage(...all);
        }
        terminate() {
            this.watched.ended = now();
            super.terminate();
        }
        addEventListener(name, listener, ...rest) {
            if (name !== "message") return super.addEventListener(name, listener, ...rest);
            super.addEventListener(name, event => {
                const kind = String(event.data)[0];
                if (!"paf".includes(kind)) return listener.call(this, event);
                watch.said.push({ kind, at: now(), states: states(kind, event.data) });
                if (watch.holding) watch.held.push(() => listener.call(this, event));
                else listener.call(this, event);
            }, ...rest);
        }
    }
    globalThis.Worker = function (script, options) {
        // The instrument has its own.
        return new (options?.name === "racewalk-frontend" ? Watched : Given)(script, options);
    };
"#;

/// Defines `question`, which writes one as `frontend/src/protocol.rs` does: lengths, in bytes, before what they measure.
/// For benchmarks that ask a worker of their own about a packed race, under knobs as pairs.
pub const QUESTION: &str = r#"
    const encoder = new TextEncoder();
    const string = text => `${encoder.encode(text).length}:${text}`;
    const question = (id, packed, knobs) => {
        const letters = Array.from(packed, byte => String.fromCharCode(byte)).join("");
        return `e${id}:${packed.length}:${letters}${knobs.length}:${knobs.flat().map(string).join("")}`;
    };
"#;

/// The race of so many dining philosophers, each of whom eats once: as large as one likes.
pub fn philosophers(count: usize) -> String {
    let mut race = format!(
        "race philosophers{count} \"{count} dining philosophers\"\n\n\
         memory\n  fork \"fork\": array[actor] of actor or none = none\n\n\
         routine take(number, side)\n  \
         a: wait until fork[number] is none  waiting \"for the fork on the {{side}}\"\n     \
         `take the {{side}} fork`\n     \"The philosopher takes the fork on the {{side}}.\"\n     \
         fork[number] = self\n\n\
         routine dine(left, right)\n  run take(left, \"left\") as P1\n  run take(right, \"right\") as P2\n  \
         P3: fork[left] = none    `put down the left fork`\n      \"The fork on the left is free again.\"\n  \
         P4: fork[right] = none    `put down the right fork`\n      \"The fork on the right is free again.\"\n"
    );
    for (at, letter) in ('a'..='z').take(count).enumerate() {
        let next = (at + 1) % count;
        race += &format!(
            "\nactor p{at} \"philosopher {at}\" letter {letter}\n  run dine(p{at}, p{next})\n"
        );
    }
    race
}
