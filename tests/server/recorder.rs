//! A server that notes what it is asked and answers what it is told to.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::thread;

/// A request that came.
#[derive(Clone, Debug)]
pub(crate) struct Noted {
    pub(crate) method: String,
    pub(crate) target: String,
    head: String,
    pub(crate) body: String,
}

impl Noted {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(':'));
        lines.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
    }
}

/// Status, further headers, body.
pub(crate) type Answer = (u16, &'static str, String);

pub(crate) struct Recorder {
    pub(crate) url: String,
    noted: Arc<Mutex<Vec<Noted>>>,
}

impl Recorder {
    /// Answers every request by what `answer` makes of it.
    pub(crate) fn start(answer: impl Fn(usize, &Noted) -> Answer + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let noted: Arc<Mutex<Vec<Noted>>> = Arc::default();
        let list = Arc::clone(&noted);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut reader = BufReader::new(stream.try_clone().unwrap());
                let mut head = String::new();
                while reader.read_line(&mut head).unwrap_or(0) > 2 {}
                let mut words = head.split(' ');
                let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
                let mut request =
                    Noted { method: method.into(), target: target.into(), head: head.clone(), body: String::new() };
                let length = request.header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
                let mut body = vec![0; length];
                if reader.read_exact(&mut body).is_err() {
                    continue;
                }
                request.body = String::from_utf8(body).unwrap();
                let (status, headers, body) = {
                    let mut list = list.lock().unwrap();
                    let answer = answer(list.len(), &request);
                    list.push(request);
                    answer
                };
                let length = body.len();
                let _ = write!(
                    stream,
                    "HTTP/1.1 {status} X\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
                );
            }
        });
        Self { url, noted }
    }

    pub(crate) fn noted(&self) -> Vec<Noted> {
        self.noted.lock().unwrap().clone()
    }
}

/// The rows of a `SELECT` with one row of numbers.
pub(crate) fn numbers(row: &[(&str, usize)]) -> String {
    let names: Vec<String> = row.iter().map(|(name, _)| format!("\"{name}\"")).collect();
    let cells: Vec<String> = row
        .iter()
        .map(|(name, value)| format!("\"{name}\":{{\"type\":\"literal\",\"value\":\"{value}\",\"datatype\":\"http://www.w3.org/2001/XMLSchema#integer\"}}"))
        .collect();
    format!("{{\"head\":{{\"vars\":[{}]}},\"results\":{{\"bindings\":[{{{}}}]}}}}", names.join(","), cells.join(","))
}
