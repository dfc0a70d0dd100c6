//! Pictures of invented plans; what holds of all of them.

mod bodies;
mod documents;
mod matrix;
mod owners;

use std::collections::BTreeMap;

use self::documents::pair;
use super::*;
use crate::analysis::inherit as compared;
use crate::analysis::overlap::overlap as measured;
use crate::extract::Role;
use crate::network::{Department, Network, Node, Party, TaskNode};
use crate::render::graphviz::{self, GraphvizError};
use crate::render::overlap::{Rows, View};

fn options(lang: Lang) -> Options<'static> {
    Options { lang, sheet: Sheet::Page(1), narrowed: "", link: &|_| None }
}

/// The owners diagram with lines, however crowded.
fn drawn(network: &Network, captions: &Captions, lang: Lang) -> String {
    let options = Options { sheet: Sheet::Whole, ..options(lang) };
    super::owners::drawn(network, captions, &options, |_, _| false).unwrap().dot
}

/// The statements of a picture, without those that hold of all.
fn own(dot: &str) -> String {
    dot.lines().skip_while(|line| !line.contains("edge[")).skip(1).collect::<Vec<_>>().join("\n")
}

/// A plan of 40 tasks and 15 departments, as a city would issue it.
fn plan(documents: usize) -> (Network, BTreeMap<String, Caption>) {
    let bodies = [
        "哈尔滨市卫生和计划生育委员会",
        "哈尔滨市财政局",
        "哈尔滨市人力资源和社会保障局",
        "哈尔滨市发展和改革委员会",
        "哈尔滨市机构编制委员会办公室",
        "哈尔滨市市场监督管理局",
        "哈尔滨市教育局",
        "哈尔滨市民政局",
        "哈尔滨市公安局",
        "哈尔滨市工业和信息化委员会",
        "哈尔滨市残疾人联合会",
        "哈尔滨市商务局",
        "哈尔滨市中医药管理局",
        "哈尔滨市医疗保障局",
        "各区、县（市）人民政府",
    ];
    let texts = [
        "在全部市属医院铺开综合改革，停收药品加价（饮片不在此列），改由财政与服务收费两头补偿",
        "每个区、县（市）办好1个运转顺畅的“医联体”",
        "把规划内医院的财政投入兑现到位",
        "试行按病种付费，覆盖病种达到120个",
        "居民医保每人每年的补助增加到480元",
        "签约服务覆盖35%以上的居民，老人和慢病患者覆盖65%以上",
        "药品采购实行“两票制”",
        "多培养全科医生，规培名额增加1500名",
    ];
    let headings =
        ["一、深化公立医院改革", "二、完善全民医保体系", "三、健全药品供应保障制度", "四、推动建立分级诊疗制度"];
    let mut network = Network::default();
    let nodes: Vec<_> = bodies
        .iter()
        .map(|label| {
            let collective = label.starts_with('各');
            let (id, label) = (format!("o/{label}"), (*label).to_owned());
            network.graph.add_node(Node::Department(Department { id, label, collective, ..Department::default() }))
        })
        .collect();
    let mut captions = BTreeMap::new();
    for document in 0..documents {
        let iri = format!("https://w3id.org/zeren/document/哈政办规〔2017〕{}号", 56 + document);
        let title = "哈尔滨市人民政府办公厅关于印发哈尔滨市深化医药卫生体制改革2017年重点工作任务的通知".to_owned();
        captions.insert(iri.clone(), Caption { title, detail: "哈政办规〔2017〕56号 · 2017-10-18".into() });
        for seq in 1..=(40 / documents) {
            let id = format!("{iri}/task/{seq}");
            let task = TaskNode {
                id,
                label: format!("({seq})"),
                text: texts[seq % texts.len()].into(),
                path: vec![headings[(seq - 1) * 4 * documents / 40].into()],
                document: iri.clone(),
                seq,
                indicators: 1,
                ..TaskNode::default()
            };
            let node = network.graph.add_node(Node::Task(task));
            if seq == 17 {
                continue;
            }
            let count = seq * 7 % 4 + usize::from(seq % 9 != 0);
            for rank in 1..=count.max(1) {
                let role = match (seq % 5, rank) {
                    (0, _) => Role::Responsible,
                    (1, 1 | 2) if count > 1 => Role::CoLead,
                    (_, 1) => Role::Lead,
                    _ => Role::Supporting,
                };
                let body =
                    if rank == 1 { [0, 0, 13, 0, 1, 5, 2, 3][seq % 8] } else { (seq * 5 + rank * 3) % bodies.len() };
                network.graph.add_edge(nodes[body], node, Party { role, rank, confidence: 1.0 });
            }
        }
    }
    (network, captions)
}

/// One task with awkward words, led by a body with awkward words, and one that nobody owns.
fn awkward() -> Network {
    let mut network = Network::default();
    let body = Department { id: "o/a".into(), label: "\"a\\b\"\u{7}局".into(), ..Department::default() };
    let body = network.graph.add_node(Node::Department(body));
    for (seq, text) in [(1, "\"x\" -> {y}\\\\n\n;"), (2, "<b>z</b>\\")] {
        let task = TaskNode {
            id: format!("t/{seq}"),
            label: format!("({seq})"),
            text: text.into(),
            path: vec!["一、\"总\"\\".into()],
            document: "https://example.org/文件".into(),
            seq,
            ..TaskNode::default()
        };
        let task = network.graph.add_node(Node::Task(task));
        if seq == 1 {
            network.graph.add_edge(body, task, Party { role: Role::Lead, rank: 1, confidence: 1.0 });
        }
    }
    network
}

