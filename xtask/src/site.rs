//! A small web server for the built page: on this machine only, with the right types, and a log.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

use tiny_http::{Header, Method, Request, Response, Server};

use crate::{Error, Result, compress};

/// Pages that are in no file: their path, what is served there, and a Content-Security-Policy.
type Pages = Arc<Mutex<Vec<(String, String, String)>>>;

/// Other folders: the path below which each is served, and a Content-Security-Policy.
type Folders = Arc<Mutex<Vec<(String, PathBuf, String)>>>;

/// Files as brotli, each compressed when it is first asked for.
type Compressed = BTreeMap<PathBuf, Vec<u8>>;

/// A running server; it ends when this is dropped.
pub struct Site {
    address: SocketAddr,
    pages: Pages,
    folders: Folders,
    server: Arc<Server>,
    log: Arc<Mutex<Vec<String>>>,
    thread: Option<JoinHandle<()>>,
}

impl Site {
    /// Serves a folder at a port of 127.0.0.1; port 0 is any free one.
    pub fn start(folder: PathBuf, port: u16) -> Result<Self> {
        Self::serve(folder, port, None)
    }

    /// The same, to be measured: compressed as a static host does it, for browsers that understand it, and isolated
    /// from other sites, so that a browser tells how much memory it takes.
    pub fn measured(folder: PathBuf, port: u16) -> Result<Self> {
        Self::serve(folder, port, Some(Compressed::default()))
    }

    fn serve(folder: PathBuf, port: u16, mut compressed: Option<Compressed>) -> Result<Self> {
        let refused = |reason: String| Error::Port { port, reason };
        let server =
            Server::http((Ipv4Addr::LOCALHOST, port)).map_err(|e| refused(e.to_string()))?;
        let address = server.server_addr().to_ip().ok_or_else(|| refused("no address".into()))?;
        let server = Arc::new(server);
        let log = Arc::<Mutex<Vec<String>>>::default();
        let pages = Pages::default();
        let folders = Folders::default();
        let thread = thread::spawn({
            let (server, log) = (Arc::clone(&server), Arc::clone(&log));
            let (pages, folders) = (Arc::clone(&pages), Arc::clone(&folders));
            move || {
                for request in server.incoming_requests() {
                    lock(&log).push(request.url().into());
                    // A reader that goes away in the middle is its own affair.
                    let url = request.url().trim_start_matches('/');
                    let page = lock(&pages).iter().find(|it| it.0 == url).cloned();
                    drop(match page {
                        Some((_, html, policy)) => {
                            show(request, html, &policy, compressed.is_some())
                        }
                        None => {
                            let (url, from, policy) = below(request.url(), &folder, &folders);
                            answer(request, &url, &from, &policy, compressed.as_mut())
                        }
                    });
                }
            }
        });
        Ok(Self { address, pages, folders, server, log, thread: Some(thread) })
    }

    /// Its address, with a slash at the end.
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// The paths that were asked for until now, in order.
    pub fn requests(&self) -> Vec<String> {
        lock(&self.log).clone()
    }

    /// Serves an HTML page too, under a Content-Security-Policy; an empty one forbids nothing.
    pub fn add(&self, path: &str, html: &str, policy: &str) {
        lock(&self.pages).push((path.to_owned(), html.to_owned(), policy.to_owned()));
    }

    /// Serves another folder below a path such as `book/`, under a Content-Security-Policy; an empty one forbids
    /// nothing.
    pub fn add_folder(&self, path: &str, folder: PathBuf, policy: &str) {
        lock(&self.folders).push((path.to_owned(), folder, policy.to_owned()));
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.server.unblock();
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

/// What another thread left in the middle is as good as it was.
fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What isolates a page from other sites.
const ISOLATED: [(&str, &str); 2] = [
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Embedder-Policy", "require-corp"),
];

fn show(request: Request, html: String, policy: &str, isolated: bool) -> io::Result<()> {
    let mut headers = vec![("Content-Type", "text/html; charset=utf-8")];
    if !policy.is_empty() {
        headers.push(("Content-Security-Policy", policy));
    }
    headers.extend(ISOLATED.iter().filter(|_| isolated));
    respond(request, Response::from_string(html), headers)
}

fn respond(
    request: Request,
    mut response: Response<io::Cursor<Vec<u8>>>,
    headers: Vec<(&str, &str)>,
) -> io::Result<()> {
    for (name, value) in headers {
        if let Ok(header) = Header::from_bytes(name, value) {
            response.add_header(header);
        }
    }
    request.respond(response)
}

/// The folder in which an address lies, its path from there, and the policy.
fn below(url: &str, folder: &Path, others: &Folders) -> (String, PathBuf, String) {
    let path = url.trim_start_matches('/');
    let others = lock(others);
    let other = others.iter().find_map(|it| Some((path.strip_prefix(&it.0)?, it)));
    match other {
        Some((rest, (_, folder, policy))) => (rest.to_owned(), folder.clone(), policy.clone()),
        None => (path.to_owned(), folder.to_owned(), String::new()),
    }
}

fn answer(
    request: Request,
    url: &str,
    folder: &Path,
    policy: &str,
    compressed: Option<&mut Compressed>,
) -> io::Result<()> {
    if !matches!(request.method(), Method::Get | Method::Head) {
        return request.respond(Response::empty(405));
    }
    let found = file_of(url, folder).and_then(|path| Some((fs::read(&path).ok()?, path)));
    let Some((mut body, path)) = found else {
        return request.respond(Response::from_string("Not found").with_status_code(404));
    };
    // The page may have been built anew since, under the same names.
    let mut headers = vec![("Content-Type", media_type(&path)), ("Cache-Control", "no-cache")];
    if !policy.is_empty() {
        headers.push(("Content-Security-Policy", policy));
    }
    if compressed.is_some() {
        headers.extend(ISOLATED);
    }
    if let Some(compressed) = compressed.filter(|_| takes_brotli(&request)) {
        body = match compressed.get(&path) {
            Some(known) => known.clone(),
            None => compressed.entry(path).or_insert(compress::brotli(&body)?).clone(),
        };
        headers.push(("Content-Encoding", "br"));
    }
    respond(request, Response::from_data(body).with_chunked_threshold(usize::MAX), headers)
}

fn takes_brotli(request: &Request) -> bool {
    let encodings = request.headers().iter().filter(|it| it.field.equiv("Accept-Encoding"));
    encodings.flat_map(|it| it.value.as_str().split(',')).any(|it| it.trim() == "br")
}

/// The file that a request names, or `None` where it would lead out of the folder.
fn file_of(url: &str, folder: &Path) -> Option<PathBuf> {
    let path = url.split(['?', '#']).next()?.trim_start_matches('/');
    let inside = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
    let path = folder.join(path);
    inside.then(|| if path.is_dir() { path.join("index.html") } else { path })
}

fn media_type(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        Some("txt" | "race") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::file_of;

    #[test]
    fn never_leads_out_of_the_folder() {
        let folder = Path::new("/site");
        assert_eq!(file_of("/race-walk.js?v=1", folder), Some(folder.join("race-walk.js")));
        assert_eq!(file_of("/../secret", folder), None);
        assert_eq!(file_of("/a/../../secret", folder), None);
        assert_eq!(file_of("//etc/passwd", folder), Some(folder.join("etc/passwd")));
    }
}
