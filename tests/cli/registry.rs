//! Rows of one's own in the tables of places, bodies and reforms.

use crate::cli::{folder, run};

const BODIES: &str = "key,function,formal,levels,stems,from,to,certainty,note
own.yyjtgbzx.c,hospital-management,{place}医院集团管办中心,city,医院集团管办中心|管办中心,2015,2020,certain,
own.ylfzzx.c,hospital-management,{place}医疗发展中心,city,医疗发展中心,2020,,certain,
";

const REFORMS: &str = "id,round,date,until,levels,place,kind,from,to,function,certainty,source,note
own-2020,2020,2020-06-01,,city,,rename,own.yyjtgbzx.c,own.ylfzzx.c,hospital-management,certain,市编委文件,
";

const NOTICE: &str = "霖禾市人民政府办公室关于印发2018年医改任务的通知
霖政办发〔2018〕9号

各县（市、区）人民政府，市政府各部门：

（一）建设医院集团。（市管办中心牵头，市财政局配合）

霖禾市人民政府办公室
2018年5月6日
";

#[test]
fn bodies_and_reforms_of_ones_own_are_known() {
    let folder = folder(&[
        ("own/bodies.csv", BODIES.as_bytes()),
        ("own/reforms.csv", REFORMS.as_bytes()),
        ("notice.txt", NOTICE.as_bytes()),
    ]);
    let plain = run(folder.path(), "extract notice.txt --format json");
    assert!(plain.stdout.contains("organisation/霖禾市管办中心"), "{}", plain.stdout);
    let own = run(folder.path(), "extract notice.txt --format json --registry own");
    assert!(own.stdout.contains("organisation/霖禾市医院集团管办中心"), "{}", own.stdout);
    assert_eq!(run(folder.path(), "--registry own build notice.txt").status, 0);
    let later = run(folder.path(), "--registry own workload --as-of 2022 --format json");
    assert!(later.stdout.contains("霖禾市医疗发展中心"), "{}", later.stdout);
    let shown = run(folder.path(), "registry --registry own");
    assert_eq!((shown.status, shown.stderr.as_str()), (0, ""));
}

#[test]
fn wrong_rows_are_told_with_their_place() {
    let wrong = "id,round,date,until,levels,place,kind,from,to,function,certainty,source,note
a,2020,2020-06-01,,city,,rename,own.nosuch.c,own.nosuch.c,hospital-management,certain,,
b,x,2020-06-01,,city,,rename,,,hospital-management,certain,,
";
    let folder =
        folder(&[("own/reforms.csv", wrong.as_bytes()), ("own/body.csv", b"key\n"), ("notice.txt", NOTICE.as_bytes())]);
    let refused = run(folder.path(), "extract notice.txt --registry own");
    assert_eq!((refused.status, refused.stdout.as_str()), (2, ""));
    assert!(refused.stderr.contains("hint: 3 in all"), "{}", refused.stderr);
    let shown = run(folder.path(), "registry --registry own --lang zh");
    assert_eq!(shown.status, 1);
    for words in ["body.csv：不是名录的表", "reforms.csv:3：这一行的列与表头不符", "`a` 提到未知机构 `own.nosuch.c`"]
    {
        assert!(shown.stderr.contains(words), "{words} not in {}", shown.stderr);
    }
    let missing = run(folder.path(), "registry --registry nowhere");
    assert_eq!(missing.status, 1);
    assert!(missing.stderr.contains("nowhere: no such file or folder"), "{}", missing.stderr);
}
