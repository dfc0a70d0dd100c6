//! `--endpoint` and `push`: the program as a client.

use crate::cli::{finish, program, run};
use crate::server::recorder::{Recorder, numbers};
use crate::server::{Server, encode, http, stored};

const RESULTS: &str = "Content-Type: application/sparql-results+json\r\n";

#[test]
fn another_server_answers_as_the_store_does() {
    let folder = stored();
    let server = Server::start(folder.path(), &[]);
    let endpoint = server.url("/query");
    for words in [
        "query documents",
        "query tasks-of --param body=财政 --format csv",
        "query parents --format json",
        "query due --format tsv",
        "query owners",
        "query workload --format xml",
        "workload",
        "workload --year 2031 --format json",
        "workload --jurisdiction 云川市 --as-of 2032",
        "diagram owners --format dot",
        "org 云川市财政局",
        "query --text ASK{?t%20a%20z:Task}",
        "query owners --as-of 2010",
        "query tasks-of --param body=财政 --as-of 2010 --format csv",
        "query shared-tasks --as-of 2050",
        "dump",
        "dump --document 云政办发 --format turtle",
        "validate --format json",
    ] {
        let words = words.replace("%20", "\u{a0}");
        let words: Vec<String> = words.split(' ').map(|word| word.replace('\u{a0}', " ")).collect();
        let here = finish(program(folder.path()).args(&words));
        let there = finish(program(folder.path()).args(&words).args(["--endpoint", &endpoint]));
        assert_eq!((there.status, &there.stdout), (here.status, &here.stdout), "{words:?}: {}", there.stderr);
        assert!(!here.stdout.is_empty(), "{words:?}: {}", here.stderr);
    }
}

/// A folder whose store holds the shipped chain of a province, two cities and a county.
fn chain() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let data = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data/chain");
    let built = finish(program(folder.path()).arg("build").arg(data));
    assert_eq!(built.status, 0, "{}", built.stderr);
    folder
}

#[test]
fn another_server_answers_all_analyses_as_the_store_does() {
    let folder = chain();
    let server = Server::start(folder.path(), &[]);
    let endpoint = server.url("/query");
    for words in [
        "workload --trace --by document --sensitivity",
        "workload --assume-first-leads --as-of 2010 --collective",
        "overlap --trace --sensitivity",
        "overlap --body 霖禾市财政局 --jurisdiction 霖禾市 --trace",
        "inherit yunchuan linhe --trace",
        "inherit yunchuan --as-of 2010",
        "inherit",
        "diff linhe anlan --trace",
        "diff linhe anlan --as-of 2010 --year 2024",
        "balance --jurisdiction 霖禾市 --trace --sensitivity",
        "balance --document xicheng --eligible function --merge 财政局=医疗保障局 --trace",
        "due --on 2024-06-01 --trace",
        "due --on 2024-06-01 --within 200 --body 卫生健康 --as-of 2025",
    ] {
        let words: Vec<&str> = words.split(' ').chain(["--format", "json"]).collect();
        let here = finish(program(folder.path()).args(&words));
        let there = finish(program(folder.path()).args(&words).args(["--endpoint", &endpoint]));
        assert_eq!((here.status, there.status), (0, 0), "{words:?}: {} {}", here.stderr, there.stderr);
        assert_eq!(there.stdout, here.stdout, "{words:?}");
        assert!(here.stdout.starts_with('{') && here.stdout.len() > 200, "{words:?}: {}", here.stdout);
    }
}

#[test]
fn what_another_server_cannot_say_is_refused_with_a_way_out() {
    let folder = stored();
    let server = Server::start(folder.path(), &[]);
    let ask = |words: &[&str]| finish(program(folder.path()).args(words).args(["--endpoint", &server.url("/query")]));
    let any = ask(&["query", "--text", "SELECT ?p { ?s ?p ?o }", "--as-of", "1990"]);
    // without a body that another stands for nothing is to be said
    assert!(any.status == 0 || any.stderr.contains("name the properties"), "{}", any.stderr);
    let explain = ask(&["query", "owners", "--explain"]);
    assert!(explain.status == 2 && explain.stderr.contains("--store"), "{}", explain.stderr);
    let graph = ask(&["dump", "--graph", "http://a.example/none"]);
    assert!(graph.status == 2 && graph.stderr.contains("http://a.example/none"), "{}", graph.stderr);
    let document = ask(&["dump", "--document", "云政半发"]);
    assert!(document.status == 2 && document.stderr.contains("did you mean"), "{}", document.stderr);
}

