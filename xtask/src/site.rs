//! A small web server for the built page: on this machine only, with the right types, and a log.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fs;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

use http_body_util::Full;
use hyper::body::Bytes;
use hyper::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE,
    HeaderMap, HeaderName, HeaderValue,
};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::runtime::Builder;
use tokio::sync::oneshot;

use crate::{Error, Result, compress};

/// A running server; it ends when this is dropped.
pub struct Site {
    address: SocketAddr,
    shelf: Arc<Shelf>,
    end: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// What is served, and what was asked for.
struct Shelf {
    folder: PathBuf,
    /// Pages that are in no file: their path, what is served there, and a Content-Security-Policy.
    pages: Mutex<Vec<(String, String, String)>>,
    /// Other folders: the path below which each is served, and a Content-Security-Policy.
    folders: Mutex<Vec<(String, PathBuf, String)>>,
    /// Files as brotli, each compressed when it is first asked for; `None` where nothing is compressed.
    compressed: Option<Mutex<BTreeMap<PathBuf, Bytes>>>,
    /// Scripts that every HTML page runs before its own.
    scripts: Mutex<String>,
    log: Mutex<Vec<String>>,
}

/// Where those lie.
const SCRIPTS: &str = "before-load.js";

impl Site {
    /// Serves a folder at a port of 127.0.0.1; port 0 is any free one.
    pub fn start(folder: PathBuf, port: u16) -> Result<Self> {
        Self::serve(folder, port, false)
    }

    /// The same, to be measured: compressed as a static host does it, for browsers that understand it, and isolated
    /// from other sites, so that a browser tells how much memory it takes.
    pub fn measured(folder: PathBuf, port: u16) -> Result<Self> {
        Self::serve(folder, port, true)
    }

    fn serve(folder: PathBuf, port: u16, is_measured: bool) -> Result<Self> {
        let refused = |source| Error::Port { port, source };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(refused)?;
        listener.set_nonblocking(true).map_err(refused)?;
        let address = listener.local_addr().map_err(refused)?;
        let runtime = Builder::new_current_thread().enable_io().build().map_err(refused)?;
        let shelf = Arc::new(Shelf {
            folder,
            pages: Mutex::default(),
            folders: Mutex::default(),
            compressed: is_measured.then(Mutex::default),
            scripts: Mutex::default(),
            log: Mutex::default(),
        });
        let (end, ended) = oneshot::channel();
        let thread = thread::spawn({
            let shelf = Arc::clone(&shelf);
            move || {
                runtime.block_on(async {
                    tokio::select! {
                        () = accept(listener, &shelf) => {}
                        _ = ended => {}
                    }
                });
            }
        });
        Ok(Self { address, shelf, end: Some(end), thread: Some(thread) })
    }

    /// Its address, with a slash at the end.
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// The paths that were asked for until now, in order.
    pub fn requests(&self) -> Vec<String> {
        lock(&self.shelf.log).clone()
    }

    /// Serves an HTML page too, under a Content-Security-Policy; an empty one forbids nothing.
    pub fn add(&self, path: &str, html: &str, policy: &str) {
        lock(&self.shelf.pages).push((path.to_owned(), html.to_owned(), policy.to_owned()));
    }

    /// Serves another folder below a path such as `book/`, under a Content-Security-Policy; an empty one forbids
    /// nothing.
    pub fn add_folder(&self, path: &str, folder: PathBuf, policy: &str) {
        lock(&self.shelf.folders).push((path.to_owned(), folder, policy.to_owned()));
    }

