use racewalk_engine::library;
use racewalk_engine::race::Race;
use racewalk_engine::schedule::Schedule;
use racewalk_engine::trace::Trace;

use super::*;
use crate::census::places;

fn ask(id: &str, knobs: &[(&str, &str)]) -> Vec<News> {
    let race = Race::load(library::race(id).expect("a race")).expect("no mistakes");
    let knobs: Vec<_> =
        knobs.iter().map(|&(knob, value)| (knob.to_owned(), value.to_owned())).collect();
    let mut all = Vec::new();
    assert!(survey(&race, &knobs, |it| all.push(it)).is_some());
    all
}

#[test]
fn every_race_is_surveyed_and_travels() {
    for of in library::races() {
        let all = ask(of.id, &[]);
        assert_eq!(all.len(), 4, "{}", of.id);
        for news in all {
            assert!(!matches!(news, News::Failed(_)), "{}", of.id);
            let bytes = postcard::to_allocvec(&news).expect("it travels");
            assert_eq!(postcard::from_bytes::<News>(&bytes).expect("it arrives"), news);
        }
    }
}

#[test]
fn the_ways_lead_where_they_say() {
    let race = Race::load(library::race("memunmap").expect("a race")).expect("no mistakes");
    let mut settings = race.settings();
    settings.set(&race, "kill_gp", "off").expect("a knob");
    let model = race.compile(&settings).expect("a model");
    let Some(News::Census(census, _)) = ask("memunmap", &[("kill_gp", "off")]).into_iter().next()
    else {
        panic!("no census")
    };
    assert_eq!(census.tally.all(), 174);
    let stands = &census.stands;
    assert_eq!((0..stands.len()).map(|it| stands.tally(it).all()).sum::<usize>(), 174);
    for stand in 0..stands.len() {
        let schedule = Schedule::parse(stands.way(stand), &model).expect("a code");
        let trace = Trace::replay(&model, &schedule);
        assert!(trace.stopped.is_none());
        assert!(places(&model, &trace.last().state).eq(stands.at(stand).iter().copied()));
    }
}

#[test]
fn a_failure_that_a_card_leaves_is_one_of_the_race_without_it() {
    let all = ask("memunmap", &[("kill_gp", "off")]);
    let Some(News::Cards(cards)) = all.get(2) else { panic!("no cards") };
    let race = Race::load(library::race("memunmap").expect("a race")).expect("no mistakes");
    let mut settings = race.settings();
    settings.set(&race, "kill_gp", "off").expect("a knob");
    let model = race.compile(&settings).expect("a model");
    let mut failing = 0;
    for gap in cards.iter().flat_map(|it| &it.gaps) {
        if let Some((kind, _, code)) = &gap.found.failure
            && !code.is_empty()
        {
            failing += 1;
            let trace = Trace::replay(&model, &Schedule::parse(code, &model).expect("a code"));
            let broken = trace.steps.last().and_then(|it| it.broken).expect("it fails");
            assert_eq!(&model.violations[broken.violation.index()].name, kind);
        }
    }
    assert!(failing > 10);
}

#[test]
fn the_grace_period_makes_the_second_arrow_impossible() {
    let all = ask("memunmap", &[("kill_gp", "off")]);
    let Some(News::Windows(windows)) = all.get(1) else { panic!("no windows") };
    assert_eq!(windows[0].kind, ANY);
    assert_eq!(windows[0].orders.len(), 2);
    let grace = windows[0].effects.iter().find(|it| it.knob == "kill_gp").expect("a protection");
    assert_eq!((grace.safe, grace.remains), (Some(true), false));
    assert_eq!(grace.prevents, [1], "{:?}", windows[0].effects);
}

fn surveyed() -> Surveyed {
    let race = Race::load(library::race("memunmap").expect("a race")).expect("no mistakes");
    let knobs = [("kill_gp".to_owned(), "off".to_owned())];
    survey(&race, &knobs, |_| {}).expect("a survey")
}

#[test]
fn a_schedule_in_time() {
    let times = surveyed().times("w2m3h7w");
    assert_eq!(times.beginnings.len(), 14);
    assert_eq!(times.beginnings[0].counts, Some(("6899".to_owned(), "66".to_owned())));
    assert_eq!((times.no_return, times.is_lost), (Some(12), true));
    let fixed: Vec<_> = times.beginnings.iter().flat_map(|it| &it.fixed).collect();
    assert!(fixed.iter().any(|it| *it == "W2 before M1"), "{fixed:?}");
    assert!(!surveyed().times("w2m3").is_lost);
}

#[test]
fn from_bad_to_good_every_schedule_is_possible() {
    let of = surveyed();
    let mended = of.mended("w2m3h7w").expect("a way");
    assert!(!mended.swaps.is_empty());
    let codes = mended.swaps.iter().map(|it| &it.1).chain([&mended.good]);
    for code in codes {
        let schedule = Schedule::parse(code, &of.model).expect("a code");
        assert!(Trace::replay(&of.model, &schedule).stopped.is_none(), "{code}");
    }
    assert!(of.mended("w2").is_ok());
}

#[test]
fn a_schedule_that_is_asked_for() {
    let of = surveyed();
    assert!(matches!(of.witness("W6 before M1"), Witness::Found(..)));
    assert_eq!(of.witness("D4 before M3"), Witness::None(174));
    assert!(matches!(of.witness("W66"), Witness::Unknown(why) if why.starts_with("There is no")));
}
