//! Documents with three embeds each, built by their real tools: with scripts and without, under the book's
//! policy, with a hostile stylesheet, and on paper.
//!
//! A book's own theme has inline scripts, which a strict policy blocks; the embeds need none of them.

use std::path::PathBuf;

use racewalk_e2e::{Browser, Page, Result, policy, with_page};
use racewalk_xtask::documents;
use serde_json::json;

/// A document, and what it says where its embeds do not run.
struct Document {
    name: &'static str,
    fallbacks: [&'static [&'static str]; 3],
    /// Whether all that it runs is the element, and so nothing of it may be blocked.
    is_ours: bool,
}

const PLAIN: Document = Document {
    name: "plain",
    fallbacks: [
        &["a struct page whose memmap was freed"],
        &["no interrupt to hold off"],
        &["split under the walker"],
    ],
    is_ours: true,
};

/// What stands in an embed whose fallback was made by a document's tool.
const MADE: [&[&str]; 3] = [
    &["memmap was freed", "race memunmap: kill_gp=off", "local_irq_save(flags)"],
    &["race reclaim: flush=broadcast, pte_recheck=off"],
    &["race thp-split: every knob at its default"],
];

const BOOK: Document = Document { name: "mdbook", fallbacks: MADE, is_ours: false };
const SPHINX: Document = Document { name: "sphinx", fallbacks: MADE, is_ours: false };

/// What an embed shows of the engine's answer.
const VERDICTS: [&str; 3] = ["violated", "violated", "safe"];

/// How a document comes to its reader.
#[derive(Debug, Clone, Copy)]
struct Way {
    style: &'static str,
    is_strict: bool,
}

/// Every one.
fn ways() -> impl Iterator<Item = Way> {
    let of = |style| [false, true].map(|is_strict| Way { style, is_strict });
    documents::STYLES.into_iter().flat_map(of)
}

/// Opens a document as it was built with a stylesheet, under a policy; what served it knows it by its path.
fn open(page: &Page, document: &Document, way: Way, has_scripts: bool) -> Result<String> {
    let built: PathBuf = documents::build()?.join(way.style).join(document.name);
    let policy = match (way.is_strict, has_scripts) {
        (false, true) => String::new(),
        (false, false) => policy::NO_SCRIPTS.to_owned(),
        (true, true) => policy::strict().to_owned(),
        (true, false) => policy::strict_without_scripts(),
    };
    let path = format!(
        "{}-{}-{}-{}/",
        document.name,
        way.style,
        if way.is_strict { "strict" } else { "free" },
        if has_scripts { "scripts" } else { "none" }
    );
    page.serve_folder(&path, &built, &policy);
    page.load(&format!("{path}index.html"))?;
    Ok(path)
}

/// An embed's fallback: what is seen of it, and its picture as the browser has drawn it.
const FALLBACK: &str = "const embed = document.querySelectorAll('race-walk')[arguments[0]];
    const picture = embed?.querySelector('img');
    if (!picture?.complete) return null;
    const { width, height } = picture.getBoundingClientRect();
    return {
        alive: Boolean(embed.shadowRoot?.querySelector('.element-root')?.getClientRects().length),
        text: embed.innerText.replace(/\\s+/g, ' '),
        picture: [picture.naturalWidth, width, height],
        alt: picture.alt,
    };";

/// The three fallbacks stand where the embeds are, and nothing else of these does.
fn check_fallbacks(page: &Page, document: &Document, way: Way) -> Result {
    for (index, parts) in document.fallbacks.iter().enumerate() {
        let seen = page.wait_until("a fallback's picture", FALLBACK, &[json!(index)])?;
        let of = format!("{} {way:?}, embed {index}: {seen}", document.name);
        assert_eq!(seen["alive"], false, "{of}");
        let text = seen["text"].as_str().unwrap_or_default();
        for part in *parts {
            assert!(text.contains(part), "{part:?} is not in {of}");
        }
        let [natural, width, height] =
            [0, 1, 2].map(|it| seen["picture"][it].as_f64().unwrap_or_default());
        assert!(natural > 300.0 && width > 200.0 && height > 100.0, "{of}");
        assert!(!seen["alt"].as_str().unwrap_or_default().is_empty(), "{of}");
    }
    Ok(())
}

