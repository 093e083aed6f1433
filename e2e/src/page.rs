//! A page in a browser: what a test does to it, and what it sees.

mod chromium;
mod see;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use racewalk_xtask::{project, site::Site};
use serde_json::Value;
use thirtyfour::error::WebDriverErrorInner;
use thirtyfour::{By, WebDriver, WebElement};
use tokio::runtime::{Builder, Runtime};

use crate::driver::Driver;
use crate::{Browser, Error, Result, keys};

/// How long anything may take that a test waits for.
const PATIENCE: Duration = Duration::from_secs(10);
const LOOK: Duration = Duration::from_millis(20);
/// How often a browser is started at most: a port that was free may be taken before its driver takes it.
const ATTEMPTS: u32 = 3;

/// A browser with the built page's own site; all of it ends when this is dropped.
pub struct Page {
    // In the order in which they must end.
    session: Option<WebDriver>,
    driver: Driver,
    runtime: Runtime,
    site: Site,
    /// The single file, where that is what is tested.
    file: Option<PathBuf>,
    browser: Browser,
}

/// Names the single file that is tested in place of the built page.
const SINGLE_FILE: &str = "RACEWALK_SINGLE_FILE";

impl Page {
    /// Starts the browser that the environment names, and serves what is in `dist`.
    pub fn start() -> Result<Self> {
        Self::serving(|dist| Site::start(dist, 0))
    }

    /// The same from a site that is there to be measured.
    pub fn start_measured() -> Result<Self> {
        Self::serving(|dist| Site::measured(dist, 0))
    }

    fn serving(site: impl Fn(PathBuf) -> racewalk_xtask::Result<Site>) -> Result<Self> {
        let browser = Browser::from_env()?;
        let dist = project::dist();
        if !dist.join("index.html").is_file() {
            return Err(Error::NotBuilt(dist));
        }
        let attempt = || Self::attempt(browser, site(dist.clone())?);
        let mut page = attempt();
        for _ in 1..ATTEMPTS {
            if page.is_err() {
                page = attempt();
            }
        }
        page
    }

    fn attempt(browser: Browser, site: Site) -> Result<Self> {
        let driver = Driver::start(browser)?;
        let start = |source| Error::Start { program: "the tests' own runtime", source };
        let runtime = Builder::new_current_thread().enable_all().build().map_err(start)?;
        let session = WebDriver::new(driver.url(), browser.capabilities()?);
        let session = runtime.block_on(session)?;
        let file = std::env::var_os(SINGLE_FILE).map(PathBuf::from);
        let page = Self { session: Some(session), driver, runtime, site, file, browser };
        if browser == Browser::WebKit {
            // The others are told when they start.
            page.set_size(1280, 900)?;
        }
        Ok(page)
    }

