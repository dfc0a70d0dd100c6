//! Requests to a server.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::{LazyLock, mpsc};
use std::time::Duration;

use zeren::server::{Options, serve};
use zeren::store::{Access, SourceInfo, Store};

use super::storing::graph;

/// A request: a line of method and target, lines of headers, an empty line, the body. What begins with a zero byte goes over
/// the wire as it is.
pub(crate) fn requests(data: &[u8]) {
    static SERVER: LazyLock<SocketAddr> = LazyLock::new(start);
    let Ok(mut stream) = TcpStream::connect(*SERVER) else { panic!("the server is gone") };
    let _ = stream.set_read_timeout(Some(Duration::from_secs(20)));
    if let Some(raw) = data.strip_prefix(b"\0") {
        let _ = stream.write_all(raw);
        let _ = stream.shutdown(std::net::Shutdown::Write);
        let _ = stream.read_to_end(&mut Vec::new());
        return;
    }
    let end = data.windows(2).position(|two| two == b"\n\n").unwrap_or(data.len());
    let (head, body) = data.split_at(end);
    let body = body.get(2..).unwrap_or_default();
    let mut sent = Vec::new();
    for (place, line) in head.split(|byte| *byte == b'\n').enumerate() {
        sent.extend(line);
        if place == 0 {
            sent.extend(b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: ");
            sent.extend(body.len().to_string().as_bytes());
        }
        sent.extend(b"\r\n");
    }
    sent.extend(b"\r\n");
    sent.extend(body);
    let _ = stream.write_all(&sent);
    let mut answer = Vec::new();
    match stream.read_to_end(&mut answer) {
        Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => panic!("no answer in time"),
        _ => {}
    }
    assert!(!answer.starts_with(b"HTTP/1.1 500"), "{}", String::from_utf8_lossy(&answer));
}

/// A server of one document, which may be changed.
fn start() -> SocketAddr {
    let folder = match tempfile::tempdir() {
        Ok(folder) => folder.keep(),
        Err(error) => panic!("no folder for the store: {error}"),
    };
    let (tell, told) = mpsc::channel();
    std::thread::spawn(move || {
        let served = || -> Result<(), Box<dyn std::error::Error>> {
            let mut store = Store::open(&folder, Access::Write)?;
            store.replace(&graph(), &SourceInfo { source: "notice.txt".to_owned(), title: None })?;
            let options = Options {
                bind: SocketAddr::from(([127, 0, 0, 1], 0)),
                writable: true,
                timeout: Duration::from_millis(300),
                rows: Some(100),
                body: 1 << 16,
                ..Options::default()
            };
            serve(store, options, |address| {
                let _ = tell.send(address);
            })?;
            Ok(())
        };
        if let Err(error) = served() {
            panic!("the server does not start: {error}");
        }
    });
    match told.recv() {
        Ok(address) => address,
        Err(error) => panic!("the server does not start: {error}"),
    }
}
