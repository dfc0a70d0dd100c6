//! The shapes: the shipped graph meets them, and what is damaged is found, named and placed.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{BlankNode, GraphName, Literal, NamedNode, Quad, Term};
use oxigraph::store::Store as Graphs;
use zeren::diagnostic::Lang;
use zeren::graph::DocumentGraph;
use zeren::pipeline;
use zeren::query::Shapes;
use zeren::query::shapes::Violation;
use zeren::read::read_bytes;
use zeren::{iri, render};

/// A notice of an invented place.
const NOTICE: &str = "云川市人民政府办公室关于印发2031年健康工作要点的通知
云政办发〔2031〕7号
一、完善服务
(一)新建社区卫生服务中心12个，2031年底前完成。(市卫生健康委牵头，市财政局配合)
(二)推进校园健康促进。(市教育局、市卫生健康委按职责分工负责)
云川市人民政府办公室
2031年3月5日
";

/// A later one of the same place.
const OTHER: &str = "云川市人民政府办公室关于印发2032年健康工作要点的通知
云政办发〔2032〕9号
一、完善服务
(一)改造社区卫生服务中心5个，2032年底前完成。(市卫生健康委牵头，市财政局配合)
云川市人民政府办公室
2032年3月5日
";

fn quads(name: &str, words: &str) -> Vec<Quad> {
    let source = read_bytes(name, words.as_bytes()).unwrap();
    DocumentGraph::of(&pipeline::check(source, None)).quads
}

fn sound() -> Vec<Quad> {
    [quads("notice.txt", NOTICE), quads("other.txt", OTHER)].concat()
}

/// The quads as a store has them.
fn graphs(quads: &[Quad]) -> Graphs {
    let graphs = Graphs::new().unwrap();
    for quad in quads {
        graphs.insert(quad).unwrap();
        graphs.insert(&Quad { graph_name: GraphName::DefaultGraph, ..quad.clone() }).unwrap();
    }
    graphs
}

fn check(quads: &[Quad]) -> Vec<Violation> {
    Shapes::shipped().unwrap().check(&graphs(quads).into()).unwrap()
}

fn term(name: &str) -> NamedNode {
    NamedNode::new_unchecked(iri::term(name))
}

fn is(quad: &Quad, property: &str) -> bool {
    quad.predicate.as_str() == property || quad.predicate == term(property)
}

/// What is stated of the city's first notice: subject ending so, property, first object.
fn find(quads: &[Quad], subject: &str, property: &str) -> Quad {
    let about = |quad: &&Quad| quad.subject.to_string().ends_with(&format!("{subject}>")) && is(quad, property);
    quads.iter().find(about).unwrap_or_else(|| panic!("no {property} of {subject}")).clone()
}

fn replace(quads: &mut Vec<Quad>, subject: &str, property: &str, object: impl Into<Term>) {
    let found = find(quads, subject, property);
    quads.retain(|quad| *quad != found);
    quads.push(Quad { object: object.into(), ..found });
}

fn add(quads: &mut Vec<Quad>, subject: &str, property: &str, object: impl Into<Term>) {
    let found = find(quads, subject, property);
    quads.push(Quad { object: object.into(), ..found });
}

fn chinese(text: &str) -> Literal {
    Literal::new_language_tagged_literal_unchecked(text, "zh")
}

fn date(text: &str) -> Literal {
    Literal::new_typed_literal(text, oxigraph::model::vocab::xsd::DATE)
}

