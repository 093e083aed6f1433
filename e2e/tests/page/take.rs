//! What a reader takes away and pastes back: files, snippets, tables, links with their verdict.

use racewalk_e2e::{Page, Result, visit, with_page};
use serde_json::{Value, json};

const FAILURE: &str = "#/race/memunmap?kill_gp=off&s=w2m3h7w&at=13";

/// Keeps what the page copies and what it saves.
const KEPT: &str = "Object.defineProperty(navigator, 'clipboard', { value: {
        writeText: async text => { window.copied = text; } } });
    const create = URL.createObjectURL;
    let blob;
    URL.createObjectURL = it => { blob = it; return create.call(URL, it); };
    const click = HTMLAnchorElement.prototype.click;
    HTMLAnchorElement.prototype.click = function () {
        if (!this.download) return click.call(this);
        if (!this.href.startsWith('blob:')) throw new Error(this.href);
        window.saved = { name: this.download, blob };
    };";

/// Opens the page where things are kept, and a sheet once its offers are there.
fn with_sheet(hash: &str, sheet: &str, test: impl FnOnce(&Page) -> Result) {
    with_page(|page| {
        page.before_load(KEPT)?;
        page.open(hash)?;
        page.wait_text("verdict", "violated")?;
        page.click(&format!("show-{sheet}"))?;
        test(page)
    });
}

/// Clicks, and waits for the file: its name, type and text.
fn saved(page: &Page, button: &str) -> Result<(String, String, String)> {
    page.script("window.saved = null;", &[])?;
    page.click(button)?;
    let saved = page.wait_until(
        button,
        "return window.saved && saved.blob.text().then(text => [saved.name, saved.blob.type, text]);",
        &[],
    )?;
    let part = |index: usize| saved[index].as_str().unwrap_or_default().to_owned();
    page.wait_text("said", "is saved")?;
    Ok((part(0), part(1), part(2)))
}

#[test]
fn every_form_is_saved_as_what_it_is() {
    with_sheet(FAILURE, "take", |page| {
        for (button, name, kind, parts) in [
            ("svg-frame", "memunmap-step-13.svg", "image/svg+xml", &["<svg ", "step 13 of 13"][..]),
            ("svg-strip", "memunmap-strip.svg", "image/svg+xml", &["<svg ", "start of 13 steps"]),
            ("svg-animation", "memunmap-playing.svg", "image/svg+xml", &["@keyframes"]),
            (
                "txt-table",
                "memunmap.txt",
                "text/plain;charset=utf-8",
                &["race memunmap: kill_gp=off"],
            ),
            ("mmd-mermaid", "memunmap.mmd", "text/plain;charset=utf-8", &["sequenceDiagram"]),
            ("json-json", "memunmap.json", "application/json", &["\"schedule\": \"w2m3h7w\""]),
        ] {
            let (found, of_kind, text) = saved(page, button)?;
            assert_eq!((&*found, &*of_kind), (name, kind));
            for part in parts {
                assert!(text.contains(part), "{part:?} is not in {name}: {text}");
            }
        }
        let drawn = page.script(
            "return [...document.querySelectorAll('[data-testid=take] svg')].length;",
            &[],
        )?;
        assert_eq!(drawn, json!(0), "nothing that is saved becomes a part of the page");
        page.click("copy-table")?;
        let copied = "return window.copied?.startsWith('race memunmap: kill_gp=off');";
        page.wait_until("the table", copied, &[])?;
        page.wait_text("said", "copied")
    });
}

/// Draws the last file that was saved: its size, and the colours of its first pixel and of all.
const DRAWN: &str = "return window.saved && createImageBitmap(saved.blob).then(async bitmap => {
        const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
        const paper = canvas.getContext('2d');
        paper.drawImage(bitmap, 0, 0);
        const pixels = paper.getImageData(0, 0, bitmap.width, bitmap.height).data;
        const colours = new Set(new Uint32Array(pixels.buffer));
        const head = [...new Uint8Array(await saved.blob.arrayBuffer()).slice(0, 4)];
        return { name: saved.name, type: saved.blob.type, head, size: [bitmap.width, bitmap.height],
                 corner: [...pixels.slice(0, 4)], colours: colours.size };
    });";

fn picture(page: &Page) -> Result<Value> {
    page.script("window.saved = null;", &[])?;
    page.click("png-frame")?;
    page.wait_until("the picture", DRAWN, &[])
}

