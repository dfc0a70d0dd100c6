//! The program is killed at any moment of what it writes: every document is then wholly as before or wholly as after, the
//! store is whole, and the same command completes the work.
//!
//! `ZEREN_KILLS` says how often each is killed, `ZEREN_SEED` when.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use zeren::store::{Access, Store};

use crate::cli::run;
use crate::server::http::{self, Request};

/// How often each is killed.
fn kills() -> usize {
    std::env::var("ZEREN_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(4)
}

/// Numbers that look like chance, the same of the same seed.
struct Chance(u64);

impl Chance {
    fn new(test: u64) -> Self {
        let seed = std::env::var("ZEREN_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(20_311_017_u64);
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(test) | 1)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end.max(1)
    }
}

/// The digests of a store's documents, but for what it says of itself.
type Digests = BTreeMap<String, String>;

fn digests(store: &Path) -> Digests {
    let store = Store::open(store, Access::ReadOnly).unwrap();
    let documents = store.documents().filter(|entry| !entry.document.ends_with("/dataset"));
    documents.map(|entry| (entry.document.clone(), entry.digest.clone())).collect()
}

/// Asserts that each document of a store is as in one of two states, and that none is gone which both have.
fn assert_as_before_or_after(folder: &Path, store: &str, states: &[Digests; 2], what: &str) {
    let verified = run(folder, &format!("verify --store {store} --format json"));
    assert_eq!(verified.status, 0, "{what}: {}{}", verified.stdout, verified.stderr);
    let there = digests(&folder.join(store));
    for (document, digest) in &there {
        let is_one = states.iter().any(|state| state.get(document) == Some(digest));
        assert!(is_one, "{what}: `{document}` is neither as before nor as after");
    }
    for document in states[0].keys().filter(|document| states[1].contains_key(*document)) {
        assert!(there.contains_key(document), "{what}: `{document}` is gone");
    }
    let asked = run(folder, &format!("query documents --store {store} --format csv"));
    assert_eq!(asked.status, 0, "{what}: {}", asked.stderr);
}

fn started(folder: &Path, words: &str) -> Child {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("zeren"));
    command.current_dir(folder).args(words.split_whitespace());
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// Kills a command again and again, on the way from one of two states to the other and back; `bring` brings the inputs
/// into a state.
fn kill(folder: &Path, test: u64, words: [&str; 2], bring: impl Fn(usize)) {
    let mut chance = Chance::new(test);
    let mut shortest = Duration::MAX;
    let states = [1, 0].map(|state| {
        bring(state);
        let begun = Instant::now();
        let done = run(folder, words[state]);
        assert!(done.status == 0, "{}{}", done.stdout, done.stderr);
        shortest = shortest.min(begun.elapsed());
        digests(&folder.join("zeren.db"))
    });
    let states = {
        let [after, before] = states;
        [before, after]
    };
    assert_ne!(states[0], states[1]);
    let (mut state, mut killed) = (1, 0);
    for number in 0..kills() {
        bring(state);
        let wait = Duration::from_micros(chance.below(u64::try_from(shortest.as_micros()).unwrap()));
        let mut child = started(folder, words[state]);
        thread::sleep(wait);
        child.kill().unwrap();
        killed += usize::from(child.wait().unwrap().code().is_none());
        let what = format!("`{}`, kill {number} after {wait:?}", words[state]);
        assert_as_before_or_after(folder, "zeren.db", &states, &what);
        // at times another change comes before the work is completed
        if chance.below(3) > 0 {
            let done = run(folder, words[state]);
            assert_eq!(done.status, 0, "{what}: {}", done.stderr);
            let there = digests(&folder.join("zeren.db"));
            let is_done = states[state].iter().all(|(document, digest)| there.get(document) == Some(digest));
            assert!(is_done, "{what}: the next run did not complete the work");
            assert_as_before_or_after(folder, "zeren.db", &states, &what);
        }
        state = 1 - state;
    }
    println!("{killed} of {} runs of `{}` were killed at work", kills(), words[0]);
    assert!(killed > 0 || kills() < 4, "none was at work when it was killed");
}

/// Writes notices in one of two states, which differ in every second.
pub(super) fn write_notices(folder: &Path, notices: usize, state: usize) {
    fs::create_dir_all(folder.join("data")).unwrap();
    for number in 0..notices {
        let of = if number % 2 == 0 { state } else { 0 };
        let task = |task: usize| {
            format!(
                "（{task}）全面推进第{task}批重点领域改革，健全长效工作机制{}。（市财政局牵头，市卫健委配合）\n",
                "并总结经验".repeat(of)
            )
        };
        let tasks = (1..=12 + number % 7).map(task).collect::<Vec<_>>().concat();
        let text = format!(
            "清河市人民政府办公室关于分解第{number}批任务的通知\n清政办发〔2031〕{number}号\n各县区人民政府：\n\
             一、深化改革\n{tasks}清河市人民政府办公室\n2031年3月2日\n"
        );
        fs::write(folder.join(format!("data/{number:03}.txt")), text).unwrap();
    }
}

#[test]
fn of_a_build() {
    let folder = tempfile::tempdir().unwrap();
    // enough for several commits
    kill(folder.path(), 1, ["build data"; 2], |state| write_notices(folder.path(), 70, state));
}

#[test]
fn of_a_build_after_a_correction() {
    let folder = tempfile::tempdir().unwrap();
    write_notices(folder.path(), 20, 0);
    kill(folder.path(), 2, ["build data"; 2], |state| {
        let why = ["误列", "核对后删除"][state];
        for number in 0..10 {
            let text = format!(
                "by = \"李明\"\non = 2031-03-05\n\n[[correction]]\ntask = \"（2）\"\nanchor = \"全面推进第2批重点领域改革\"\n\
                 party = \"市卫健委\"\nremove = true\nwhy = \"{why}\"\n"
            );
            fs::write(folder.path().join(format!("data/{number:03}.zeren.toml")), text).unwrap();
        }
    });
}

#[test]
fn of_a_ledger_that_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    write_notices(folder.path(), 20, 0);
    assert_eq!(run(folder.path(), "build data").status, 0);
    assert_eq!(run(folder.path(), "ledger --format csv -o ledger.csv").status, 0);
    let empty = fs::read(folder.path().join("ledger.csv")).unwrap();
    kill(folder.path(), 3, ["build ledger.csv"; 2], |state| {
        let mut rows = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(&*empty);
        let mut out = csv::WriterBuilder::new().flexible(true).from_path(folder.path().join("ledger.csv")).unwrap();
        let mut column = None;
        for row in rows.records() {
            let row = row.unwrap();
            let place = row.iter().position(|cell| cell == "完成状态");
            let filled = row.iter().enumerate().map(|(at, cell)| match column {
                Some(column) if column == at => ["推进中", "已完成"][state],
                _ => cell,
            });
            out.write_record(filled).unwrap();
            column = column.or(place);
        }
        assert!(column.is_some());
        out.flush().unwrap();
    });
}

