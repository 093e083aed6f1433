//! What is drawn where, of every race at three widths, against what was looked at and found good: `structure/` holds it, and
//! `UPDATE_EXPECT=1` writes it anew. In fonts that the tests bring: a width differs on no machine.

use expect_test::expect_file;
use racewalk_e2e::{Page, Result, with_page};

/// A phone, a tablet, a desktop.
const WIDTHS: [u32; 3] = [360, 768, 1280];

/// The visible elements that have a name for tests, headings, landmarks and drawings, as a tree: of each, which of 24 columns
/// it takes. Neighbours of one kind stand in one line.
const OUTLINE: &str = include_str!("structure.js");

#[test]
fn every_race_is_drawn_as_it_was_looked_at() {
    with_page(|page| {
        page.set_size(WIDTHS[0], 900)?;
        page.bring_fonts()?;
        page.open("")?;
        let races = page.races()?;
        assert!(races.len() > 5, "{races:?}");
        for race in races {
            let mut drawn = String::new();
            for width in WIDTHS {
                page.set_size(width, 900)?;
                drawn += &format!("{width} pixels wide\n\n{}\n\n", outline(page, &race)?);
            }
            expect_file![format!("structure/{race}.txt")].assert_eq(&drawn);
        }
        Ok(())
    });
}

fn outline(page: &Page, race: &str) -> Result<String> {
    page.open(&format!("#/race/{race}"))?;
    page.reach_instrument()?;
    page.wait_text("ahead", "complete schedule")?;
    let outline = page.script(OUTLINE, &[])?;
    Ok(outline.as_str().unwrap_or_default().to_owned())
}