#[test]
fn a_png_is_twice_the_size_and_in_the_colours_that_were_chosen() {
    with_sheet(FAILURE, "take", |page| {
        let (_, _, svg) = saved(page, "svg-frame")?;
        let number = |name: &str| {
            let (_, rest) = svg.split_once(&format!(" {name}=\"")).expect("a size");
            rest.split('"').next().and_then(|it| it.parse::<u64>().ok()).expect("a number")
        };
        let (width, height) = (number("width"), number("height"));
        page.set_value("figure-theme", "light")?;
        let light = picture(page)?;
        assert_eq!(light["name"], "memunmap-step-13.png");
        assert_eq!(
            (&light["type"], &light["head"]),
            (&json!("image/png"), &json!([137, 80, 78, 71]))
        );
        assert_eq!(light["size"], json!([width * 2, height * 2]));
        // Its own style sheet holds in it: paper, inks and textures, not black on nothing.
        assert!(light["colours"].as_u64() > Some(20), "{light}");
        assert!(light["corner"][0].as_u64() > Some(200), "{light}");
        page.set_value("figure-theme", "dark")?;
        let dark = picture(page)?;
        assert!(dark["corner"][0].as_u64() < Some(60), "{dark}");
        Ok(())
    });
}

#[test]
fn a_strip_shows_the_steps_that_are_written() {
    with_sheet(FAILURE, "take", |page| {
        let steps = "return document.querySelector('[data-testid=strip-steps]')?.value === '0,13';";
        page.wait_until("the usual steps", steps, &[])?;
        page.set_value("strip-steps", "2, 7, 14")?;
        page.wait_text("strip-fault", "There is no step 14: the schedule has 13 steps.")?;
        page.wait_gone("svg-strip")?;
        assert_eq!(page.count("svg-frame")?, 1);
        page.set_value("strip-steps", "2, 7")?;
        let (_, _, text) = saved(page, "svg-strip")?;
        assert!(text.contains("step 2 of 13, step 7 of 13"), "{text}");
        Ok(())
    });
}

#[test]
fn what_takes_things_away_is_downloaded_when_a_reader_does() {
    visit(FAILURE, |page| {
        let asked = |page: &Page| page.requests().iter().any(|it| it.contains("interchange"));
        page.wait_text("verdict", "violated")?;
        assert!(!asked(page), "{:?}", page.requests());
        page.click("show-embed")?;
        page.wait_text("embed", "Sphinx")?;
        assert!(asked(page), "{:?}", page.requests());
        Ok(())
    });
}

#[test]
fn embed_this_shows_what_is_looked_at() {
    with_sheet("#/race/memunmap?kill_gp=off&s=w2m3h7w&at=7", "embed", |page| {
        let copied = |page: &Page, key: &str| -> Result<String> {
            page.script("window.copied = null;", &[])?;
            page.click(&format!("copy-{key}"))?;
            let text = page.wait_until(key, "return window.copied;", &[])?;
            Ok(text.as_str().unwrap_or_default().to_owned())
        };
        let origin = page.origin();
        let script = format!("<script type=\"module\" src=\"{origin}race-walk.js\"></script>");
        let element =
            "<race-walk race=\"memunmap\" set=\"kill_gp=off\" schedule=\"w2m3h7w\" at=\"7\">";
        let iframe =
            format!("{origin}embed.html#/race/memunmap?kill_gp=off&amp;s=w2m3h7w&amp;at=7");
        let here = page.address();
        let picture =
            format!("(memunmap-step-7.svg)]({here}#/race/memunmap?kill_gp=off&s=w2m3h7w&at=7)");
        for (key, parts) in [
            ("element", &[&*script, element][..]),
            ("iframe", &[&*iframe]),
            ("markdown", &[&*picture]),
            ("mdbook", &["```race-walk\nmemunmap kill_gp=off: w2m3h7w\nat: 7\n"]),
            (
                "sphinx",
                &[
                    ".. race-walk:: memunmap\n   :set: kill_gp=off\n   :schedule: w2m3h7w\n   :at: 7\n",
                ],
            ),
        ] {
            let text = copied(page, key)?;
            for part in parts {
                assert!(text.contains(part), "{part:?} is not in {text}");
            }
        }
        page.set_value("figure-theme", "dark")?;
        page.wait_text("offer-element", "theme=\"dark\"")
    });
}

