//! `zeren validate`: what it says, in which form, with which status.

use std::path::Path;

use serde_json::Value;

use super::{finish, folder, program, run, well};

const NOTICE: &str = "云川市人民政府办公室关于印发2031年健康工作要点的通知
云政办发〔2031〕7号
一、完善服务
(一)新建社区卫生服务中心12个，2031年底前完成。(市卫生健康委牵头，市财政局配合)
云川市人民政府办公室
2031年3月5日
";

/// A folder with a store, and with its graph once sound and once with a confidence of more than 1.
fn stored() -> tempfile::TempDir {
    let folder = folder(&[("notice.txt", NOTICE.as_bytes())]);
    assert_eq!(run(folder.path(), "build notice.txt").status, 0);
    let sound = well(&run(folder.path(), "dump")).to_owned();
    let confidence = |line: &&str| line.contains("responsibility/2>") && line.contains("#confidence>");
    let line = sound.lines().find(confidence).unwrap();
    let (before, after) = line.split_once('"').unwrap();
    let (_, after) = after.split_once('"').unwrap();
    std::fs::write(folder.path().join("broken.nq"), sound.replace(line, &format!("{before}\"1.7\"{after}"))).unwrap();
    std::fs::write(folder.path().join("sound.nq"), sound).unwrap();
    folder
}

fn json(folder: &Path, words: &str) -> Value {
    serde_json::from_str(&run(folder, words).stdout).unwrap()
}

#[test]
fn a_store_that_meets_the_shapes_is_well() {
    let folder = stored();
    let done = run(folder.path(), "validate");
    assert_eq!((done.status, done.stderr.as_str()), (0, ""));
    assert_eq!(done.stdout, "everything meets the shapes\n");
    assert_eq!(json(folder.path(), "validate sound.nq --format json")["conforms"], true);
}

#[test]
fn what_is_wrong_is_told_at_its_place_in_both_languages() {
    let folder = stored();
    let en = run(folder.path(), "validate broken.nq");
    assert_eq!((en.status, en.stderr.as_str()), (1, ""));
    insta::assert_snapshot!(en.stdout, @r"
    error[responsibility-confidence]: confidence is a number from 0 to 1; it is `1.7`
     --> notice.txt:4:38 `市财政局`
      = at: responsibility `市财政局` of task `(一)`

    1 error in 1 document
    ");
    let zh = run(folder.path(), "--lang zh validate broken.nq");
    insta::assert_snapshot!(zh.stdout, @r"
    错误[responsibility-confidence]: 置信度在0至1之间；现为 `1.7`
     --> notice.txt:4:38 `市财政局`
      = 对象: 任务 `(一)` 的责任 `市财政局`

    错误 1 处，涉及 1 份文件
    ");
}

#[test]
fn every_format_tells_the_same() {
    let folder = stored();
    let found = &json(folder.path(), "validate broken.nq --format json")["violations"][0];
    assert_eq!(found["code"], "responsibility-confidence");
    assert_eq!((&found["source"], &found["line"], &found["column"]), (&"notice.txt".into(), &4.into(), &38.into()));
    assert_eq!(found["words"], "市财政局");
    let log = json(folder.path(), "validate broken.nq --format sarif");
    let result = &log["runs"][0]["results"][0];
    assert_eq!(result["ruleId"], "responsibility-confidence");
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "notice.txt");
    assert_eq!(place["region"]["startLine"], 4);
    let report = run(folder.path(), "validate broken.nq --format turtle").stdout;
    assert!(
        report.contains("sh:ValidationReport") && report.contains("sh:MaxInclusiveConstraintComponent"),
        "{report}"
    );
}

#[test]
fn the_status_follows_what_counts_as_a_failure() {
    let folder = stored();
    assert_eq!(run(folder.path(), "validate broken.nq --fail-on never").status, 0);
    assert_eq!(run(folder.path(), "validate broken.nq --fail-on error").status, 1);
    for words in ["validate none.nq", "validate notice.txt", "validate --store nowhere", "validate --shapes none.ttl"] {
        let failed = run(folder.path(), words);
        assert_eq!((failed.status, failed.stdout.as_str()), (2, ""), "{words}");
        assert!(failed.stderr.starts_with("error: "), "{words}: {}", failed.stderr);
    }
}

#[test]
fn own_shapes_are_run_and_what_they_say_that_is_not_understood_is_refused() {
    let folder = stored();
    let prefixes = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix z: <https://w3id.org/zeren/ontology#> .\n";
    let own = "<urn:tasks#many> a sh:NodeShape ; sh:targetClass z:Document ; sh:property [ sh:path z:hasTask ;
        sh:minCount 3 ; sh:severity sh:Info ; sh:message \"三项以上\"@zh , \"three or more\"@en ] .";
    std::fs::write(folder.path().join("own.ttl"), format!("{prefixes}{own}")).unwrap();
    let done = run(folder.path(), "validate --shapes own.ttl");
    assert_eq!(done.status, 0, "{}", done.stderr);
    assert!(done.stdout.starts_with("note[many]: three or more; "), "{}", done.stdout);
    std::fs::write(
        folder.path().join("more.ttl"),
        format!("{prefixes}{}", own.replace("minCount", "qualifiedMinCount")),
    )
    .unwrap();
    let refused = finish(program(folder.path()).args(["validate", "--shapes", "more.ttl"]));
    assert_eq!(refused.status, 2);
    assert!(refused.stderr.contains("sh:qualifiedMinCount, which is not supported"), "{}", refused.stderr);
}

#[test]
fn the_shapes_are_shown_as_queries() {
    let folder = stored();
    let done = run(folder.path(), "validate --queries");
    assert_eq!(done.status, 0);
    assert!(done.stdout.starts_with("# ") && done.stdout.contains("\nSELECT DISTINCT ?g ?this"), "{}", done.stdout);
}
