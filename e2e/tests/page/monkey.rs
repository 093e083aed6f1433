//! Whatever a reader does, in whatever order, nothing is thrown and nothing piles up.

use racewalk_e2e::monkey::{arrive, holding, play};
use racewalk_e2e::{Browser, with_page};

/// `cargo run -p racewalk-e2e --bin monkey` goes on for as long as one likes.
#[test]
fn a_monkey_breaks_nothing() {
    with_page(|page| {
        arrive(page)?;
        let mut before = None;
        for seed in 1..=4 {
            let round = play(page, seed, 150)?;
            assert!(round.did.len() > 100 || !round.thrown.is_empty(), "{round:#?}");
            assert_eq!(round.thrown, Vec::<String>::new(), "seed {seed}: {:#?}", round.did);
            if page.browser() == Browser::Chromium {
                let now = holding(page)?;
                // In the first round everything is loaded.
                let first = *before.get_or_insert(now);
                assert!(now.nodes < first.nodes * 1.5, "{first:?} became {now:?}");
                assert!(now.listeners < first.listeners * 1.5, "{first:?} became {now:?}");
            }
        }
        Ok(())
    });
}