    /// Loads the page anew at a hash such as `#/race/memunmap`, and waits until it has started.
    pub fn open(&self, hash: &str) -> Result {
        self.load(hash)?;
        let loading = "const text = document.getElementById('start-up-loading');
            return !text ? true : text.hidden ? document.body.innerText : null;";
        let started = self.wait_until("the page to start", loading, &[])?;
        if started == Value::Bool(true) {
            // WebKit's driver is quicker than its page: a key that comes before the first picture is lost.
            let painted = "if (window.painted === undefined) {
                    window.painted = false;
                    requestAnimationFrame(() => requestAnimationFrame(() => { window.painted = true; }));
                }
                return window.painted;";
            return self.wait_until("the first picture", painted, &[]).map(drop);
        }
        Err(Error::Timeout { what: "the page to start".to_owned(), seen: started.to_string() })
    }

    /// Loads the page anew at a hash, and waits for nothing more than the browser does.
    pub fn load(&self, hash: &str) -> Result {
        // Between two addresses that differ in their hash only, a browser loads nothing.
        self.run(|session| async move { session.goto("about:blank").await })?;
        let base =
            if hash.is_empty() || hash.starts_with('#') { self.address() } else { self.origin() };
        let address = base + hash;
        self.run(|session| async move { session.goto(address).await })
    }

    /// Scrolls to where the instrument stands, for it comes no sooner, and back.
    pub fn reach_instrument(&self) -> Result {
        let reach = "document.querySelector('.graph-mark')?.scrollIntoView();
            return document.querySelector('#instrument .graph-area') !== null;";
        self.wait_until("the instrument", reach, &[])?;
        self.script("scrollTo(0, 0);", &[]).map(drop)
    }

    /// Goes to another hash without loading anew, as a link in the page does.
    pub fn follow(&self, hash: &str) -> Result {
        self.script("location.hash = arguments[0];", &[hash.into()]).map(drop)
    }

    /// Clicks in the middle of an element, once it can be clicked.
    pub fn click(&self, testid: &str) -> Result {
        // A driver clicks what is disabled, too, and nothing comes of it.
        let enabled = "const found = document.querySelector(`[data-testid=\"${arguments[0]}\"]`);
            return found !== null && !found.disabled;";
        self.wait_until(&format!("`{testid}` to be enabled"), enabled, &[testid.into()])?;
        self.with_element(testid, "be clicked", |element| async move {
            // WebKit's driver clicks at the middle, even where that is out of sight.
            element.scroll_into_view().await?;
            element.click().await
        })
    }

    /// Writes into a field, after what it holds; into a field for files, their paths.
    pub fn write(&self, testid: &str, text: &str) -> Result {
        self.with_element(testid, "be written into", |element| async move {
            element.send_keys(text).await
        })
    }

    /// Replaces what a field holds, or the choice of a `<select>`, as its user would.
    pub fn set_value(&self, testid: &str, value: &str) -> Result {
        let set = "const field = document.querySelector(`[data-testid=\"${arguments[0]}\"]`);
            if (!field || field.disabled) return null;
            field.value = arguments[1];
            if (field.value !== arguments[1]) return null;
            for (const kind of ['input', 'change'])
                field.dispatchEvent(new Event(kind, { bubbles: true }));
            return true;";
        let what = format!("`{testid}` to take `{value}`");
        self.wait_until(&what, set, &[testid.into(), value.into()]).map(drop)
    }

    /// Pastes a text onto the page.
    pub fn paste(&self, text: &str) -> Result {
        let paste = "const clipboardData = new DataTransfer();
            clipboardData.setData('text/plain', arguments[0]);
            const event = new ClipboardEvent('paste', { bubbles: true, cancelable: true });
            // Firefox gives an event that a script has made other data.
            Object.defineProperty(event, 'clipboardData', { value: clipboardData });
            document.body.dispatchEvent(event);";
        self.script(paste, &[text.into()]).map(drop)
    }

    /// Gives an element the focus, so that keys go to it.
    pub fn focus(&self, testid: &str) -> Result {
        let focus = "const found = document.querySelector(`[data-testid=\"${arguments[0]}\"]`);
            found?.focus();
            return found !== null && document.activeElement === found;";
        self.wait_until(&format!("`{testid}` to take the focus"), focus, &[testid.into()]).map(drop)
    }

    /// Moves the pointer over an element.
    pub fn hover(&self, testid: &str) -> Result {
        self.with_element(testid, "be pointed at", |element| async move {
            let session = element.handle().clone();
            session.action_chain().move_to_element_center(&element).perform().await
        })
    }

    /// Presses the mouse in the middle of an element, moves it by these distances one after the other, and lets go.
    pub fn drag(&self, testid: &str, ways: &[(i64, i64)]) -> Result {
        // The pointer can go nowhere but in the window; and of a drawing the driver knows no middle.
        let find = "const found = document.querySelector(`[data-testid=\"${arguments[0]}\"]`);
            if (!found) return null;
            found.scrollIntoView({ block: 'center' });
            const box = found.getBoundingClientRect();
            return [Math.round(box.left + box.width / 2), Math.round(box.top + box.height / 2)];";
        let middle = self.wait_until(&format!("`{testid}`"), find, &[testid.into()])?;
        let at = |it: usize| middle.get(it).and_then(Value::as_i64).unwrap_or_default();
        let (start, ways) = ((at(0), at(1)), ways.to_vec());
        self.run(|session| async move {
            let mut chain = session.action_chain().move_to(start.0, start.1).click_and_hold();
            for (x, y) in ways {
                chain = chain.move_by_offset(x, y);
            }
            chain.release().perform().await
        })
    }

    /// Presses a key, or several at once: `ArrowRight`, `Space`, `w`, `Shift+Tab`.
    ///
    /// It goes to the element that has the focus.
    pub fn press(&self, combination: &str) -> Result {
        let keys = keys::parse(combination)?;
        self.run(|session| async move {
            let mut chain = session.action_chain();
            for key in &keys {
                chain = chain.key_down(*key);
            }
            for key in keys.iter().rev() {
                chain = chain.key_up(*key);
            }
            chain.perform().await
        })
    }

    /// Runs a script in the page, with `arguments`, and returns what it returns.
    pub fn script(&self, script: &str, arguments: &[Value]) -> Result<Value> {
        let (script, arguments) = (script.to_owned(), arguments.to_vec());
        self.run(
            |session| async move { Ok(session.execute(script, arguments).await?.json().clone()) },
        )
    }

    /// Runs a script again and again until it returns something other than `null` and `false`.
    pub fn wait_until(&self, what: &str, script: &str, arguments: &[Value]) -> Result<Value> {
        self.poll(what, || {
            let value = self.script(script, arguments)?;
            let found = !matches!(value, Value::Null | Value::Bool(false));
            Ok(if found { Ok(value) } else { Err(value.to_string()) })
        })
    }

    /// The browser that shows it.
    pub fn browser(&self) -> Browser {
        self.browser
    }

    /// The paths that the browser has asked the site for, in order.
    pub fn requests(&self) -> Vec<String> {
        self.site.requests()
    }

    /// Serves a page of the test's own beside the built ones, under a Content-Security-Policy.
    pub fn serve(&self, path: &str, html: &str, policy: &str) {
        self.site.add(path, html, policy);
    }

    /// Serves a folder beside the built page, under a path such as `book/` and a Content-Security-Policy.
    pub fn serve_folder(&self, path: &str, folder: &Path, policy: &str) {
        self.site.add_folder(path, folder.to_path_buf(), policy);
    }

    /// The folder in which the page lies, with a slash at the end.
    pub fn origin(&self) -> String {
        match self.file.as_ref().and_then(|it| it.parent()) {
            Some(folder) => format!("file://{}/", folder.display()),
            None => self.site.url(),
        }
    }

    /// The address of the page, without a hash.
    pub fn address(&self) -> String {
        match &self.file {
            Some(file) => format!("file://{}", file.display()),
            None => self.site.url(),
        }
    }

    fn with_element<Done: Future<Output = Answer<()>>>(
        &self,
        testid: &str,
        purpose: &str,
        act: impl Fn(WebElement) -> Done,
    ) -> Result {
        let what = format!("`{testid}` to {purpose}");
        self.poll(&what, || {
            let selector = By::Css(format!("[data-testid=\"{testid}\"]"));
            let act = &act;
            let found = self.run(|session| async move { act(session.find(selector).await?).await });
            match found {
                Err(Error::Driver(error)) if is_passing(&error) => Ok(Err(error.to_string())),
                other => other.map(Ok),
            }
        })
    }

    /// Tries until there is an answer; an attempt without one says what it saw.
    fn poll<T>(
        &self,
        what: &str,
        mut attempt: impl FnMut() -> Result<std::result::Result<T, String>>,
    ) -> Result<T> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            match attempt()? {
                Ok(value) => return Ok(value),
                Err(seen) if Instant::now() > deadline => {
                    return Err(Error::Timeout { what: what.to_owned(), seen });
                }
                Err(_) => std::thread::sleep(LOOK),
            }
        }
    }

    fn run<T, Done: Future<Output = Answer<T>>>(
        &self,
        act: impl FnOnce(WebDriver) -> Done,
    ) -> Result<T> {
        let session = self.session.clone().ok_or_else(|| Error::Timeout {
            what: "the browser".to_owned(),
            seen: format!("a session at {} that has ended", self.driver.url()),
        })?;
        Ok(self.runtime.block_on(act(session))?)
    }
}

/// What the driver answers.
type Answer<T> = thirtyfour::error::WebDriverResult<T>;

/// Whether an element may still come, or be reached, in the next moment.
fn is_passing(error: &thirtyfour::error::WebDriverError) -> bool {
    matches!(
        error.as_inner(),
        WebDriverErrorInner::NoSuchElement(_)
            | WebDriverErrorInner::StaleElementReference(_)
            | WebDriverErrorInner::ElementClickIntercepted(_)
            | WebDriverErrorInner::ElementNotInteractable(_)
    )
}

impl Drop for Page {
    fn drop(&mut self) {
        if let Some(session) = self.session.take() {
            // Where the browser is gone already, nothing is left to end.
            drop(self.runtime.block_on(session.quit()));
        }
    }
}
