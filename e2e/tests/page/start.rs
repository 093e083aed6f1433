//! How the page starts: under its policy, from one download, and what it says when it cannot.

use racewalk_e2e::{Browser, visit, with_page};

#[test]
fn the_page_starts_without_a_word_in_the_console() {
    visit("", |page| {
        page.wait_text("explorer", "in a worker")?;
        if page.browser() == Browser::Chromium {
            assert_eq!(page.console()?, Vec::<String>::new());
        }
        Ok(())
    });
}

#[test]
fn page_and_worker_come_from_one_download_of_this_site() {
    visit("", |page| {
        page.wait_text("explorer", "in a worker")?;
        let requests = page.requests();
        // The instrument is another module, for when the page has time.
        let instrument = |path: &&String| path.contains("instrument");
        let wasm = requests.iter().filter(|it| it.ends_with(".wasm") && !instrument(it)).count();
        assert_eq!(wasm, 1, "{requests:?}");
        Ok(())
    });
}

#[test]
fn whatever_is_loaded_lies_where_the_page_does() {
    visit("#/race/ram-unplug", |page| {
        page.wait_text("explorer", "in a worker")?;
        page.click("show-take")?;
        page.wait_text("take", "Mermaid")?;
        let elsewhere = |name: &String| !name.starts_with(&page.origin());
        let loaded = page.loaded()?;
        assert!(!loaded.is_empty());
        assert_eq!(loaded.iter().filter(|name| elsewhere(name)).count(), 0, "{loaded:?}");
        Ok(())
    });
}

#[test]
fn without_workers_the_page_explores_by_itself_and_says_so() {
    with_page(|page| {
        page.before_load("delete window.Worker;")?;
        page.open("")?;
        page.wait_text("explorer", "on the page’s own thread")
    });
}

#[test]
fn a_page_that_cannot_load_says_why() {
    with_page(|page| {
        page.before_load("delete window.WebAssembly;")?;
        page.load("")?;
        let failed = "const text = document.getElementById('start-up-failed');
            return text && !text.hidden && text.innerText;";
        let text = page.wait_until("the reason", failed, &[])?;
        assert!(text.to_string().contains("WebAssembly"), "{text}");
        // The first frame needs nothing but itself.
        let drawn = "const image = document.querySelector('.start-up img');
            return image.complete && image.naturalWidth > 600;";
        page.wait_until("the first frame", drawn, &[])?;
        Ok(())
    });
}

// Yew panics when the browser refuses an element, and this browser does so in Racewalk's own.
#[test]
fn a_panic_leaves_the_permalink_and_a_reload() {
    with_page(|page| {
        page.before_load(
            "const insert = Node.prototype.insertBefore;
            Node.prototype.insertBefore = function (...all) {
                if (this.id === 'racewalk') throw new Error('broken by a test');
                return insert.apply(this, all);
            };
            addEventListener('pagehide', () => { sessionStorage.reloads = 'yes'; });",
        )?;
        page.load("#/race/memunmap?kill_gp=off")?;
        let link = page.attribute("panic-link", "href")?;
        assert!(link.ends_with("#/race/memunmap?kill_gp=off"), "{link}");
        page.script("sessionStorage.clear();", &[])?;
        page.click("panic-reload")?;
        page.wait_until("a reload", "return sessionStorage.reloads ?? null;", &[])?;
        Ok(())
    });
}
