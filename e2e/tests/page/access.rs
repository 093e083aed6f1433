//! Nothing keeps a reader out: axe-core finds no fault on the page, on a phone or a desk, in either theme.

use std::fs;

use racewalk_e2e::{Page, Result, visit};
use racewalk_xtask::project;

const FAILURE: &str = "#/race/memunmap?kill_gp=off&s=w2m3h7w&at=12";

/// A rule and the elements that break it, a line each. Where there is room for a finger only, targets are large enough for it.
const FAULTS: &str = "window.faults = null;
    axe.run({ resultTypes: ['violations'], rules: { 'target-size': { enabled: innerWidth < 768 } } }).then(({ violations }) => {
        window.faults = violations.flatMap(({ id, nodes }) => nodes.map(it => `${id}: ${it.html}`));
    }, error => { window.faults = [String(error)]; });";

/// What axe-core finds on the page as it is now.
fn check(page: &Page, now: &str) -> Result {
    page.script(FAULTS, &[])?;
    let faults = page.wait_until("axe-core", "return window.faults;", &[])?;
    let faults: Vec<_> = faults.as_array().into_iter().flatten().collect();
    assert!(faults.is_empty(), "{now}:\n{faults:#?}");
    Ok(())
}

/// Each width in each theme; the narrow one last: where a browser has no such window, the wide one is looked at all the same.
const ALL: [(u32, &str); 4] = [(1400, "light"), (1400, "dark"), (360, "light"), (360, "dark")];
/// Each width and each theme once: of what differs from another page in its content only.
const BOTH: [(u32, &str); 2] = [(1400, "light"), (360, "dark")];

/// In these widths and themes.
fn check_in(looks: &[(u32, &str)], page: &Page, now: &str) -> Result {
    let axe = project::tools().join("node_modules/axe-core/axe.min.js");
    let axe = fs::read_to_string(&axe).expect("`cargo xtask test` installs axe-core into .tools");
    page.script(&axe, &[])?;
    for &(width, theme) in looks {
        page.set_size(width, 900)?;
        page.set_value("theme", theme)?;
        check(page, &format!("{now}, {theme}, {width} pixels wide"))?;
    }
    Ok(())
}

#[test]
fn axe_finds_no_fault_on_a_failure_with_its_instrument() {
    visit(FAILURE, |page| {
        page.wait_text("verdict", "violated")?;
        page.wait_text("graph-count", "states")?;
        page.wait_text("mend", "From bad to good")?;
        page.wait_text("placed", "is enough in")?;
        page.wait_text("least", "flush=ipi")?;
        check_in(&ALL, page, "the instrument")
    });
}

#[test]
fn axe_finds_no_fault_on_any_race_as_it_opens() {
    visit("", |page| {
        page.wait_text("explorer", "in a worker")?;
        let races = page.races()?;
        assert!(races.len() > 6, "{races:?}");
        for race in races {
            page.follow(&format!("#/race/{race}"))?;
            page.wait_text("graph-count", "states")?;
            check_in(&BOTH, page, &race)?;
        }
        Ok(())
    });
}

#[test]
fn axe_finds_no_fault_on_any_sheet() {
    visit(FAILURE, |page| {
        page.wait_text("verdict", "violated")?;
        for sheet in ["show-take", "show-embed", "show-keys", "show-about", "show-own"] {
            page.click(sheet)?;
            page.wait_text("close-sheet", "Close")?;
            match sheet {
                "show-take" => page.wait_text("take", "Mermaid")?,
                "show-embed" => page.wait_text("embed", "Sphinx")?,
                _ => {}
            }
            check_in(&BOTH, page, sheet)?;
            page.press("Escape")?;
            page.wait_gone("close-sheet")?;
        }
        page.click("show-tour")?;
        page.wait_text("tour-number", "1")?;
        check_in(&BOTH, page, "the tour")
    });
}