/// A plan of 100 tasks.
fn long() -> (Network, Captions) {
    let (mut network, captions) = plan(1);
    let bodies: Vec<_> = network.departments().map(|(index, _)| index).collect();
    for seq in 41..=100 {
        let (_, model) = network.tasks().next().unwrap();
        let id = format!("{}/task/{seq}", model.document);
        let task = TaskNode { id, seq, label: format!("({seq})"), ..model.clone() };
        let node = network.graph.add_node(Node::Task(task));
        let role = if seq % 2 == 0 { Role::Lead } else { Role::Responsible };
        network.graph.add_edge(bodies[seq % 3], node, Party { role, rank: 1, confidence: 1.0 });
    }
    (network, captions)
}

/// The sides of a drawn picture and the size of its type on paper, in points; none where Graphviz is missing.
fn measured_on_paper(dot: &str) -> Option<(f64, f64, f64)> {
    let svg = match graphviz::draw(dot, "svg") {
        Ok(svg) => String::from_utf8(svg).unwrap(),
        Err(GraphvizError::Missing) => return None,
        Err(error) => panic!("{error}"),
    };
    let number = |key: &str| -> f64 {
        let rest = svg.split(key).nth(1).unwrap();
        rest.split(['"', ' ', ')']).next().unwrap().trim_end_matches("pt").parse().unwrap()
    };
    Some((number("width=\""), number("height=\""), number("scale(") * 11.0))
}

#[test]
fn every_page_fits_a3_with_type_that_can_be_read() {
    let (network, captions) = long();
    let body = network.departments().find(|(_, body)| body.label == "哈尔滨市卫生和计划生育委员会").unwrap().1;
    let links = measured(&network, false);
    let view = view(&network, &links);
    for page in 1..=2 {
        let options = Options { sheet: Sheet::Page(page), ..options(Lang::Zh) };
        let mut pictures = vec![owners(&network, &captions, &options).unwrap()];
        pictures.extend(super::body(&network, body, &[], &captions, &options));
        pictures.extend(overlap(&view, &captions, &options));
        for Picture { dot, cut } in pictures {
            let Some((width, height, kind)) = measured_on_paper(&dot) else { return };
            let (short, long) = (width.min(height), width.max(height));
            assert!(short <= 842.0 && long <= 1191.0, "{width} {height}: {cut:?}");
            assert!(kind >= 6.5, "type of {kind} points: {cut:?}");
        }
    }
}

fn view<'a>(network: &'a Network, links: &'a crate::analysis::overlap::Overlap) -> View<'a> {
    View {
        overlap: links,
        network,
        rows: Rows::default(),
        bodies: None,
        contacts: Vec::new(),
        top: None,
        shifts: None,
        claims: None,
    }
}

#[test]
fn graphviz_reads_awkward_words() {
    let network = awkward();
    let body = network.departments().next().unwrap().1;
    let [parent, child] = pair();
    let title = "\"t\\<b>&amp;\n</td>".to_owned();
    let captions: Captions =
        [("https://example.org/文件".to_owned(), Caption { title: title.clone(), detail: title })].into();
    let options = Options { link: &|id| Some(format!("{id}?a=1&b=\"2\"")), ..options(Lang::Zh) };
    let pictures = [
        owners(&network, &captions, &options),
        super::body(&network, body, &[], &captions, &options),
        inherit(&compared(&parent, &child, &[]), &options),
    ];
    for Picture { dot, .. } in pictures.into_iter().flatten() {
        match graphviz::draw(&dot, "svg") {
            Ok(svg) => {
                let svg = String::from_utf8(svg).unwrap();
                let allowed = roxmltree::ParsingOptions { allow_dtd: true, ..roxmltree::ParsingOptions::default() };
                let page = roxmltree::Document::parse_with_options(&svg, allowed).unwrap();
                assert!(page.descendants().all(|element| !element.has_tag_name("b")));
                assert!(svg.contains("?a=1&amp;b=") && svg.contains("xlink:title"));
            }
            Err(GraphvizError::Missing) => return,
            Err(error) => panic!("{error}"),
        }
    }
}

#[test]
fn the_same_things_give_the_same_bytes() {
    for lang in [Lang::Zh, Lang::En] {
        let both = [plan(2), plan(2)].map(|(network, captions)| {
            let links = measured(&network, false);
            let picture = overlap(&view(&network, &links), &captions, &options(lang)).unwrap();
            (drawn(&network, &captions, lang), picture)
        });
        assert_eq!(both[0], both[1]);
    }
    let (network, captions) = plan(1);
    let dot = drawn(&network, &captions, Lang::Zh);
    let pdf = || match graphviz::draw(&dot, "pdf") {
        Ok(pdf) => Some(pdf),
        Err(GraphvizError::Missing) => None,
        Err(error) => panic!("{error}"),
    };
    let first = pdf();
    // a PDF tells the second at which it was made
    std::thread::sleep(std::time::Duration::from_millis(1100));
    assert!(first == pdf());
}