#[test]
fn a_damaged_graph_is_checked_where_it_is() {
    let folder = stored();
    let server = Server::start(folder.path(), &["--writable", "--store", "zeren.db"]);
    let update = "DELETE { GRAPH ?g { ?part z:role ?role } } WHERE { GRAPH ?g { ?part z:role ?role ; z:rank 1 } }";
    let headers = [("Content-Type", "application/sparql-update")];
    let request = http::Request { method: "POST", target: "/update", headers: &headers, body: update.as_bytes() };
    assert_eq!(server.ask(&request).status, 204);
    let there = run(folder.path(), &format!("validate --format json --endpoint {}", server.url("/query")));
    let here = run(folder.path(), "validate --format json");
    assert_eq!((there.status, &there.stdout), (1, &here.stdout), "{}", there.stderr);
    assert!(there.stdout.contains("role"), "{}", there.stdout);
}

#[test]
fn a_push_is_whole_and_the_second_finds_nothing_to_do() {
    let folder = stored();
    let server = Server::start(folder.path(), &["--store", "other.db", "--writable"]);
    let push = |more: &str| {
        run(folder.path(), &format!("push --endpoint {} --preset zeren --format csv {more}", server.url("")))
    };
    let first = push("");
    assert_eq!((first.status, first.stdout.matches(",pushed,").count()), (0, 2), "{}{}", first.stdout, first.stderr);
    assert_eq!(run(folder.path(), "dump").stdout, run(folder.path(), "dump --store other.db").stdout);
    let second = push("");
    assert_eq!((second.status, second.stdout.matches(",unchanged,").count()), (0, 2), "{}", second.stdout);
    // what the other side lost is sent again, without a journal all is
    let update = [("Content-Type", "application/sparql-update")];
    let request = http::Request { method: "POST", target: "/update", headers: &update, body: b"CLEAR NAMED" };
    assert_eq!(server.ask(&request).status, 204);
    assert_eq!(push("").stdout.matches(",pushed,").count(), 2);
    assert_eq!(push("--journal fresh.jsonl").stdout.matches(",pushed,").count(), 2);
    // by updates alone
    assert_eq!(server.ask(&request).status, 204);
    let plain = push("--graph-store-url none");
    assert_eq!((plain.status, plain.stdout.matches(",pushed,").count()), (0, 2), "{}{}", plain.stdout, plain.stderr);
    assert_eq!(run(folder.path(), "dump").stdout, run(folder.path(), "dump --store other.db").stdout);
}

#[test]
fn what_somebody_else_replaced_is_sent_again() {
    let folder = stored();
    let server = Server::start(folder.path(), &["--store", "other.db", "--writable"]);
    let push = || run(folder.path(), &format!("push --endpoint {} --preset zeren --format csv", server.url("")));
    assert_eq!(push().status, 0);
    // by a graph of as many statements
    let graph = zeren::iri::document(crate::support::sample::PROVINCE_NUMBER);
    let target = format!("/store?graph={}", encode(&graph));
    let words = server.get(&target, "application/n-triples").text();
    let changed = words.replacen("负责", "承担", 1);
    assert_ne!(changed, words);
    let headers = [("Content-Type", "application/n-triples")];
    let request = http::Request { method: "PUT", target: &target, headers: &headers, body: changed.as_bytes() };
    assert_eq!(server.ask(&request).status, 204);
    let again = push().stdout;
    assert_eq!((again.matches(",pushed,").count(), again.matches(",unchanged,").count()), (1, 1), "{again}");
    assert_eq!(run(folder.path(), "dump").stdout, run(folder.path(), "dump --store other.db").stdout);
}