/// A way to damage the graph: what it is, how it is done, what is said of it.
type Damage = (&'static str, fn(&mut Vec<Quad>), &'static [&'static str]);

const FIRST: &str = "云政办发〔2031〕7号";

const DAMAGES: [Damage; 25] = [
    (
        "the responsibility of a lead is deleted",
        |quads| {
            let lost = "〔2031〕7号/task/一/responsibility/1>";
            quads.retain(|quad| !quad.subject.to_string().ends_with(lost) && !quad.object.to_string().ends_with(lost));
        },
        &[
            "错误[leads-backed]: 机构直接牵头的任务，应有该机构的一项责任，角色为“牵头”；涉及 `云川市卫生健康委员会` --> notice.txt:4:1 任务 `(一)`",
            "警告[task-ranks]: 责任单位的次序应从1起 --> notice.txt:4:1 任务 `(一)`",
        ],
    ),
    (
        "a place in the order is no number",
        |quads| replace(quads, "7号/task/一", "sequence", Literal::from("一")),
        &[
            "错误[task-sequence]: 任务的序号为1或更大的整数，且只有一个；`一` 的类型是 xsd:string --> notice.txt:4:1 任务 `(一)`",
            "错误[task-sequence]: 任务的序号为1或更大的整数，且只有一个；现为 `一` --> notice.txt:4:1 任务 `(一)`",
        ],
    ),
    (
        "nothing is said of an organisation",
        |quads| {
            quads.retain(|quad| !quad.subject.to_string().ends_with("云川市教育局>") || is(quad, "isResponsibleFor"));
        },
        &[
            "错误[responsibility-organisation]: 责任应指明一个有记载的机构；`云川市教育局` 在图中没有记载 --> notice.txt:5:14 `市教育局` 任务 `(二)` 的责任 `市教育局`",
        ],
    ),
    (
        "a responsibility names nobody",
        |quads| {
            let lost = find(quads, "task/二/responsibility/1", "organisation");
            quads.retain(|quad| *quad != lost);
        },
        &[
            "错误[responsibility-organisation]: 责任应指明一个有记载的机构；没有“责任机构” --> notice.txt:5:14 `市教育局` 任务 `(二)` 的责任 `市教育局`",
            "错误[responsible-backed]: 机构直接负责的任务，应有该机构的一项责任，角色为“负责”；涉及 `云川市教育局` --> notice.txt:5:1 `(二)推进校园健康促进。(市教育局、市卫生健康委按职责分工负责)` 任务 `(二)`",
        ],
    ),
    (
        "a document has two titles",
        |quads| add(quads, FIRST, "http://purl.org/dc/terms/title", chinese("另一标题")),
        &[
            "错误[document-title]: 一份文件只有一个标题；有 2 个：`云川市人民政府办公室关于印发2031年健康工作要点的通知`、`另一标题` --> notice.txt 文件 `云政办发〔2031〕7号`",
        ],
    ),
    (
        "a task is due before its document",
        |quads| replace(quads, "7号/task/一/deadline/1", "date", date("2030-12-31")),
        &[
            "警告[deadline-past]: 时限不应早于文件的成文日期；涉及 `2030-12-31` --> notice.txt:4:18 `2031年底前` 任务 `(一)` 的时限 `2031年底前`",
        ],
    ),
    (
        "a date is none",
        |quads| replace(quads, "7号/task/一/deadline/1", "date", date("2031-13-31")),
        &[
            "错误[deadline-date]: 时限日期至多一个，为年、年月或年月日；`2031-13-31` 不是有效的值 --> notice.txt:4:18 `2031年底前` 任务 `(一)` 的时限 `2031年底前`",
        ],
    ),
    (
        "a task has lost its words",
        |quads| {
            quads.retain(|quad| {
                !(is(quad, "text") && quad.subject.to_string().contains("2031"))
                    || quad.subject.to_string().ends_with("二>")
            });
        },
        &["错误[task-text]: 任务应有一段、且只有一段内容；没有“内容” --> notice.txt:4:1 任务 `(一)`"],
    ),
    (
        "a role is none of the vocabulary",
        |quads| replace(quads, "7号/task/一/responsibility/2", "role", term("role-boss")),
        &[
            "错误[responsibility-role]: 角色应写明一种：牵头、共同牵头、负责或配合；`boss` 不在所列之中 --> notice.txt:4:38 `市财政局` 任务 `(一)` 的责任 `市财政局`",
            "错误[supports-backed]: 机构直接配合的任务，应有该机构的一项责任，角色为“配合”；涉及 `云川市财政局` --> notice.txt:4:1 任务 `(一)`",
        ],
    ),
    (
        "a confidence is more than certain",
        |quads| {
            let more = Literal::new_typed_literal("1.7", oxigraph::model::vocab::xsd::DECIMAL);
            replace(quads, "7号/task/一/responsibility/2", "confidence", more);
        },
        &[
            "错误[responsibility-confidence]: 置信度在0至1之间；现为 `1.7` --> notice.txt:4:38 `市财政局` 任务 `(一)` 的责任 `市财政局`",
        ],
    ),
    (
        "a place ends before it starts",
        |quads| {
            let at = find(quads, "7号/task/二/responsibility/1", "at").object.to_string();
            let selector = format!("{}/selector", at.trim_matches(['<', '>']));
            replace(quads, &selector, "http://www.w3.org/ns/oa#end", Literal::from(3));
        },
        &[
            "错误[selector-length]: 引文的长度应与起止字符相符；涉及 `市教育局` --> notice.txt:5:14 `市教育局` 文中位置 `市教育局`",
            "错误[selector-start]: 起点为0或更大的整数，且在终点之前；现为 `107` --> notice.txt:5:14 `市教育局` 文中位置 `市教育局`",
        ],
    ),
    (
        "a thing has no name of its own",
        |quads| {
            let quad = find(quads, FIRST, "source");
            quads.push(Quad {
                subject: BlankNode::new_unchecked("x").into(),
                predicate: rdf::TYPE.into(),
                object: term("Place").into(),
                ..quad
            });
        },
        &[
            "错误[thing]: 凡有记载的都应有 IRI，不用空节点",
            "错误[place-label]: 地区应有一个名称；没有“名称”",
            "错误[place-level]: 政府层级应写明一种；没有“政府层级”",
        ],
    ),
    (
        "two tasks have one name",
        |quads| add(quads, "7号/task/一", "sequence", Literal::from(2)),
        &[
            "错误[task-sequence]: 任务的序号为1或更大的整数，且只有一个；有 2 个：`1`、`2` --> notice.txt:4:1 任务 `(一)`",
            "错误[document-sequence]: 一份文件中两项任务不能有同一序号；涉及 `(一)` --> notice.txt:4:1 文件 `云政办发〔2031〕7号`",
        ],
    ),
    (
        "two bodies lead alone",
        |quads| replace(quads, "7号/task/一/responsibility/2", "role", term("role-lead")),
        &[
            "错误[task-leads]: 一项任务只有一个单位“牵头”；两个以上应为“共同牵头”；涉及 `市卫生健康委` --> notice.txt:4:1 任务 `(一)`",
            "错误[supports-backed]: 机构直接配合的任务，应有该机构的一项责任，角色为“配合”；涉及 `云川市财政局` --> notice.txt:4:1 任务 `(一)`",
        ],
    ),
    (
        "a place lies within itself",
        |quads| {
            let code = find(quads, FIRST, "jurisdiction");
            let place = code.object.to_string();
            let label = find(quads, place.trim_matches(['<', '>']), rdfs::LABEL.as_str());
            quads.push(Quad { predicate: term("within"), object: code.object, ..label });
        },
        &["错误[place-circle]: 地区不能隶属于自己", "错误[place-higher]: 上级地区的层级应高于所属地区；涉及 `云川市`"],
    ),
    (
        "places lie within each other",
        |quads| {
            let city = find(quads, FIRST, "jurisdiction");
            let label = find(quads, city.object.to_string().trim_matches(['<', '>']), rdfs::LABEL.as_str());
            let county = NamedNode::new_unchecked(iri::place("林河县"));
            let about = |property: NamedNode, object: Term| Quad {
                subject: county.clone().into(),
                predicate: property,
                object,
                ..label.clone()
            };
            quads.extend([
                about(rdf::TYPE.into(), term("Place").into()),
                about(rdfs::LABEL.into(), chinese("林河县").into()),
                about(term("level"), term("level-county").into()),
                about(term("within"), city.object.clone()),
                Quad { predicate: term("within"), object: county.into(), ..label },
            ]);
        },
        &[
            "错误[place-circle]: 地区不能隶属于自己",
            "错误[place-circle]: 地区不能隶属于自己",
            "错误[place-higher]: 上级地区的层级应高于所属地区；涉及 `林河县`",
        ],
    ),
    (
        "a document does not list a task",
        |quads| {
            let lost = find(quads, FIRST, "hasTask");
            quads.retain(|quad| *quad != lost);
        },
        &["错误[task-listed]: 任务应由所属文件列出；没有写明 --> notice.txt:4:1 任务 `(一)`"],
    ),
    (
        "two parties have one place",
        |quads| replace(quads, "7号/task/一/responsibility/2", "rank", Literal::from(1)),
        &[
            "警告[task-places]: 一项任务的两个责任单位不能有同一次序；涉及 `市卫生健康委` --> notice.txt:4:1 任务 `(一)`",
        ],
    ),
    (
        "a unit is none",
        |quads| {
            let unit = NamedNode::new_unchecked("http://a.example/unit");
            replace(quads, "7号/task/一/indicator/1", "http://qudt.org/schema/qudt/hasUnit", unit);
        },
        &["错误[indicator-meaning]: 一个数量只有一个通用单位，为 QUDT 所有或有记载；`http://a.example/unit` 都不是"],
    ),
    (
        "a place is in a text that nobody has",
        |quads| {
            let at = find(quads, "7号/task/二/responsibility/1", "at").object.to_string();
            let other = NamedNode::new_unchecked(iri::document("甲"));
            replace(quads, at.trim_matches(['<', '>']), "http://www.w3.org/ns/oa#hasSource", other);
        },
        &["错误[place-in-text-source]: 位置应写明在哪份有记载的文件中；`甲` 在图中没有记载"],
    ),
    (
        "a document rests on itself",
        |quads| {
            let source = find(quads, FIRST, "source");
            let itself = Term::from(NamedNode::new_unchecked(iri::document(FIRST)));
            quads.push(Quad { predicate: term("basedOn"), object: itself, ..source });
        },
        &["错误[document-circle]: 文件不能以自己为依据 --> notice.txt 文件 `云政办发〔2031〕7号`"],
    ),
    (
        "a section lies in itself",
        |quads| {
            let section = find(quads, FIRST, "hasSection").object;
            let label = find(quads, section.to_string().trim_matches(['<', '>']), "depth");
            quads.push(Quad { predicate: term("inSection"), object: section, ..label });
        },
        &["错误[section-deeper]: 章节的层次应深于所在章节；"],
    ),
    (
        "a body succeeds itself",
        |quads| {
            let body = find(quads, "7号/task/一/responsibility/2", "organisation");
            let label = find(quads, body.object.to_string().trim_matches(['<', '>']), rdfs::LABEL.as_str());
            quads.push(Quad { predicate: term("succeededBy"), object: body.object, ..label });
        },
        &["警告[organisation-heir]: 机构不能由自己承接，也不能与另一机构互相承接；"],
    ),
    (
        "a day is none of its month",
        |quads| replace(quads, FIRST, "issued", date("2031-02-30")),
        &["错误[document-issued]: 成文日期至多一个，为年、年月或年月日；"],
    ),
    (
        "documents give one body two names",
        |quads| {
            for quad in quads.iter_mut() {
                let name = quad.graph_name.to_string();
                if name.contains("2032")
                    && quad.predicate == rdfs::LABEL
                    && quad.subject.to_string().ends_with("财政局>")
                {
                    quad.object = chinese("云川市财政厅").into();
                }
            }
        },
        &[
            "错误[organisation-everywhere-label]: 同一机构在各文件中只有一个全称；有 2 个：`云川市财政厅`、`云川市财政局` --> notice.txt:4:38 `市财政局` 机构 `云川市财政局`",
        ],
    ),
];

/// A violation in one line: what `validate` says, where, of what.
fn line(violation: &Violation) -> String {
    let mut out = Vec::new();
    render::violations::text(&mut out, std::slice::from_ref(violation), Lang::Zh).unwrap();
    let text = String::from_utf8(out).unwrap();
    let part = |start: &str| {
        text.lines().find_map(|line| line.trim_start().strip_prefix(start)).unwrap_or_default().to_owned()
    };
    format!("{} --> {} {}", text.lines().next().unwrap_or_default(), part("--> "), part("= 对象: "))
}

#[test]
fn a_sound_graph_meets_the_shapes() {
    let lines: Vec<String> = check(&sound()).iter().map(line).collect();
    assert_eq!(lines, Vec::<String>::new());
}

#[test]
fn the_shipped_documents_meet_the_shapes() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut all = Vec::new();
    for folder in ["data/ledgers", "data/samples"] {
        let mut files: Vec<_> =
            std::fs::read_dir(root.join(folder)).unwrap().map(|entry| entry.unwrap().path()).collect();
        // corrections lie beside documents
        files.retain(|file| file.extension().is_none_or(|extension| extension != "toml"));
        files.sort();
        all.extend(files.iter().flat_map(|file| DocumentGraph::of(&pipeline::checked(file).unwrap()).quads));
    }
    let ontology = zeren::graph::Ontology::shipped();
    let known: BTreeSet<String> = ontology.terms.iter().map(|term| iri::term(&term.name)).collect();
    for quad in &all {
        let objects =
            [Some(quad.predicate.clone()), NamedNode::new(quad.object.to_string().trim_matches(['<', '>'])).ok()];
        for term in objects.into_iter().flatten().filter(|term| term.as_str().starts_with(iri::ONTOLOGY)) {
            assert!(known.contains(term.as_str()), "{term} is not defined");
        }
    }
    let lines: Vec<String> = check(&all).iter().map(line).collect();
    // the ledger of Harbin dates the notice after one of its time limits
    assert_eq!(
        lines,
        [
            "警告[deadline-past]: 时限不应早于文件的成文日期；涉及 `2017-08-01` --> harbin-2017.csv:27:135 `8月1日前` 任务 `(十六)` 的时限 `8月1日前`"
        ]
    );
}

#[test]
fn every_damage_is_found_and_told_at_its_place() {
    let mut wrong = Vec::new();
    for (what, damage, expected) in DAMAGES {
        let mut quads = sound();
        damage(&mut quads);
        let found: Vec<String> = check(&quads).iter().map(line).collect();
        let all_told = expected.iter().all(|expected| found.iter().any(|line| line.starts_with(expected)));
        if !all_told || found.len() != expected.len() {
            wrong.push(format!("{what}: expected\n{}\nfound\n{}", expected.join("\n"), found.join("\n")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn the_example_of_the_documentation_is_sound() {
    let text = include_str!("../../ontology/example.ttl");
    let document = NamedNode::new_unchecked(iri::document("云政办发〔2031〕7号"));
    let quads: Vec<Quad> = oxigraph::io::RdfParser::from_format(oxigraph::io::RdfFormat::Turtle)
        .for_slice(text)
        .map(|quad| Quad { graph_name: document.clone().into(), ..quad.unwrap() })
        .collect();
    assert!(quads.len() > 60);
    let lines: Vec<String> = check(&quads).iter().map(line).collect();
    assert_eq!(lines, Vec::<String>::new());
}

#[test]
fn queries_and_shapes_use_terms_that_the_ontology_defines() {
    let ontology = zeren::graph::Ontology::shipped();
    let known: BTreeSet<&str> = ontology.terms.iter().map(|term| term.name.as_str()).collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut texts = vec![("shapes".to_owned(), zeren::graph::SHAPES_TURTLE.to_owned())];
    for folder in ["queries/answer", "queries/check"] {
        for entry in std::fs::read_dir(root.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            texts.push((path.display().to_string(), std::fs::read_to_string(&path).unwrap()));
        }
    }
    for (name, text) in texts {
        let mut before = '\n';
        for part in text.split("z:") {
            let within = before.is_alphanumeric();
            before = part.chars().next_back().unwrap_or('z');
            let word: String = part.chars().take_while(|char| char.is_ascii_alphanumeric() || *char == '-').collect();
            // what stands before the first
            if within || text.starts_with(part) {
                continue;
            }
            // the prefix itself, and what a text says of it
            assert!(word.is_empty() || known.contains(word.as_str()), "{name}: z:{word} is not defined");
        }
    }
}

/// Runs with a Python that has pyshacl: `ZEREN_PYSHACL=/path/to/python cargo test pyshacl`.
#[test]
fn pyshacl_finds_the_same() {
    let python = std::env::var("ZEREN_PYSHACL").unwrap_or_else(|_| "python3".to_owned());
    if !Command::new(&python).args(["-c", "import pyshacl"]).output().is_ok_and(|output| output.status.success()) {
        println!("skipped: no pyshacl");
        return;
    }
    let mut damaged = sound();
    for (_, damage, _) in DAMAGES {
        let mut copy = sound();
        damage(&mut copy);
        // all damages in one graph each, so that one run tells them apart
        let number = damaged.len();
        for quad in &mut copy {
            let name = quad.graph_name.to_string();
            quad.graph_name = NamedNode::new_unchecked(format!("{}/{number}", name.trim_matches(['<', '>']))).into();
        }
        damaged.extend(copy);
    }
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("graphs.nq");
    let lines: Vec<String> = damaged.iter().map(|quad| format!("{quad} .")).collect();
    std::fs::write(&file, lines.join("\n")).unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = Command::new(&python)
        .args([root.join("tests/query/oracle.py"), root.join("ontology/shapes.ttl"), file])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let theirs: BTreeSet<String> = String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect();
    let plain = |term: &Term| match term {
        Term::NamedNode(node) => node.as_str().to_owned(),
        _ => "_".to_owned(),
    };
    let ours: BTreeSet<String> = check(&damaged)
        .iter()
        .map(|violation| {
            let graph = violation.graph.as_ref().map_or("", |graph| graph.as_str());
            let graph = if violation.code.contains("-everywhere-") { "" } else { graph };
            format!("{graph}\t{}\t{}", plain(&violation.focus), violation.component)
        })
        .collect();
    let only = |a: &BTreeSet<String>, b: &BTreeSet<String>| a.difference(b).cloned().collect::<Vec<_>>().join("\n");
    assert!(ours == theirs, "only here:\n{}\nonly there:\n{}", only(&ours, &theirs), only(&theirs, &ours));
    println!("{} results agree", ours.len());
}
