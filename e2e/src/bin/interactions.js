// (what is done) -> how often it was done, how long scripts ran in each frame with all that follows of them, and how many
// tasks took more than 50 ms.
return (async what => {
    const { requestAnimationFrame: framed, setTimeout: timed } = window;
    const frame = () => new Promise(done => framed(done));
    const frames = async count => {
        while (count-- > 0) await frame();
    };
    // After the frame is drawn: a hand's events come between frames.
    const drawn = () => new Promise(done => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = done;
        port2.postMessage(0);
    });
    const script = [0];
    const measured = async begun => {
        // What a script has put off to its end is run by then.
        for (let turn = 0; turn < 8; turn++) await undefined;
        script[script.length - 1] += performance.now() - begun;
    };
    const measuring = run => (...given) => {
        const begun = performance.now();
        run(...given);
        measured(begun);
    };
    window.requestAnimationFrame = run => framed.call(window, measuring(run));
    window.setTimeout = (run, ...rest) => timed.call(window, measuring(run), ...rest);
    let long = 0;
    const watch = new PerformanceObserver(list => { long += list.getEntries().length; });
    watch.observe({ type: "longtask" });
    let times = 0;
    const act = async (wait, dispatch) => {
        await frames(wait);
        await drawn();
        const begun = performance.now();
        dispatch();
        measured(begun);
        times++;
    };
    const find = name => document.querySelector(`[data-testid="${name}"]`);
    const point = (name, target, box, x, y) => target.dispatchEvent(new PointerEvent(name, {
        bubbles: true, button: 0, pointerId: 1, clientX: box.left + x, clientY: box.top + y,
    }));
    const press = key =>
        document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    const middles = list => list.slice(1).map((it, before) => (it + list[before]) / 2);

    const letters = [...document.querySelectorAll(".lane kbd")].map(it => it.innerText);
    const letMove = round => press(letters[round % letters.length]);
    // Whoever can move does: something to scrub along and to drag. What that costs is not counted.
    const walk = async () => {
        for (let round = 0; round < 25; round++) {
            letMove(round);
            await frame();
        }
        await frames(30);
        script.splice(0, Infinity, 0);
    };

    const doings = {
        // To the end and back, letting whoever can move.
        async step() {
            for (let round = 0; round < 25; round++) await act(6, () => letMove(round));
            for (let round = 0; round < 15; round++) await act(6, () => press("ArrowLeft"));
        },
        async scrub() {
            await walk();
            const area = find("scrub-area");
            for (let round = 0; round < 60; round++) {
                const box = area.getBoundingClientRect();
                const part = Math.abs((round % 20) - 10) / 10;
                await act(3, () => point("pointerdown", area, box, box.width * part, box.height / 2));
            }
        },
        // The last corner of the path, or where there is none the path, over every cell of the graph.
        async drag() {
            await walk();
            const graph = find("graph");
            const lines = graph.querySelector(".grid-lines").getAttribute("d");
            const xs = [...lines.matchAll(/M([\d.]+) [\d.]+V/g)].map(it => +it[1]);
            const ys = [...lines.matchAll(/M[\d.]+ ([\d.]+)H/g)].map(it => +it[1]);
            const corners = graph.querySelectorAll("[data-corner]");
            point("pointerdown", corners[corners.length - 1] ?? graph, graph.getBoundingClientRect(), xs[1], ys[1]);
            for (const [row, y] of middles(ys).entries()) {
                const along = middles(xs);
                if (row % 2) along.reverse();
                for (const x of along) await act(3, () => point("pointermove", graph, graph.getBoundingClientRect(), x, y));
            }
            point("pointercancel", graph, graph.getBoundingClientRect(), 0, 0);
        },
        async knob() {
            find("more-knobs")?.click();
            await frames(10);
            script.splice(0, Infinity, 0);
            const names = [...document.querySelectorAll("select[data-testid^='knob-']")].map(it => it.dataset.testid);
            for (const name of names)
                for (const back of [false, true])
                    await act(40, () => {
                        const knob = find(name);
                        const other = [...knob.options].find(it => it.selected === false);
                        knob.value = (back ? [...knob.options][0] : other).value;
                        knob.dispatchEvent(new Event("change", { bubbles: true }));
                    });
            await frames(40);
        },
    };
    let going = true;
    const count = () => {
        script.push(0);
        if (going) framed(count);
    };
    framed(count);
    await doings[what]();
    await frame();
    going = false;
    watch.disconnect();
    Object.assign(window, { requestAnimationFrame: framed, setTimeout: timed });
    return { times, script, long };
})(...arguments);