#[test]
fn a_document_that_is_gone_here_is_removed_there() {
    use zeren::store::{Access, Store};

    let folder = stored();
    let server = Server::start(folder.path(), &["--store", "other.db", "--writable"]);
    let push = || run(folder.path(), &format!("push --endpoint {} --preset zeren --format csv", server.url("")));
    assert_eq!(push().status, 0);
    let mut store = Store::open(folder.path().join("zeren.db"), Access::Write).unwrap();
    store.remove(&zeren::iri::document(crate::support::sample::PROVINCE_NUMBER)).unwrap();
    drop(store);
    let after = push().stdout;
    assert_eq!((after.matches(",removed,").count(), after.matches(",unchanged,").count()), (1, 1), "{after}");
    assert_eq!(run(folder.path(), "dump").stdout, run(folder.path(), "dump --store other.db").stdout);
}

#[test]
fn queries_are_forms_and_ask_for_no_more_than_is_needed() {
    let folder = stored();
    let recorder = Recorder::start(|index, _| {
        let body = if index == 0 { numbers(&[("all", 5), ("once", 5)]) } else { numbers(&[("x", 1)]) };
        (200, RESULTS, body)
    });
    let endpoint = format!("{}/sparql", recorder.url);
    let workload = run(folder.path(), &format!("workload --endpoint {endpoint} --header X-A:b"));
    assert!(workload.status < 2, "{}", workload.stderr);
    let noted = recorder.noted();
    assert!(noted.iter().all(|request| request.method == "POST" && request.target == "/sparql"), "{noted:?}");
    assert!(noted.iter().all(|request| request.header("content-type") == Some("application/x-www-form-urlencoded")));
    assert!(
        noted.iter().all(|request| request.header("x-a") == Some("b") && request.header("authorization").is_none())
    );
    let asked = noted.iter().map(|request| request.body.as_str()).collect::<Vec<_>>().join("\n");
    for words in ["%23text%3E", "%23printedLabel%3E", "%23clause%3E", "%23hasSection%3E"] {
        assert!(!asked.contains(words), "the words of tasks are not needed: {words}");
    }
    assert!(noted.len() <= 5, "{}", noted.len());
}

#[test]
fn servers_that_repeat_statements_or_keep_graphs_apart_are_asked_so() {
    let folder = stored();
    for (all, words) in [(7, "SELECT+DISTINCT"), (0, "GRAPH")] {
        let recorder = Recorder::start(move |index, _| {
            let body = if index == 0 { numbers(&[("all", all), ("once", all.min(5))]) } else { numbers(&[("n", 1)]) };
            (200, RESULTS, body)
        });
        let text = "SELECT (COUNT(?t) AS ?n) { ?t a z:Task }";
        let asked = finish(program(folder.path()).args(["query", "--text", text, "--endpoint", &recorder.url]));
        assert_eq!(asked.status, 0, "{}", asked.stderr);
        assert!(recorder.noted()[1].body.contains(words), "{}", recorder.noted()[1].body);
    }
}

#[test]
fn names_and_passwords_are_proven_in_the_way_of_the_server() {
    let folder = stored();
    let ask = |auth: &str, recorder: &Recorder| {
        let words = ["query", "--text", "ASK {}", "--endpoint", &recorder.url, "--auth", auth];
        finish(program(folder.path()).args(words).env("ZEREN_SECRET", "geheim"))
    };
    let yes = || (200, RESULTS, numbers(&[("all", 1), ("once", 1)]));
    let basic = Recorder::start(move |_, _| yes());
    ask("basic:li", &basic);
    assert_eq!(basic.noted()[0].header("authorization"), Some("Basic bGk6Z2VoZWlt"));
    let bearer = Recorder::start(move |_, _| yes());
    ask("bearer", &bearer);
    assert_eq!(bearer.noted()[0].header("authorization"), Some("Bearer geheim"));
    let digest = Recorder::start(move |_, request| match request.header("authorization") {
        Some(_) => yes(),
        None => (401, "WWW-Authenticate: Digest realm=\"a\", nonce=\"n\", qop=\"auth\"\r\n", String::new()),
    });
    ask("digest:li", &digest);
    let noted = digest.noted();
    let proof = noted[1].header("authorization").unwrap();
    assert!(proof.starts_with("Digest username=\"li\", realm=\"a\"") && proof.contains("nc=00000001"), "{proof}");
    let wrong = Recorder::start(|_, _| {
        (401, "WWW-Authenticate: Digest realm=\"a\", nonce=\"n\", qop=\"auth\"\r\n", String::new())
    });
    let refused = ask("digest:li", &wrong);
    assert!(refused.status == 2 && refused.stderr.contains("401") && wrong.noted().len() < 6, "{}", refused.stderr);
    let none =
        finish(program(folder.path()).args(["workload", "--endpoint", "http://a.example", "--auth", "basic:li"]));
    assert!(none.status == 2 && none.stderr.contains("ZEREN_SECRET"), "{}", none.stderr);
}

