//! The `<race-walk>` element and `embed.html`, in pages of somebody else's.

use racewalk_e2e::{Page, Result, with_page};
use serde_json::{Value, json};

/// The strictest policy under which an element of the same site works.
const STRICT: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
                      connect-src 'self'; worker-src 'self'; frame-src 'self'; base-uri 'none'";

const THREE: &str = "<!doctype html><meta charset=utf-8><title>t</title>
    <script type=module src=race-walk.js></script>
    <race-walk id=a race=memunmap set=kill_gp=off schedule=w2m3h7w at=13><p>the first fallback</p></race-walk>
    <race-walk id=b race=reclaim set='flush=broadcast, pte_recheck=off' panels='verdict scene'>two</race-walk>
    <race-walk id=c race=thp-split theme=dark panels=timeline controls=off>three</race-walk>";

/// What an element shows at a test id; `null` while there is none.
const SHOWN: &str = "const root = document.getElementById(arguments[0])?.shadowRoot;
    const found = root?.querySelector(`[data-testid='${arguments[1]}'], .${arguments[1]}`);
    return found && found.innerText.includes(arguments[2]) ? found.innerText : null;";

fn wait_in(page: &Page, id: &str, part: &str, text: &str) -> Result {
    let what = format!("`{text}` in `{part}` of `{id}`");
    page.wait_until(&what, SHOWN, &[json!(id), json!(part), json!(text)]).map(drop)
}

/// Three elements under a strict policy, in a page whose styles are hostile.
fn open_three(page: &Page) -> Result {
    page.serve("three.html", THREE, STRICT);
    page.load("three.html")?;
    page.script(
        "const hostile = new CSSStyleSheet();
        hostile.replaceSync('* { all: unset } svg { display: none } :root { --ink: red }');
        document.adoptedStyleSheets = [hostile];",
        &[],
    )?;
    for id in ["a", "b", "c"] {
        let ready = "return document.getElementById(arguments[0]).shadowRoot?.querySelector('.embed') !== null;";
        page.wait_until(id, ready, &[json!(id)])?;
        page.script("document.getElementById(arguments[0]).scrollIntoView?.();", &[json!(id)])?;
    }
    Ok(())
}

#[test]
fn three_elements_share_a_download_and_a_worker_and_keep_their_styles() {
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
        assert_eq!(asked("racewalk-embed_bg.wasm"), 1, "{:?}", page.requests());
        assert_eq!(asked("racewalk-frontend_bg.wasm"), 0, "{:?}", page.requests());
        assert_eq!(asked("worker.js"), 1, "{:?}", page.requests());
        let looks = page.script(
            "const of = (id, part) => {
                const found = document.getElementById(id).shadowRoot.querySelector(part);
                return found && getComputedStyle(found);
            };
            return {
                picture: of('a', 'svg.picture.wide').display,
                ink: of('a', '.embed').color,
                theme: of('c', '.element-root').colorScheme,
                block: getComputedStyle(document.getElementById('a')).display,
                panels: [of('b', '.lanes'), of('b', '.time'), of('c', '.scene'), of('c', '.transport')],
                fallback: document.querySelector('#a p').getClientRects().length,
            };",
            &[],
        )?;
        assert_ne!(looks["picture"], "none", "{looks}");
        assert_ne!(looks["ink"], "rgb(255, 0, 0)", "{looks}");
        assert_eq!(looks["theme"], "dark", "{looks}");
        assert_eq!(looks["block"], "block", "{looks}");
        assert_eq!(looks["panels"], json!([null, null, null, null]), "{looks}");
        assert_eq!(looks["fallback"], 0, "{looks}");
        Ok(())
    });
}

#[test]
fn without_scripts_the_children_are_shown() {
    with_page(|page| {
        page.serve("three.html", THREE, "script-src 'none'");
        page.load("three.html")?;
        let shown = page.script("return document.body.innerText;", &[])?;
        assert!(shown.to_string().contains("the first fallback"), "{shown}");
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
            "globalThis.heard = [];
            for (const type of ['ready', 'step', 'verdict', 'error'])
                document.addEventListener(type, ({ detail }) => heard.push([type, detail]));
            globalThis.made = document.createElement('race-walk');
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
        page.before_load("delete globalThis.WebAssembly;")?;
        page.serve("three.html", THREE, "");
        page.load("three.html")?;
        page.script(
            "globalThis.failed = [];
            document.addEventListener('error', it => failed.push(it.detail?.message), true);",
            &[],
        )?;
        let shown = "return document.querySelector('#a p').getClientRects().length > 0;";
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
            STRICT,
        );
        page.load("framing.html")?;
        page.script(
            "globalThis.heard = {};
            addEventListener('message', ({ data, source }) => {
                if (source === f.contentWindow && data.racewalk === 1) heard[data.type] = data;
            });
            globalThis.tell = message => f.contentWindow.postMessage(message, '*');",
            &[],
        )?;
        let until = |what: &str, condition: &str| {
            page.wait_until(what, &format!("return {condition};"), &[])
        };
        until(
            "the state",
            "(tell({ racewalk: 1, type: 'state' }), heard.state?.verdict === 'violated')",
        )?;
        page.script("f.height = 900;", &[])?;
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
        page.script("f.width = 400;", &[])?;
        until("a height", "heard.resize?.height > 50")?;
        Ok(())
    });
}