/// An embed that runs: its verdict, and its looks, which the document's stylesheet may not touch.
const ALIVE: &str = "const [index, verdict] = arguments;
    const embed = document.querySelectorAll('race-walk')[index];
    embed?.scrollIntoView();
    const root = embed?.shadowRoot?.querySelector('.element-root');
    if (!root?.querySelector('[data-testid=verdict]')?.innerText.includes(verdict)) return null;
    const look = part => getComputedStyle(root.querySelector(part));
    const drawn = part => [...root.querySelectorAll(part)].some(it => it.getClientRects().length);
    return {
        display: getComputedStyle(embed).display,
        border: look('.embed').borderTopWidth,
        ink: look('.embed').color,
        paper: getComputedStyle(root.querySelector('.embed')).getPropertyValue('--paper').trim(),
        picture: drawn('svg.picture'),
        time: drawn('.time'),
        button: drawn('button'),
        theme: getComputedStyle(root).colorScheme,
        taken: root.querySelector('[data-testid=steps-taken]')?.innerText ?? null,
        fallback: [...embed.children].reduce((all, it) => all + it.getClientRects().length, 0),
    };";

/// The three run, as if the document had no styles of its own.
fn check_alive(page: &Page, document: &Document, way: Way) -> Result {
    for (index, verdict) in VERDICTS.into_iter().enumerate() {
        let what = format!("{} {way:?}: embed {index} to be {verdict}", document.name);
        let seen = page.wait_until(&what, ALIVE, &[json!(index), json!(verdict)])?;
        let of = format!("{what}: {seen}");
        assert_eq!(
            [&seen["display"], &seen["border"], &seen["fallback"]],
            [&json!("block"), &json!("1px"), &json!(0)],
            "{of}"
        );
        assert!(seen["ink"] != "rgb(255, 0, 0)" && seen["paper"] != "red", "{of}");
        let is_plain = document.name == PLAIN.name;
        // The plain page's author has asked for some panels only.
        assert_eq!(seen["picture"], !is_plain || index != 2, "{of}");
        assert_eq!(seen["time"], !is_plain || index != 1, "{of}");
        if is_plain && index == 2 {
            assert_eq!(seen["theme"], "dark", "{of}");
        }
        if index == 0 {
            assert_eq!((&seen["taken"], &seen["button"]), (&json!("13"), &json!(true)), "{of}");
        }
    }
    Ok(())
}

/// What the policy has blocked of the element, or of a document that runs nothing else.
fn blocked(page: &Page, document: &Document, path: &str) -> Result<Vec<String>> {
    if page.browser() != Browser::Chromium {
        return Ok(Vec::new());
    }
    // A theme's own scripts, and the icon that it has none of.
    let theirs = [format!("{}{path}", page.origin()), format!("{}favicon.ico", page.origin())];
    let of_element = |line: &String| {
        document.is_ours || line.contains("racewalk") || !theirs.iter().any(|it| line.contains(it))
    };
    Ok(page.console()?.into_iter().filter(of_element).collect())
}

fn runs_in_every_way(document: &Document) {
    with_page(|page| {
        for way in ways() {
            let path = open(page, document, way, true)?;
            check_alive(page, document, way)?;
            assert_eq!(blocked(page, document, &path)?, Vec::<String>::new(), "{way:?}");
            let asked = page.requests();
            let asked = |name: &str| {
                asked.iter().filter(|it| it.contains(&path) && it.contains(name)).count()
            };
            for once in ["racewalk-embed_bg.wasm", "race-walk.js", "worker.js"] {
                assert_eq!(asked(once), 1, "{once} {way:?}");
            }
        }
        Ok(())
    });
}

fn stands_without_scripts(document: &Document) {
    with_page(|page| {
        for way in ways() {
            open(page, document, way, false)?;
            check_fallbacks(page, document, way)?;
        }
        Ok(())
    });
}

fn prints_its_fallbacks(document: &Document) {
    with_page(|page| {
        for has_scripts in [true, false] {
            for way in ways() {
                open(page, document, way, has_scripts)?;
                if has_scripts {
                    check_alive(page, document, way)?;
                }
                page.show_as_printed()?;
                check_fallbacks(page, document, way)?;
                page.emulate(&[])?;
            }
        }
        Ok(())
    });
}

#[test]
fn a_plain_page_runs_in_every_way() {
    runs_in_every_way(&PLAIN);
}

#[test]
fn a_book_runs_in_every_way() {
    runs_in_every_way(&BOOK);
}

#[test]
fn a_sphinx_project_runs_in_every_way() {
    runs_in_every_way(&SPHINX);
}

#[test]
fn a_plain_page_stands_without_scripts() {
    stands_without_scripts(&PLAIN);
}

#[test]
fn a_book_stands_without_scripts() {
    stands_without_scripts(&BOOK);
}

#[test]
fn a_sphinx_project_stands_without_scripts() {
    stands_without_scripts(&SPHINX);
}

#[test]
fn a_plain_page_prints_its_fallbacks() {
    prints_its_fallbacks(&PLAIN);
}

#[test]
fn a_book_prints_its_fallbacks() {
    prints_its_fallbacks(&BOOK);
}

#[test]
fn a_sphinx_project_prints_its_fallbacks() {
    prints_its_fallbacks(&SPHINX);
}
