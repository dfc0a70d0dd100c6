//! Many clients of a server at once, cheap questions among expensive ones: how long each kind waits, and what is refused.

use std::error::Error;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write, stdout};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

/// How many clients.
const CLIENTS: u64 = 200;
/// Of so many questions one is expensive.
const EXPENSIVE: u64 = 10;
/// The longest time for which a client thinks between two questions, in milliseconds.
const THINKING: u64 = 1_000;
/// How long the server lets a question take, in seconds.
const LIMIT: u64 = 10;

const CHEAP: [(&str, &str); 5] = [
    ("ask", "/sparql?query=ASK%20%7B%3Fs%20%3Fp%20%3Fo%7D"),
    (
        "a body",
        "/sparql?query=SELECT%20%3Ft%20%7B%3Ft%20%3Chttps%3A%2F%2Fw3id.org%2Fzeren%2Fontology%23hasResponsibility%3E%20%3Fr.%20%3Fr%20%3Chttps%3A%2F%2Fw3id.org%2Fzeren%2Fontology%23rank%3E%201%7D%20LIMIT%2050",
    ),
    ("search", "/search?q=%E8%B4%A2%E6%94%BF"),
    ("documents", "/documents"),
    ("overview", "/"),
];

const COSTLY: [(&str, &str); 4] = [
    ("product", "/sparql?query=SELECT%20(COUNT(*)%20AS%20%3Fn)%20%7B%3Fa%20%3Fb%20%3Fc%20.%20%3Fd%20%3Fe%20%3Ff%7D"),
    (
        "sorted product",
        "/sparql?query=SELECT%20*%20%7B%3Fa%20%3Fb%20%3Fc%20.%20%3Fd%20%3Fe%20%3Ff%7D%20ORDER%20BY%20%3Fc%20%3Ff",
    ),
    (
        "all grouped",
        "/sparql?query=SELECT%20%3Fp%20(COUNT(*)%20AS%20%3Fn)%20%7B%3Fs%20%3Fp%20%3Fo%7D%20GROUP%20BY%20%3Fp",
    ),
    ("path", "/sparql?query=SELECT%20(COUNT(*)%20AS%20%3Fn)%20%7B%3Fa%20(%3Ca%3Ab%3E%7C!%3Ca%3Ab%3E)*%20%3Fb%7D"),
];

/// What a client was told: the kind of question, the status, how long it took.
struct Told(&'static str, u16, Duration);

/// Asks the server of a store for so many seconds.
pub(crate) fn ask(store: &Path, seconds: u64, thinking: bool) -> Result<(), Box<dyn Error>> {
    let mut server = Server::start(store)?;
    let end = Instant::now() + Duration::from_secs(seconds);
    let told: Mutex<Vec<Told>> = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for client in 0..CLIENTS {
            let (address, told) = (server.address.as_str(), &told);
            scope.spawn(move || {
                let mut random = client.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
                let mut own = Vec::new();
                while Instant::now() < end {
                    random ^= random << 13;
                    random ^= random >> 7;
                    random ^= random << 17;
                    let choice = usize::try_from(random >> 40).unwrap_or_default();
                    let expensive = (random >> 20) % EXPENSIVE == 0;
                    let list = if expensive { &COSTLY[..] } else { &CHEAP[..] };
                    let (kind, target) = list[choice % list.len()];
                    let began = Instant::now();
                    let status = get(address, target).unwrap_or(0);
                    own.push(Told(kind, status, began.elapsed()));
                    if thinking {
                        thread::sleep(Duration::from_millis((random >> 30) % THINKING));
                    }
                }
                if let Ok(mut told) = told.lock() {
                    told.append(&mut own);
                }
            });
        }
    });
    let told = told.into_inner().map_err(|_| "a client gave up")?;
    let mut out = stdout();
    writeln!(out, "{CLIENTS} clients, {seconds} s, limit {LIMIT} s")?;
    writeln!(
        out,
        "{:16} {:>8} {:>9} {:>9} {:>9}  answers by status",
        "question", "asked", "p50 ms", "p99 ms", "max ms"
    )?;
    for (kind, _) in CHEAP.iter().chain(&COSTLY) {
        let mut times: Vec<Duration> = told.iter().filter(|one| one.0 == *kind).map(|one| one.2).collect();
        times.sort();
        let at = |part: usize| times.get((times.len() * part / 1000).min(times.len().saturating_sub(1)));
        let ms = |part| at(part).map_or(0.0, |time| time.as_secs_f64() * 1e3);
        let mut statuses = std::collections::BTreeMap::new();
        told.iter().filter(|one| one.0 == *kind).for_each(|one| *statuses.entry(one.1).or_insert(0_usize) += 1);
        let statuses = statuses.iter().fold(String::new(), |mut words, (status, count)| {
            let _ = write!(words, "{status} × {count}  ");
            words
        });
        writeln!(out, "{kind:16} {:>8} {:>9.1} {:>9.1} {:>9.1}  {statuses}", times.len(), ms(500), ms(990), ms(1000))?;
    }
    let began = Instant::now();
    let (peak, status) = server.stop()?;
    writeln!(out, "peak memory {peak} kB; stopped in {:.1} s, {status}", began.elapsed().as_secs_f64())?;
    Ok(())
}

