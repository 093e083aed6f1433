// One round of the monkey: (seed, actions) -> what it did, in order. The last thing in the list is what it was doing
// when something was thrown, which `monkey.thrown` keeps (MONKEY in monkey.rs).
return (async (seed, actions) => {
    // Mulberry32.
    let state = seed >>> 0;
    const random = () => {
        state = (state + 0x6d2b79f5) >>> 0;
        let bits = state;
        bits = Math.imul(bits ^ (bits >>> 15), bits | 1);
        bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
        return ((bits ^ (bits >>> 14)) >>> 0) / 4294967296;
    };
    const below = count => Math.floor(random() * count);
    const one = list => list[below(list.length)];
    const frame = () => new Promise(requestAnimationFrame);
    const pause = time => new Promise(done => setTimeout(done, time));
    const name = element =>
        element.dataset?.testid ?? element.dataset?.do ?? `${element.localName}.${element.getAttribute("class") ?? ""}`;
    const visible = element =>
        element.getClientRects().length > 0 && !element.disabled && !element.closest("[inert]");
    const all = selector => [...document.querySelectorAll(selector)].filter(visible);
    const middle = element => {
        const box = element.getBoundingClientRect();
        return [box.left + box.width * random(), box.top + box.height * random()];
    };
    const point = (kind, target, [clientX, clientY]) => target.dispatchEvent(new PointerEvent(kind, {
        bubbles: true, cancelable: true, button: 0, pointerId: 1, isPrimary: true,
        pointerType: one(["mouse", "touch"]), clientX, clientY,
    }));
    const typed = (field, text) => {
        field.value = text;
        for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
    };
    const KEYS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "PageUp", "PageDown", " ", "Enter",
        "Escape", "?", "w", "v", "m", "h", "c", "d", "W", "1", "2", "0", "z", "u", "Backspace", "Delete", "Tab"];
    const WORDS = ["W5 before M1", "", "M3", "H10 before W5", "wmhwmh", "w2m3h7w", "<b>&amp;", "\u{1f600}", "9".repeat(300)];
    const PASTES = monkey.pastes;

    const doings = {
        press: () => {
            // What leads to another site, or asks for a file, is no part of the page.
            const found = one(all("button, summary, [role=button], label, input[type=checkbox], input[type=radio]")
                .filter(it => !it.querySelector("input[type=file]")));
            if (!found) return "nothing to press";
            found.click();
            return name(found);
        },
        follow: () => {
            const found = one(all("a[href^='#']"));
            if (!found) return "no link";
            found.click();
            return found.getAttribute("href");
        },
        choose: () => {
            const found = one(all("select"));
            if (!found) return "nothing to choose";
            typed(found, one([...found.options]).value);
            return `${name(found)} = ${found.value}`;
        },
        slide: () => {
            const found = one(all("input[type=range]"));
            if (!found) return "nothing to slide";
            typed(found, String(Number(found.min) + below(Number(found.max) - Number(found.min) + 1)));
            return `${name(found)} = ${found.value}`;
        },
        write: () => {
            const found = one(all("input[type=text], input[type=search], input:not([type]), textarea"));
            if (!found) return "nowhere to write";
            typed(found, one([...WORDS, ...PASTES]));
            return `${name(found)} = ${found.value.slice(0, 40)}`;
        },
        key: () => {
            const [key, target] = [one(KEYS), document.activeElement ?? document.body];
            for (let times = 1 + below(4); times > 0; times--)
                for (const kind of ["keydown", "keyup"])
                    target.dispatchEvent(new KeyboardEvent(kind, { key, bubbles: true, cancelable: true }));
            return `${key} at ${name(target)}`;
        },
        focus: () => {
            const found = one(all("button, a[href], select, input, summary, [tabindex]"));
            found?.focus();
            return found ? name(found) : "nothing to focus";
        },
        hover: () => {
            const found = one(all("[data-testid], [data-do], .tip, svg *"));
            if (!found) return "nothing to point at";
            for (const kind of ["pointerover", "pointermove", "mouseover", "mousemove"]) point(kind, found, middle(found));
            for (const kind of ["mouseenter", "mouseleave"])
                if (random() < 0.5) found.dispatchEvent(new MouseEvent(kind));
            return name(found);
        },
        drag: async () => {
            const found = one(all("[data-testid=graph], [data-corner], [data-testid=scrubber], .card, [draggable], .track"));
            if (!found) return "nothing to drag";
            const onto = all("[data-testid=graph], [data-gap], .track, main");
            point("pointerdown", found, middle(found));
            for (let moves = below(12); moves > 0; moves--) {
                const over = one(onto);
                const [x, y] = middle(over);
                point("pointermove", document.elementFromPoint(x, y) ?? over, [x, y]);
                if (random() < 0.6) await frame();
            }
            // Where a drag has drawn its element anew, the hand is over whatever stands there now.
            const last = found.isConnected ? found : one(onto);
            point(random() < 0.8 ? "pointerup" : "pointercancel", last, middle(last));
            return name(found);
        },
        go: () => {
            const races = [...document.querySelectorAll("[data-testid=race] option")].map(it => it.value);
            const knobs = ["", "kill_gp=off", "walkers=2", "flush=ipi", "flush=broadcast", "no=such", "s=w2m3h7w&at=12", "at=99999", "s=zzz"];
            const race = random() < 0.9 && races.length ? one(races) : "no-such-race";
            location.hash = `#/race/${race}?${one(knobs)}&${one(knobs)}`;
            return location.hash;
        },
        paste: () => {
            const clipboardData = new DataTransfer();
            const text = one(PASTES);
            clipboardData.setData("text/plain", text);
            document.body.dispatchEvent(new ClipboardEvent("paste", { bubbles: true, cancelable: true, clipboardData }));
            return JSON.stringify(text.slice(0, 30));
        },
        resize: () => {
            dispatchEvent(new Event("resize"));
            return "";
        },
    };
    const often = { press: 8, follow: 1, choose: 4, slide: 3, write: 2, key: 8, focus: 3, hover: 4, drag: 6, go: 2, paste: 1, resize: 1 };
    const kinds = Object.entries(often).flatMap(([kind, times]) => Array(times).fill(kind));
    const did = [];
    for (let action = 0; action < actions && monkey.thrown.length === 0; action++) {
        const kind = one(kinds);
        did.push(`${kind} …`);
        did[did.length - 1] = `${kind} ${await doings[kind]()}`;
        // Often the next comes before anything is drawn, sometimes not before everything is found out.
        const patience = random();
        if (patience > 0.97) await pause(300);
        else if (patience > 0.3) await frame();
    }
    await frame();
    return { did, thrown: monkey.thrown.splice(0) };
})(...arguments);