    /// Has every HTML page run a script before its own.
    pub fn add_script(&self, script: &str) {
        // Apart from the others: each may declare what another does.
        let script = format!("{{\n{script}\n}}\n");
        lock(&self.shelf.scripts).push_str(&script);
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        drop(self.end.take());
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

/// What another thread left in the middle is as good as it was.
fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Answers whoever comes, all at once: a browser may leave a file unread until it has another.
async fn accept(listener: TcpListener, shelf: &Arc<Shelf>) {
    let Ok(listener) = tokio::net::TcpListener::from_std(listener) else { return };
    loop {
        // One that goes away in the middle is its own affair.
        let Ok((stream, _)) = listener.accept().await else { continue };
        let shelf = Arc::clone(shelf);
        let service = service_fn(move |request| {
            let answer = shelf.answer(&request);
            async { Ok::<_, Infallible>(answer) }
        });
        tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
    }
}

/// What isolates a page from other sites.
const ISOLATED: [(&str, &str); 2] = [
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-embedder-policy", "require-corp"),
];

impl Shelf {
    fn answer<Body>(&self, request: &Request<Body>) -> Response<Full<Bytes>> {
        let target = request.uri().path_and_query().map_or("/", |it| it.as_str());
        lock(&self.log).push(target.to_owned());
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            return failed(StatusCode::METHOD_NOT_ALLOWED);
        }
        let path = target.trim_start_matches('/');
        let page = lock(&self.pages).iter().find(|it| it.0 == path).cloned();
        if let Some((_, html, policy)) = page {
            return self.html(html, &policy);
        }
        if path == SCRIPTS {
            let mut response = self.with_policy(lock(&self.scripts).clone().into(), "");
            put(response.headers_mut(), CONTENT_TYPE, media_type(Path::new(path)));
            return response;
        }
        let (path, folder, policy) = self.place_of(path);
        let found = file_of(&path, &folder).and_then(|file| Some((fs::read(&file).ok()?, file)));
        let Some((body, file)) = found else { return failed(StatusCode::NOT_FOUND) };
        if file.extension().is_some_and(|it| it == "html") && !lock(&self.scripts).is_empty() {
            return self.html(String::from_utf8_lossy(&body).into_owned(), &policy);
        }
        let compressed = match &self.compressed {
            Some(known) if takes_brotli(request.headers()) => brotli(known, &file, &body),
            _ => None,
        };
        let is_compressed = compressed.is_some();
        let mut response = self.with_policy(compressed.unwrap_or_else(|| body.into()), &policy);
        let headers = response.headers_mut();
        put(headers, CONTENT_TYPE, media_type(&file));
        // The page may have been built anew since, under the same names.
        put(headers, CACHE_CONTROL, "no-cache");
        if is_compressed {
            put(headers, CONTENT_ENCODING, "br");
        }
        response
    }

    fn html(&self, mut html: String, policy: &str) -> Response<Full<Bytes>> {
        if !lock(&self.scripts).is_empty() {
            let head = html.find("<head>").map_or(0, |at| at + "<head>".len());
            html.insert_str(head, &format!("<script src=\"/{SCRIPTS}\"></script>"));
        }
        let mut response = self.with_policy(html.into(), policy);
        put(response.headers_mut(), CONTENT_TYPE, "text/html; charset=utf-8");
        response
    }

    fn with_policy(&self, body: Bytes, policy: &str) -> Response<Full<Bytes>> {
        let mut response = Response::new(Full::new(body));
        if !policy.is_empty() {
            put(response.headers_mut(), CONTENT_SECURITY_POLICY, policy);
        }
        if self.compressed.is_some() {
            for (name, value) in ISOLATED {
                put(response.headers_mut(), HeaderName::from_static(name), value);
            }
        }
        response
    }

    /// The folder in which an address lies, its path from there, and the policy.
    fn place_of(&self, path: &str) -> (String, PathBuf, String) {
        let others = lock(&self.folders);
        let other = others.iter().find_map(|it| Some((path.strip_prefix(&it.0)?, it)));
        match other {
            Some((rest, (_, folder, policy))) => (rest.to_owned(), folder.clone(), policy.clone()),
            None => (path.to_owned(), self.folder.clone(), String::new()),
        }
    }
}

fn failed(status: StatusCode) -> Response<Full<Bytes>> {
    let words = status.canonical_reason().unwrap_or_default();
    let mut response = Response::new(Full::new(Bytes::from_static(words.as_bytes())));
    *response.status_mut() = status;
    response
}

/// Leaves out what may not stand in a header.
fn put(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

fn takes_brotli(headers: &HeaderMap) -> bool {
    let encodings = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|it| it.to_str().ok());
    encodings.flat_map(|it| it.split(',')).any(|it| it.trim() == "br")
}

fn brotli(known: &Mutex<BTreeMap<PathBuf, Bytes>>, file: &Path, body: &[u8]) -> Option<Bytes> {
    let mut known = lock(known);
    if !known.contains_key(file) {
        known.insert(file.to_owned(), compress::brotli(body).ok()?.into());
    }
    known.get(file).cloned()
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
