//! A small web server for the built page: on this machine only, with the right types, and a log.

use std::fs;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

use tiny_http::{Header, Method, Request, Response, Server};

use crate::{Error, Result};

/// Pages that are in no file: their path, what is served there, and a Content-Security-Policy.
type Pages = Arc<Mutex<Vec<(String, String, &'static str)>>>;

/// A running server; it ends when this is dropped.
pub struct Site {
    address: SocketAddr,
    pages: Pages,
    server: Arc<Server>,
    log: Arc<Mutex<Vec<String>>>,
    thread: Option<JoinHandle<()>>,
}

impl Site {
    /// Serves a folder at a port of 127.0.0.1; port 0 is any free one.
    pub fn start(folder: PathBuf, port: u16) -> Result<Self> {
        let refused = |reason: String| Error::Port { port, reason };
        let server =
            Server::http((Ipv4Addr::LOCALHOST, port)).map_err(|e| refused(e.to_string()))?;
        let address = server.server_addr().to_ip().ok_or_else(|| refused("no address".into()))?;
        let server = Arc::new(server);
        let log = Arc::<Mutex<Vec<String>>>::default();
        let pages = Pages::default();
        let thread = thread::spawn({
            let (server, log) = (Arc::clone(&server), Arc::clone(&log));
            let pages = Arc::clone(&pages);
            move || {
                for request in server.incoming_requests() {
                    lock(&log).push(request.url().into());
                    // A reader that goes away in the middle is its own affair.
                    let url = request.url().trim_start_matches('/');
                    let page = lock(&pages).iter().find(|it| it.0 == url).cloned();
                    drop(match page {
                        Some((_, html, policy)) => show(request, html, policy),
                        None => answer(request, &folder),
                    });
                }
            }
        });
        Ok(Self { address, pages, server, log, thread: Some(thread) })
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
    pub fn add(&self, path: &str, html: &str, policy: &'static str) {
        lock(&self.pages).push((path.to_owned(), html.to_owned(), policy));
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

fn show(request: Request, html: String, policy: &str) -> io::Result<()> {
    let mut response = Response::from_string(html);
    for (name, value) in
        [("Content-Type", "text/html; charset=utf-8"), ("Content-Security-Policy", policy)]
    {
        if let Ok(header) = Header::from_bytes(name, value)
            && !value.is_empty()
        {
            response.add_header(header);
        }
    }
    request.respond(response)
}

fn answer(request: Request, folder: &Path) -> io::Result<()> {
    if !matches!(request.method(), Method::Get | Method::Head) {
        return request.respond(Response::empty(405));
    }
    let found = file_of(request.url(), folder).and_then(|path| Some((fs::read(&path).ok()?, path)));
    let Some((body, path)) = found else {
        return request.respond(Response::from_string("Not found").with_status_code(404));
    };
    let mut response = Response::from_data(body).with_chunked_threshold(usize::MAX);
    // The page may have been built anew since, under the same names.
    for (name, value) in [("Content-Type", media_type(&path)), ("Cache-Control", "no-cache")] {
        if let Ok(header) = Header::from_bytes(name, value) {
            response.add_header(header);
        }
    }
    request.respond(response)
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