/// Asks once; the status of the answer.
fn get(address: &str, target: &str) -> Result<u16, Box<dyn Error>> {
    let answer = answer(address, target)?;
    let status = answer.get(9..12).ok_or("no answer")?;
    Ok(std::str::from_utf8(status)?.parse()?)
}

/// What stands before the content of an answer, in small letters.
fn head(answer: &[u8]) -> String {
    let end = answer.windows(4).position(|part| part == b"\r\n\r\n").unwrap_or(answer.len());
    String::from_utf8_lossy(&answer[..end]).to_lowercase()
}

fn answer(address: &str, target: &str) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(LIMIT * 4)))?;
    write!(stream, "GET {target} HTTP/1.1\r\nHost: {address}\r\nAccept: */*\r\nConnection: close\r\n\r\n")?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    Ok(answer)
}

/// The program as a server.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(store: &Path) -> Result<Self, Box<dyn Error>> {
        // the program beside the bench, unless another is named
        let own = std::env::current_exe()?;
        let beside = own.parent().and_then(Path::parent).ok_or("no folder")?.join("zeren");
        let program = std::env::var_os("ZEREN").map_or(beside, PathBuf::from);
        let mut child = Command::new(program)
            .args(["--lang", "en", "serve", "--bind", "127.0.0.1:0", "--timeout", &LIMIT.to_string(), "--store"])
            .arg(store)
            .stderr(Stdio::piped())
            .spawn()?;
        let mut lines = BufReader::new(child.stderr.take().ok_or("nothing to read")?).lines();
        let line =
            lines.find(|line| line.as_ref().is_ok_and(|line| line.contains("is served at"))).ok_or("no server")??;
        let address = line.split("http://").nth(1).and_then(|rest| rest.split('/').next()).ok_or("no address")?;
        let address = address.to_owned();
        thread::spawn(move || lines.for_each(drop));
        // pages are gathered first
        for _ in 0..600 {
            // one that is not whole asks to be asked for again
            let whole = answer(&address, "/").is_ok_and(|answer| !head(&answer).contains("\r\nrefresh:"));
            if whole {
                break;
            }
            thread::sleep(Duration::from_millis(200));
        }
        Ok(Self { child, address })
    }

    /// Tells the server to stop; the most memory that it held, in kB, and how it ended.
    fn stop(&mut self) -> Result<(u64, String), Box<dyn Error>> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let peak =
            status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok());
        Command::new("kill").arg(self.child.id().to_string()).status()?;
        Ok((peak.unwrap_or(0), self.child.wait()?.to_string()))
    }
}
