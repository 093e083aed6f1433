use super::*;

fn link(knobs: &[(&str, &str)], schedule: &str, at: usize, kernel: Option<&str>) -> Link {
    Link {
        origin: Origin::Library("memunmap".to_owned()),
        knobs: knobs.iter().map(|&(knob, value)| (knob.to_owned(), value.to_owned())).collect(),
        schedule: schedule.to_owned(),
        at,
        kernel: kernel.map(str::to_owned),
        tour: None,
        promise: Promise::default(),
    }
}

#[track_caller]
fn check(link: &Link, fragment: &str) {
    assert_eq!(write(link), fragment);
    assert_eq!(read(fragment), (Some(link.clone()), Vec::new()));
}

#[track_caller]
fn check_fault(fragment: &str, fault: &str) -> Option<Link> {
    let (link, faults) = read(fragment);
    assert!(faults.iter().any(|it| it.contains(fault)), "{faults:?} lacks {fault:?}");
    link
}

#[test]
fn a_link_is_written_in_one_way_and_read_back() {
    check(&link(&[], "", 0, None), "/race/memunmap");
    check(
        &link(&[("kill_gp", "off")], "w2m3h7w", 7, None),
        "/race/memunmap?kill_gp=off&s=w2m3h7w&at=7",
    );
    check(&link(&[], "m4.2", 0, Some("v7.2")), "/race/memunmap?kernel=v7.2&s=m4.2");
    check(&Link::to(Origin::Packed("q1-_".to_owned())), "/source/q1-_");
}

#[test]
fn what_browsers_escape_is_read() {
    let (read, faults) = read("/race/memunmap?s=w2%6d3");
    assert_eq!(faults, Vec::<String>::new());
    assert_eq!(read, Some(link(&[], "w2m3", 0, None)));
}

#[test]
fn an_empty_address_names_no_race() {
    assert_eq!(read(""), (None, Vec::new()));
    assert_eq!(read("/"), (None, Vec::new()));
}

#[test]
fn an_address_that_leads_nowhere_says_so() {
    for fragment in ["lanes", "/race", "/race/", "/races/x", "/source/", "//", "?kill_gp=off"] {
        assert_eq!(check_fault(fragment, "leads nowhere"), None);
    }
}

#[test]
fn parts_without_sense_are_named_and_the_rest_counts() {
    let rest = Some(link(&[("kill_gp", "off")], "w", 0, None));
    assert_eq!(check_fault("/race/memunmap?kill_gp=off&s=w&at=x", "“at=x”"), rest);
    assert_eq!(check_fault("/race/memunmap?kill_gp=off&s=w&at=-1", "“at=-1”"), rest);
    assert_eq!(check_fault("/race/memunmap?kill_gp=off&s=w&flush", "“flush”"), rest);
    assert_eq!(check_fault("/race/memunmap?kill_gp=off&kill_gp=on&s=w", "twice"), rest);
    assert_eq!(check_fault("/race/memunmap?kill_gp=off&s=w&view=cube", "“cube”"), rest);
}

#[test]
fn what_a_link_promises_is_read_and_written() {
    let promise = |model: Option<&str>, expect: Option<&str>| Link {
        promise: Promise { model: model.map(str::to_owned), expect: expect.map(str::to_owned) },
        ..link(&[], "w", 1, None)
    };
    let whole = promise(Some("0123456789abcdef"), Some("violated,uaf-read"));
    check(&whole, "/race/memunmap?s=w&at=1&m=0123456789abcdef&expect=violated,uaf-read");
    check(&promise(None, Some("safe")), "/race/memunmap?s=w&at=1&expect=safe");
    check(&promise(Some(""), None), "/race/memunmap?s=w&at=1&m=");
}

#[test]
fn long_nonsense_is_clipped() {
    let (_, faults) = read(&"x".repeat(100_000));
    assert!(faults[0].len() < 300);
}
