//! The server, and the program as a client of servers.
mod exchange;
mod graph_store;
mod guard;
pub(crate) mod http;
mod interactive;
mod live;
mod load;
mod pages;
mod protocol;
mod recorder;
mod review;
mod trial;
mod updates;

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Stdio};

use http::{Reply, Request};
use zeren::graph::DocumentGraph;
use zeren::store::{Access, SourceInfo, Store};

use crate::support::sample;

/// A running `zeren serve`, ended when dropped.
pub(crate) struct Server {
    child: Child,
    /// Host and port.
    pub(crate) address: String,
}

impl Server {
    /// Serves the store in a folder with further options.
    pub(crate) fn start(folder: &Path, options: &[&str]) -> Self {
        let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin!("zeren"))
            .current_dir(folder)
            .args(["--lang", "en", "serve", "--bind", "127.0.0.1:0"])
            .args(options)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let line = lines.find(|line| line.as_ref().is_ok_and(|line| line.contains("is served at"))).unwrap().unwrap();
        let address = line.split("http://").nth(1).unwrap().split('/').next().unwrap().to_owned();
        // whatever else it says is read, so that it never waits
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, address }
    }

    pub(crate) fn ask(&self, request: &Request<'_>) -> Reply {
        http::ask(&self.address, request)
    }

    pub(crate) fn get(&self, target: &str, accept: &str) -> Reply {
        self.ask(&Request { target, headers: &[("Accept", accept)], ..Request::default() })
    }

    /// Serves the store in a folder, and waits until the pages of it are whole.
    pub(crate) fn with_pages(folder: &Path) -> Self {
        Self::with_pages_of(folder, &[])
    }

    /// As [`Self::with_pages`], started with arguments.
    pub(crate) fn with_pages_of(folder: &Path, arguments: &[&str]) -> Self {
        let server = Self::start(folder, arguments);
        // a page that is not whole asks to be asked for again
        while !server.get("/", "text/html").header("refresh").is_empty() {}
        server
    }

    /// How much the processors worked for the server, in hundredths of a second; none where that cannot be told.
    pub(crate) fn work(&self) -> Option<u64> {
        let told = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).ok()?;
        // behind the name, which may hold blanks
        let fields: Vec<&str> = told.rsplit_once(')')?.1.split_whitespace().collect();
        Some([11, 12].iter().map(|at| fields[*at].parse::<u64>().unwrap()).sum())
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A folder whose `zeren.db` holds the sample documents, the city's and the province's.
pub(crate) fn stored() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path().join("zeren.db"), Access::Write).unwrap();
    for facts in [sample::facts(), sample::parent()] {
        let info = SourceInfo { source: facts.source.clone(), title: facts.head.title.clone() };
        store.replace(&DocumentGraph::new(&facts), &info).unwrap();
    }
    folder
}

/// A text as the value of a field of an address or form.
pub(crate) fn encode(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'-' | b'.' | b'_' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}
