//! `shell`, and how much of an answer `query` shows.

use crate::cli::{built, finish, program, run};

const NOTICE: &str = "霖禾市人民政府办公室关于印发霖禾市2031年重点任务的通知
霖政办发〔2031〕5号

各县（市、区）人民政府，市政府各部门：

（一）开展公立医院综合改革试点。（市卫生健康委牵头，市财政局配合）
（二）完善医保支付方式。（市医保局牵头，市卫生健康委、市财政局配合）

霖禾市人民政府办公室
2031年3月1日
";

fn stored() -> tempfile::TempDir {
    built(&[("notice.txt", NOTICE)])
}

#[test]
fn the_shell_answers_line_after_line() {
    let folder = stored();
    let typed = ".format csv\nowners document=霖政办发\nSELECT (COUNT(?t) AS ?n) {\n  ?t a z:Task\n};\nnosuch\n.limit 1\nworkload\n.quit\nworkload\n";
    let shell = finish(program(folder.path()).arg("shell").write_stdin(typed));
    assert_eq!(shell.status, 1, "{}", shell.stderr);
    let lines: Vec<&str> = shell.stdout.lines().collect();
    assert_eq!(lines.iter().filter(|line| line.contains("/霖政办发〔2031〕5号,")).count(), 2, "{}", shell.stdout);
    assert!(lines.windows(2).any(|pair| pair == ["n", "2"]), "{}", shell.stdout);
    assert_eq!(lines.iter().filter(|line| line.starts_with("organisation,")).count(), 1, "nothing after .quit");
    assert!(shell.stderr.contains("error: shell: `nosuch` is not known"), "{}", shell.stderr);
    assert!(shell.stderr.contains("only the first 1 rows are shown"), "{}", shell.stderr);
    // what has not ended with a semicolon ends with the input
    let open = finish(program(folder.path()).arg("shell").write_stdin("ASK {\n ?t a z:Task }"));
    assert_eq!((open.status, open.stdout.contains("true")), (0, true), "{}", open.stderr);
}

#[test]
fn an_answer_may_be_limited() {
    let folder = stored();
    let all = run(folder.path(), "query owners --format csv");
    assert_eq!(all.stdout.lines().count(), 3);
    let one = run(folder.path(), "query owners --format csv --limit 1 --lang zh");
    assert_eq!(one.stdout.lines().collect::<Vec<_>>(), all.stdout.lines().take(2).collect::<Vec<_>>());
    assert!(one.stderr.contains("说明：只列出前 1 行"), "{}", one.stderr);
    assert_eq!(run(folder.path(), "query owners --limit 2").stderr, "");
    // four triples of every statement with every other take longer than anybody waits
    let long = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?a != ?j) }";
    let cut = finish(program(folder.path()).args(["query", "--timeout", "1", "--text", long]));
    assert_eq!(cut.status, 2);
    assert!(cut.stderr.contains("the limit of time or rows is reached"), "{}", cut.stderr);
}

#[test]
fn a_query_is_explained() {
    let folder = stored();
    let shown = run(folder.path(), "query tasks-of --param body=财政局 --explain --lang zh");
    assert_eq!((shown.status, shown.stderr.as_str()), (0, ""));
    for words in ["某机构的任务", "body (text, 必填)", "SELECT", "财政局", "执行步骤"] {
        assert!(shown.stdout.contains(words), "{words} not in {}", shown.stdout);
    }
}