#[test]
fn what_may_be_repeated_is_tried_again() {
    let folder = stored();
    let busy = Recorder::start(|index, _| match index {
        0 | 1 => (503, "Retry-After: 0\r\n", String::new()),
        _ => (200, RESULTS, numbers(&[("all", 1), ("once", 1)])),
    });
    let asked = finish(program(folder.path()).args(["query", "--text", "SELECT ?all {}", "--endpoint", &busy.url]));
    assert_eq!((asked.status, busy.noted().len()), (0, 4), "{}", asked.stderr);
    let refusing = Recorder::start(|_, _| (400, "", "line 1: no".into()));
    let refused = finish(program(folder.path()).args(["query", "--text", "ASK {}", "--endpoint", &refusing.url]));
    assert_eq!((refused.status, refusing.noted().len()), (2, 1));
    assert!(refused.stderr.contains("the server refused (400): line 1: no"), "{}", refused.stderr);
}

#[test]
fn a_push_that_was_broken_off_goes_on() {
    let folder = stored();
    let server = Server::start(folder.path(), &["--store", "other.db", "--writable"]);
    // the second graph does not arrive
    let target = server.address.clone();
    let flaky = Recorder::start(move |_, request| {
        let puts = request.method == "PUT";
        if puts && request.target.contains(&encode("云政办发")) {
            return (500, "", "disk full".into());
        }
        let headers: Vec<(&str, &str)> =
            ["content-type", "accept"].into_iter().filter_map(|name| Some((name, request.header(name)?))).collect();
        let reply = http::ask(
            &target,
            &http::Request {
                method: &request.method,
                target: &request.target,
                headers: &headers,
                body: request.body.as_bytes(),
            },
        );
        (reply.status, RESULTS, reply.text())
    });
    let push = |url: &str| {
        let words = ["push", "--preset", "zeren", "--format", "csv", "--journal", "push.jsonl", "--endpoint", url];
        finish(program(folder.path()).args(words))
    };
    let first = push(&flaky.url);
    assert_eq!(first.status, 2, "{}", first.stdout);
    assert!(first.stderr.contains("disk full"), "{}", first.stderr);
    let again = push(&server.url(""));
    assert_eq!(again.status, 0, "{}", again.stderr);
    let before = flaky.noted().iter().filter(|request| request.method == "PUT").count() - 1;
    assert_eq!(again.stdout.matches(",unchanged,").count(), before, "{}", again.stdout);
    assert_eq!(run(folder.path(), "dump").stdout, run(folder.path(), "dump --store other.db").stdout);
}

#[test]
fn what_a_server_lost_on_the_way_is_reported() {
    let folder = stored();
    let recorder = Recorder::start(|_, request| match request.method.as_str() {
        "POST" => (200, RESULTS, numbers(&[("all", 0), ("once", 0)])),
        _ => (204, "", String::new()),
    });
    let pushed = run(folder.path(), &format!("push --endpoint {} --preset zeren", recorder.url));
    assert_eq!(pushed.status, 1, "{}", pushed.stderr);
    assert!(pushed.stderr.contains("the server has 0 statements instead of"), "{}", pushed.stderr);
}