/// Two stores, whose documents differ in every second.
fn two_stores(folder: &Path, notices: usize) -> [Digests; 2] {
    [0, 1].map(|state| {
        write_notices(folder, notices, state);
        assert_eq!(run(folder, &format!("build data --store {state}.db")).status, 0);
        assert_eq!(run(folder, &format!("dump --store {state}.db -o {state}.nq")).status, 0);
        digests(&folder.join(format!("{state}.db")))
    })
}

#[test]
fn of_a_load() {
    let folder = tempfile::tempdir().unwrap();
    // enough for several commits
    two_stores(folder.path(), 130);
    kill(folder.path(), 4, ["load 0.nq", "load 1.nq"], |_| {});
}

/// A server of the store `served.db` that may be written to, and its address. Whoever starts it ends it.
#[expect(clippy::zombie_processes, reason = "it is handed over")]
fn served(folder: &Path) -> (Child, String) {
    let log = folder.join("served.log");
    let mut child = Command::new(assert_cmd::cargo::cargo_bin!("zeren"))
        .current_dir(folder)
        .args(["--lang", "en", "serve", "--writable", "--bind", "127.0.0.1:0", "--store", "served.db"])
        .stdout(Stdio::null())
        .stderr(fs::File::create(&log).unwrap())
        .spawn()
        .unwrap();
    let begun = Instant::now();
    loop {
        let said = fs::read_to_string(&log).unwrap();
        if let Some(rest) = said.split("http://").nth(1).filter(|_| said.contains("is served at")) {
            return (child, rest.split('/').next().unwrap().trim().to_owned());
        }
        if begun.elapsed() > Duration::from_secs(60) {
            child.kill().unwrap();
            child.wait().unwrap();
            panic!("the server did not start: {said}");
        }
        thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn of_a_server_that_is_pushed_to() {
    let folder = tempfile::tempdir().unwrap();
    let states = two_stores(folder.path(), 12);
    assert_eq!(run(folder.path(), "load 0.nq --store served.db").status, 0);
    let mut chance = Chance::new(5);
    let mut state = 1;
    let mut longest = 2_000_000;
    for number in 0..kills() {
        let (mut server, address) = served(folder.path());
        let words = format!("push --preset zeren --endpoint http://{address} --store {state}.db");
        let begun = Instant::now();
        let mut client = started(folder.path(), &words);
        let wait = Duration::from_micros(chance.below(longest));
        thread::sleep(wait);
        let what = format!("push, kill {number} after {wait:?}");
        // now the one, now the other
        if chance.below(2) == 0 {
            server.kill().unwrap();
            server.wait().unwrap();
            client.wait().unwrap();
        } else {
            client.kill().unwrap();
            client.wait().unwrap();
            assert_eq!(
                http::ask(&address, &Request { target: "/query?query=ASK%7B%7D", ..Request::default() }).status,
                200
            );
            server.kill().unwrap();
            server.wait().unwrap();
        }
        assert_as_before_or_after(folder.path(), "served.db", &states, &what);
        let (mut server, address) = served(folder.path());
        let done = run(folder.path(), &format!("push --preset zeren --endpoint http://{address} --store {state}.db"));
        assert_eq!(done.status, 0, "{what}: {}{}", done.stdout, done.stderr);
        longest = u64::try_from(begun.elapsed().as_micros()).unwrap();
        server.kill().unwrap();
        server.wait().unwrap();
        assert_as_before_or_after(folder.path(), "served.db", &states, &what);
        assert_eq!(digests(&folder.path().join("served.db")), states[state], "{what}");
        state = 1 - state;
    }
}

#[test]
fn of_the_change_from_the_first_version() {
    let folder = tempfile::tempdir().unwrap();
    write_notices(folder.path(), 30, 0);
    assert_eq!(run(folder.path(), "build data").status, 0);
    let dir = folder.path().join("zeren.db");
    let quads = Store::open(&dir, Access::ReadOnly).unwrap().quads().unwrap();
    super::journal::as_first_version(&dir);
    let files = |dir: &Path| -> BTreeMap<PathBuf, Vec<u8>> {
        let listed = [dir.to_owned(), dir.join("graphs")].into_iter().flat_map(|dir| fs::read_dir(dir).unwrap());
        let paths = listed.map(|file| file.unwrap().path()).filter(|path| path.is_file());
        paths.map(|path| (path.clone(), fs::read(path).unwrap())).collect()
    };
    let before = files(&dir);
    let mut chance = Chance::new(6);
    for number in 0..kills() {
        fs::remove_dir_all(&dir).unwrap();
        fs::create_dir_all(dir.join("graphs")).unwrap();
        for (path, content) in &before {
            fs::write(path, content).unwrap();
        }
        let wait = Duration::from_micros(chance.below(600_000));
        let mut child = started(folder.path(), "build data");
        thread::sleep(wait);
        child.kill().unwrap();
        child.wait().unwrap();
        let verified = run(folder.path(), "verify");
        assert_eq!(verified.status, 0, "kill {number} after {wait:?}: {}{}", verified.stdout, verified.stderr);
        assert!(Store::open(&dir, Access::ReadOnly).unwrap().quads().unwrap() == quads, "kill {number} after {wait:?}");
        assert_eq!(run(folder.path(), "build data").status, 0);
        assert!(Store::open(&dir, Access::ReadOnly).unwrap().quads().unwrap() == quads, "kill {number} after {wait:?}");
    }
}