#[test]
fn without_a_clipboard_a_sheet_copies_the_old_way() {
    with_page(|page| {
        page.before_load(
            "Object.defineProperty(navigator, 'clipboard', { value: {
                writeText: async () => { throw new Error('no'); } } });
            document.execCommand = () => {
                window.copied = document.activeElement.value; return true; };",
        )?;
        page.open(FAILURE)?;
        page.click("show-take")?;
        page.click("copy-table")?;
        let copied = "return window.copied?.startsWith('race memunmap: kill_gp=off');";
        page.wait_until("the table", copied, &[])?;
        page.wait_text("said", "copied")
    });
}

/// The table of the published failure, as the page copies it.
fn table(page: &Page) -> Result<String> {
    page.click("show-take")?;
    page.click("copy-table")?;
    let table = page.wait_until("the table", "return window.copied;", &[])?;
    page.click("close-sheet")?;
    page.wait_gone("take")?;
    Ok(table.as_str().unwrap_or_default().to_owned())
}

#[test]
fn a_table_that_is_pasted_gives_the_schedule_back() {
    with_page(|page| {
        page.before_load(KEPT)?;
        page.open(FAILURE)?;
        page.wait_text("verdict", "violated")?;
        let table = table(page)?;
        page.follow("#/race/reclaim")?;
        page.wait_text("show-about", "munmap")?;
        let quoted: String = table.lines().map(|it| format!("> {it}\n")).collect();
        page.paste(&quoted)?;
        page.wait_hash(FAILURE)?;
        page.wait_text("said", "the run of the table")?;
        // By hand, into the sheet, without its first line.
        let (_, rows) = table.split_once('\n').unwrap_or_default();
        page.press("Home")?;
        page.click("show-own")?;
        page.set_value("own-text", rows)?;
        page.click("own-run")?;
        page.wait_gone("own")?;
        page.wait_text("steps-taken", "13")
    });
}

#[test]
fn a_table_that_is_wrong_names_its_lines_and_loses_nothing() {
    with_page(|page| {
        page.before_load(KEPT)?;
        page.open(FAILURE)?;
        page.wait_text("verdict", "violated")?;
        let wrong = table(page)?.replace("broadcast TLB flush", "flush nothing at all");
        page.paste(&wrong)?;
        page.wait_text("report", "2 lines could not be matched; 3 steps could.")?;
        page.wait_text("report", "`flush nothing at all`: expected here: unmap: M2'")?;
        let kept =
            "return document.querySelector('[data-testid=own-text]').value === arguments[0];";
        page.wait_until("the text", kept, &[json!(wrong)])?;
        page.wait_hash(FAILURE)?;
        page.click("own-matched")?;
        page.wait_gone("own")?;
        page.wait_hash("#/race/memunmap?kill_gp=off&s=w2m&at=3")
    });
}

/// The link with its verdict, as the page copies it; what follows `#`.
fn promised(page: &Page) -> Result<String> {
    page.click("show-take")?;
    page.click("copy-promise")?;
    let link = page.wait_until("the link", "return window.copied;", &[])?;
    let (_, fragment) = link.as_str().unwrap_or_default().split_once('#').unwrap_or_default();
    Ok(format!("#{fragment}"))
}

#[test]
fn a_link_with_its_verdict_says_whether_it_is_still_so() {
    with_page(|page| {
        page.before_load(KEPT)?;
        page.open(FAILURE)?;
        page.wait_text("verdict", "violated")?;
        let link = promised(page)?;
        assert!(link.starts_with(&format!("{FAILURE}&m=")), "{link}");
        let (rest, promise) = link.split_once("&m=").unwrap_or_default();
        let (_, expect) = promise.split_once("&expect=violated,").unwrap_or_default();
        assert!(expect.split(',').any(|it| it == "uaf-read"), "{link}");
        let now = format!("violated ({})", expect.replace(',', ", "));
        page.open(&link)?;
        page.wait_text("promise", &format!("Still so: {now}. The model is the same, too."))?;
        assert_eq!(page.attribute("promise", "role")?, "status");
        // It stays in the address, and goes when a knob is turned.
        page.wait_hash(&link)?;
        page.open(&format!("{rest}&m=0123456789abcdef&expect=safe"))?;
        let changed = "The model has changed since the link was made";
        page.wait_text("promise", &format!("{changed}: then safe, now {now}."))?;
        page.open(&format!("{rest}&m=0123456789abcdef&expect=violated,{expect}"))?;
        page.wait_text("promise", &format!("{changed}; the verdict is the same: {now}."))?;
        page.open(&format!("{rest}&expect=fine"))?;
        page.wait_text("promise", "“fine”, which is no verdict")?;
        page.open(rest)?;
        page.wait_text("verdict", "violated")?;
        assert_eq!(page.text("promise")?, "");
        Ok(())
    });
}
