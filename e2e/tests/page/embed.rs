//! The `<race-walk>` element and `embed.html`, in pages of somebody else's.

use racewalk_e2e::{Page, Result, policy, with_page};
use racewalk_xtask::documents;
use serde_json::{Value, json};

/// What an element shows at a test id; `null` while there is none.
const SHOWN: &str = "const root = document.getElementById(arguments[0])?.shadowRoot;
    const found = root?.querySelector(`[data-testid='${arguments[1]}'], .${arguments[1]}`);
    return found && found.innerText.includes(arguments[2]) ? found.innerText : null;";

fn wait_in(page: &Page, id: &str, part: &str, text: &str) -> Result {
    let what = format!("`{text}` in `{part}` of `{id}`");
    page.wait_until(&what, SHOWN, &[json!(id), json!(part), json!(text)]).map(drop)
}

/// Three elements under the strict policy, in a page whose styles are hostile.
fn open_three(page: &Page) -> Result {
    let built = documents::build()?.join("hostile/plain");
    page.serve_folder("three/", &built, policy::strict());
    page.load("three/index.html")?;
    for id in ["a", "b", "c"] {
        // It starts when it is near the window.
        page.script("document.getElementById(arguments[0]).scrollIntoView();", &[json!(id)])?;
        let ready = "return document.getElementById(arguments[0]).shadowRoot?.querySelector('.embed') !== null;";
        page.wait_until(id, ready, &[json!(id)])?;
    }
    Ok(())
}

#[test]
fn three_elements_show_what_their_author_asked_for() {
    with_page(|page| {
        open_three(page)?;
        wait_in(page, "a", "verdict", "violated")?;
        page.script(
            "document.getElementById('a').shadowRoot.querySelector('[data-testid=show-left-out]').click();",
            &[],
        )?;
        wait_in(page, "a", "foot", "Weak memory")?;
        wait_in(page, "a", "kind-uaf-read", "13")?;
        wait_in(page, "a", "steps-taken", "13")?;
        wait_in(page, "b", "verdict", "violated")?;
        wait_in(page, "c", "time", "Schedule")?;
        let asked = |name: &str| page.requests().iter().filter(|it| it.ends_with(name)).count();
        assert_eq!(asked("racewalk-frontend_bg.wasm"), 0, "{:?}", page.requests());
        let panels = page.script(
            "const has = (id, part) =>
                document.getElementById(id).shadowRoot.querySelector(part) !== null;
            return [has('b', '.lanes'), has('b', '.time'), has('c', '.scene'), has('c', '.transport')];",
            &[],
        )?;
        assert_eq!(panels, json!([false, false, false, false]));
        Ok(())
    });
}

#[test]
fn scripts_drive_an_element_and_hear_from_it() {
    with_page(|page| {
        page.serve(
            "plain.html",
            "<!doctype html><script type=module src=race-walk.js></script><body>",
            "",
        );
        page.load("plain.html")?;
        page.script(
            "window.heard = [];
            for (const type of ['ready', 'step', 'verdict', 'error'])
                document.addEventListener(type, ({ detail }) => heard.push([type, detail]));
            window.made = document.createElement('race-walk');
            made.id = 'made';
            made.race = 'memunmap';
            made.set = 'kill_gp=off';
            made.schedule = 'w2m3h7w';
            document.body.append(made);",
            &[],
        )?;
        let heard = |what: &str, condition: &str| {
            let script = format!(
                "const of = type => heard.filter(it => it[0] === type).map(it => it[1]);
                const last = type => of(type).at(-1);
                return {condition};"
            );
            page.wait_until(what, &script, &[])
        };
        heard("ready", "last('ready')?.race === 'memunmap'")?;
        heard("the verdict", "last('verdict')?.kinds.includes('uaf-read')")?;
        heard("the start", "last('step')?.at === 0 && last('step').length === 13")?;
        page.script("made.seek(7);", &[])?;
        heard("a seek", "last('step').at === 7 && last('step').step === 'D2'")?;
        page.script("made.step(-2);", &[])?;
        heard("steps back", "last('step').at === 5 && made.position === 5")?;
        page.script("made.set = '';", &[])?;
        heard("another verdict", "last('verdict').verdict === 'safe' && made.verdict === 'safe'")?;
        page.script(
            "made.seek(3); document.body.append(document.createElement('hr'), made);",
            &[],
        )?;
        heard(
            "it again, moved",
            "made.shadowRoot.querySelector('.embed') && last('step').at === 0",
        )?;
        let sheets = page.script("return made.shadowRoot.adoptedStyleSheets.length;", &[])?;
        assert_eq!(sheets, 1);
        page.script("made.race = 'nothing';", &[])?;
        heard("the error", "last('error')?.message.includes('no race “nothing”')")?;
        wait_in(page, "made", "failed", "There are: memunmap")?;
        page.script("made.remove();", &[])?;
        let left = page.script("return made.shadowRoot.querySelector('.element-root');", &[])?;
        assert_eq!(left, Value::Null);
        Ok(())
    });
}

#[test]
fn what_cannot_be_loaded_leaves_the_children_in_sight() {
    with_page(|page| {
        page.before_load("delete window.WebAssembly;")?;
        page.serve_folder("three/", &documents::build()?.join("friendly/plain"), "");
        page.load("three/index.html")?;
        page.script(
            "window.failed = [];
            document.addEventListener('error', it => failed.push(it.detail?.message), true);",
            &[],
        )?;
        let shown = "return document.querySelector('#a img').getClientRects().length > 0;";
        page.wait_until("the fallback", shown, &[])?;
        Ok(())
    });
}

#[test]
fn a_frame_tells_its_height_and_hears_its_page_only() {
    with_page(|page| {
        page.serve(
            "framing.html",
            "<!doctype html><iframe id=f width=700
                src='embed.html#/race/memunmap?kill_gp=off&s=w2m3h7w&at=13&panels=verdict'></iframe>",
            &format!("{}; frame-src 'self'", policy::strict()),
        );
        page.load("framing.html")?;
        page.script(
            "window.heard = {};
            addEventListener('message', ({ data, source }) => {
                if (source === f.contentWindow && data.racewalk === 1) heard[data.type] = data;
            });
            window.tell = message => f.contentWindow.postMessage(message, '*');",
            &[],
        )?;
        let until = |what: &str, condition: &str| {
            page.wait_until(what, &format!("return {condition};"), &[])
        };
        until(
            "the state",
            "(tell({ racewalk: 1, type: 'state' }), heard.state?.verdict === 'violated')",
        )?;
        page.script("f.width = 400;", &[])?;
        until("a height", "heard.resize?.height > 50")?;
        page.script("f.height = heard.resize.height;", &[])?;
        page.script("tell({ racewalk: 1, type: 'seek', at: 7 });", &[])?;
        until("a seek", "heard.step?.at === 7")?;
        // Whatever is not of the protocol changes nothing.
        page.script(
            "for (const other of [null, 'seek', { type: 'seek', at: 1 },
                { racewalk: 2, type: 'seek', at: 1 }, { racewalk: 1, type: 'seek', at: '1' },
                { racewalk: 1, type: 'set', race: 'reclaim' }]) tell(other);
            heard.state = null;",
            &[],
        )?;
        until("nothing", "(tell({ racewalk: 1, type: 'state' }), heard.state?.at === 7)")?;
        Ok(())
    });
}
