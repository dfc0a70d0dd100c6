use std::collections::BTreeMap;

use super::owners::name;
use super::*;
use crate::analysis::overlap::overlap as measured;
use crate::analysis::{Lineage, Selection, inherit as compared, narrow, profile};
use crate::date::Date;
use crate::extract::{CitationRelation, Comparator, DeadlineRelation, Role};
use crate::knowledge::Knowledge;
use crate::network::{Department, Network, Node, Party, TaskNode};
use crate::notice::{Holder, Limit, Mandate, Notice, Quantity, Reference, References, Stub};
use crate::render::graphviz::{self, GraphvizError};
use crate::render::inherit::Several;
use crate::render::overlap::{Rows, View};
use crate::resolve::{MatchBasis, Place, established};

fn options(lang: Lang) -> Options<'static> {
    Options { lang, sheet: Sheet::Page(1), narrowed: "", link: &|_| None }
}

fn drawn(network: &Network, captions: &Captions, lang: Lang) -> String {
    owners(network, captions, &Options { sheet: Sheet::Whole, ..options(lang) }).unwrap().dot
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

#[test]
fn a_small_diagram() {
    let dot = drawn(&awkward(), &BTreeMap::new(), Lang::En);
    insta::assert_snapshot!(own(&dot), @r##"
      subgraph left {
        rank="same"
        pt1[label="" shape="point" style="invis" width="0.01" height="0.01"]
        pt2[label="" shape="point" style="invis" width="0.01" height="0.01"]
        d0[label="\"a\\b\" 局\nleads 1 of 1" width="2.5" tooltip="\"a\\b\" 局\nleads 1 of 1" shape="box" style="filled,bold" color="#333333" fillcolor="#e8eef6"]
        pt1 -> pt2 [style="invis" weight="1"]
        pt2 -> d0 [style="invis" weight="1"]
      }
      pt1 -> t1 [style="invis" weight="0"]
      pt2 -> t2 [style="invis" weight="0"]
      d0 -> t2 [style="invis" weight="1"]
      subgraph cluster_h1 {
        label="一、\"总\"\\\l"
        labeljust="l"
        style="filled"
        tooltip="一、\"总\"\\"
        color="#aab6c2"
        fillcolor="#f4f6f8"
        fontsize="12"
        t1[label="(1) \"x\" -> {y}\\\\n ;\l" width="5.7" tooltip="(1) \"x\" -> {y}\\\\n\n;" shape="box" style="filled,rounded" color="#777777" fillcolor="white"]
        t2[label="(2) <b>z</b>\\\l(no responsible body)\l" width="5.7" tooltip="(2) <b>z</b>\\" shape="box" style="filled,rounded,dashed,bold" color="#b2182b" fillcolor="#fdf1f1"]
      }
      d0 -> t1 [style="solid" penwidth="2.4" color="#08306b" arrowhead="normal" tailport="e" headport="w" constraint="false" tooltip="\"a\\b\" 局 lead (1)"]
    }
    "##);
}

#[test]
fn an_empty_network_is_a_legend() {
    let dot = drawn(&Network::default(), &BTreeMap::new(), Lang::Zh);
    assert!(dot.starts_with("digraph owners {") && dot.contains("图例") && dot.ends_with("}\n"));
}

/// For each task node, by its name, the labels of the clusters around it, the outermost first.
fn clusters(dot: &str) -> BTreeMap<String, Vec<String>> {
    let mut open: Vec<String> = Vec::new();
    let mut found = BTreeMap::new();
    for line in dot.lines().skip(1).map(str::trim) {
        if line.starts_with("subgraph ") {
            open.push(String::new());
        } else if line == "}" {
            open.pop();
        } else if let (Some(label), Some(innermost)) = (line.strip_prefix("label=\""), open.last_mut()) {
            *innermost = label.trim_end_matches(';').trim_end_matches('"').replace("\\l", "");
        } else if line.starts_with('t') && line.contains("[label=") {
            found.insert(line.split('[').next().unwrap().to_owned(), open.clone());
        }
    }
    found
}

#[test]
fn a_task_stands_in_the_cluster_of_its_first_heading() {
    for documents in [1, 2] {
        let (mut network, captions) = plan(documents);
        let bare = network.graph.node_indices().nth(25).unwrap();
        if let Node::Task(task) = &mut network.graph[bare] {
            task.path.clear();
        }
        let found = clusters(&drawn(&network, &captions, Lang::Zh));
        assert_eq!(found.len(), network.tasks().count());
        for (index, task) in network.tasks() {
            let around = &found[&name(index, "t")];
            let outer = documents - 1;
            assert_eq!(around.get(outer), task.path.first(), "{}", task.id);
            assert_eq!(around.len(), outer + task.path.len(), "{}", task.id);
            assert!(outer == 0 || around[0].ends_with("哈政办规〔2017〕56号 · 2017-10-18"), "{around:?}");
        }
    }
}

/// The nodes as Graphviz places them: name, from the left, from the top. None where it is missing.
fn placed(dot: &str) -> Option<Vec<(String, f64, f64)>> {
    let plain = match graphviz::draw(dot, "plain") {
        Ok(plain) => String::from_utf8(plain).unwrap(),
        Err(GraphvizError::Missing) => return None,
        Err(error) => panic!("{error}"),
    };
    let node = |line: &str| {
        let mut words = line.strip_prefix("node ")?.split(' ');
        let (name, x, y) = (words.next()?, words.next()?, words.next()?);
        Some((name.to_owned(), x.parse().ok()?, -y.parse::<f64>().ok()?))
    };
    let mut nodes: Vec<_> = plain.lines().filter_map(node).collect();
    nodes.sort_by(|a, b| a.2.total_cmp(&b.2));
    Some(nodes)
}

#[test]
fn tasks_keep_the_order_of_the_document() {
    for documents in [1, 2, 4] {
        let (mut network, captions) = plan(documents);
        // a task outside any cluster, between two
        let bare = network.graph.node_indices().nth(25).unwrap();
        if let Node::Task(task) = &mut network.graph[bare] {
            task.path.clear();
        }
        let dot = drawn(&network, &captions, Lang::Zh);
        let drawn = dot.lines().filter(|line| line.contains(" -> t") && line.contains("tooltip")).count();
        assert_eq!(drawn, network.graph.edge_count());

        let mut tasks: Vec<_> = network.tasks().collect();
        tasks.sort_by_key(|(_, task)| (&task.document, task.seq));
        let wanted: Vec<String> = tasks.iter().map(|(index, _)| name(*index, "t")).collect();
        let stated: Vec<usize> = wanted.iter().map(|id| dot.find(&format!(" {id}[")).unwrap()).collect();
        assert!(stated.is_sorted());

        let Some(nodes) = placed(&dot) else { return };
        let column = |prefix: char| nodes.iter().filter(move |node| node.0.starts_with(prefix));
        let seen: Vec<&String> = column('t').map(|node| &node.0).collect();
        assert_eq!(seen, wanted.iter().collect::<Vec<_>>());
        let left = column('d').map(|node| node.1).fold(0.0, f64::max);
        assert!(column('t').all(|node| node.1 > left), "departments left");
    }
}

#[test]
fn what_does_not_fit_a_page_is_cut_and_says_so() {
    let (network, captions) = long();
    let first = owners(&network, &captions, &options(Lang::En)).unwrap();
    let Cut { pages, all, shown, .. } = first.cut.clone();
    assert!(pages > 1 && all == 100 && shown.start == 0 && shown.end < 60, "{:?}", first.cut);
    assert!(first.dot.contains(&format!("page 1 of {pages}: tasks 1–{} of 100; see `--page 2`", shown.end)));
    let mut seen = 0;
    for page in 1..=pages {
        let sheet = Sheet::Page(page);
        let picture = owners(&network, &captions, &Options { sheet, ..options(Lang::En) }).unwrap();
        assert_eq!(picture.cut.shown.start, seen);
        seen = picture.cut.shown.end;
    }
    assert_eq!(seen, all);
    let beyond = Options { sheet: Sheet::Page(pages + 1), ..options(Lang::En) };
    assert_eq!(owners(&network, &captions, &beyond), Err(NoPage { pages }));
    let whole = owners(&network, &captions, &Options { sheet: Sheet::Whole, ..options(Lang::En) }).unwrap();
    assert!(whole.cut.words().is_none() && !whole.dot.contains(" size=") && whole.dot.contains("(100)"));
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

/// One body of a network of the first tasks of a plan.
fn part_of_plan(tasks: usize) -> (Network, Captions) {
    let (mut network, captions) = plan(1);
    network.graph.retain_nodes(|graph, index| match &graph[index] {
        Node::Task(task) => task.seq <= tasks,
        Node::Department(_) => true,
    });
    (narrow(&network, &Selection { top: Some(15), ..Selection::default() }), captions)
}

/// A document of a place with two tasks.
fn notice(code: &str, number: &str, day: Date, figure: f64) -> Notice {
    let place = Place::of_code(code).unwrap();
    let bureau = |key: &str| {
        Department::of(&established(Knowledge::shipped().bodies.by_key(key).unwrap(), &place, MatchBasis::Prefix))
    };
    let holder = |key: &str, role| Holder { body: bureau(key), printed: "市卫生健康委".into(), role, span: None };
    let id = format!("{}document/{number}", crate::iri::BASE);
    let task = |label: &str, text: &str| Mandate {
        id: format!("{id}/task/{label}"),
        label: label.into(),
        text: text.into(),
        parties: vec![holder("health.wsjkwyh.pcx", Role::Lead)],
        ..Mandate::default()
    };
    let mut first = task("(一)", "做实家庭医生\"签约\"服务，重点人群签约率达到要求，落实签约服务费政策。");
    first.indicators.push(Quantity {
        name: "重点人群<签约率>".into(),
        comparator: Comparator::AtLeast,
        value: figure,
        value_max: None,
        unit: "%".into(),
        by: None,
        soft: false,
        words: String::new(),
        confidence: 1.0,
        evidence: String::new(),
        span: None,
    });
    first.deadlines.push(Limit {
        relation: DeadlineRelation::By,
        date: Date::day(2024, 12, 31),
        duration: String::new(),
        words: "年底前".into(),
        span: None,
    });
    let second = match code {
        "330000" => task("(二)", "建设省级区域医疗中心，完善检查检验结果互认制度。"),
        _ => task("(二)", "开展残疾预防，\n扩大康复救助范围。"),
    };
    Notice {
        id: id.clone(),
        title: format!("关于印发{}医改任务的通知", place.name),
        number: number.into(),
        date: Some(day),
        place: Some(place),
        tasks: vec![first, second],
        ..Notice::default()
    }
}

fn pair() -> [Notice; 2] {
    [
        notice("330000", "沄政办发〔2024〕12号", Date::day(2024, 3, 8).unwrap(), 75.0),
        notice("330600", "霖政办发〔2024〕20号", Date::day(2024, 5, 20).unwrap(), 70.0),
    ]
}

/// How two documents and one that is not held hang together.
fn descent(notices: &[Notice; 2]) -> Lineage {
    let [parent, child] = notices;
    let edge = |from: &Notice, to: &str| Reference {
        from: from.id.clone(),
        to: to.into(),
        relation: CitationRelation::BasedOn,
        words: String::new(),
        span: None,
    };
    let stub = Stub {
        id: "x/国办发〔2023〕9号".into(),
        number: "国办发〔2023〕9号".into(),
        issuer: "国务院办公厅".into(),
        ..Stub::default()
    };
    let references = References {
        edges: vec![edge(child, &parent.id), edge(parent, &stub.id)],
        stubs: [(stub.id.clone(), stub)].into(),
    };
    Lineage::of(notices, &references)
}

#[test]
fn one_body_and_its_tasks() {
    let (network, captions) = part_of_plan(3);
    let body = network.departments().find(|(_, body)| body.label == "哈尔滨市卫生和计划生育委员会").unwrap().1;
    let mut notice = Notice::default();
    let dated = network.tasks().next().unwrap().1.id.clone();
    let date = Limit {
        relation: DeadlineRelation::By,
        date: Date::day(2017, 9, 30),
        duration: String::new(),
        words: String::new(),
        span: None,
    };
    notice.tasks.push(Mandate { id: dated, deadlines: vec![date], ..Mandate::default() });
    let picture = super::body(&network, body, &[notice], &captions, &options(Lang::En)).unwrap();
    insta::assert_snapshot!(own(&picture.dot), @r##"
      subgraph left {
        rank="same"
        pt10[label="" shape="point" style="invis" width="0.01" height="0.01"]
        pt8[label="" shape="point" style="invis" width="0.01" height="0.01"]
        subject[label="哈尔滨市卫生和\n计划生育委员会\nlead 1\nco-lead 1" fontsize="13" tooltip="哈尔滨市卫生和计划生育委员会" shape="box" style="filled,bold" color="#08306b" fillcolor="#cfdcec"]
        pt10 -> pt8 [style="invis" weight="1"]
        pt8 -> subject [style="invis" weight="1"]
      }
      pt10 -> t10 [style="invis" weight="0"]
      pt8 -> t8 [style="invis" weight="0"]
      subject -> t8 [style="invis" weight="1"]
      subgraph cluster_r0 {
        label="lead\l"
        labeljust="l"
        style="filled"
        tooltip="lead"
        color="#aab6c2"
        fillcolor="#f4f6f8"
        fontsize="12"
        t10[label="(3) 试行按病种付费，覆盖病种达到120个\l" width="5.7" tooltip="(3) 试行按病种付费，覆盖病种达到120个" shape="box" style="filled,rounded" color="#777777" fillcolor="white"]
      }
      subgraph cluster_r1 {
        label="co-lead\l"
        labeljust="l"
        style="filled"
        tooltip="co-lead"
        color="#aab6c2"
        fillcolor="#f4f6f8"
        fontsize="12"
        t8[label="(1) 每个区、县（市）办好1个运转顺畅的“医联体”\ldue 2017-09-30\l" width="5.7" tooltip="(1) 每个区、县（市）办好1个运转顺畅的“医联体”" shape="box" style="filled,rounded" color="#777777" fillcolor="white"]
      }
      subgraph right {
        rank="same"
        d4[label="哈尔滨市教育局" width="2.5" tooltip="哈尔滨市教育局" shape="box" style="filled,bold" color="#333333" fillcolor="#e8eef6"]
        d2[label="哈尔滨市人力资源和社会保障局" width="2.5" tooltip="哈尔滨市人力资源和社会保障局" shape="box" style="filled,bold" color="#333333" fillcolor="#e8eef6"]
        d5[label="哈尔滨市商务局" width="2.5" tooltip="哈尔滨市商务局" shape="box" style="filled,bold" color="#333333" fillcolor="#e8eef6"]
        d7[label="各区、县（市）人民政府" width="2.5" tooltip="各区、县（市）人民政府" shape="box" style="filled,dashed,rounded" color="#333333" fillcolor="#f2f2f2"]
        d4 -> d2 [style="invis" weight="1"]
        d2 -> d5 [style="invis" weight="1"]
        d5 -> d7 [style="invis" weight="1"]
      }
      t10 -> d4 [style="invis" weight="1"]
      t10 -> d2 [style="invis" weight="1"]
      t8 -> d5 [style="invis" weight="1"]
      t8 -> d7 [style="invis" weight="1"]
      subject -> t10 [style="solid" penwidth="2.4" color="#08306b" arrowhead="normal" tailport="e" headport="w" constraint="false" tooltip="哈尔滨市卫生和计划生育委员会 lead (3)"]
      subject -> t8 [style="solid" penwidth="1.3" color="#08519c" arrowhead="onormal" tailport="e" headport="w" constraint="false" tooltip="哈尔滨市卫生和计划生育委员会 co-lead (1)"]
      d2 -> t8 [style="dotted" penwidth="1.2" color="#6b6b6b" arrowhead="odot" tailport="w" headport="e" constraint="false" tooltip="哈尔滨市人力资源和社会保障局 supporting (1)"]
      d4 -> t10 [style="dotted" penwidth="1.2" color="#6b6b6b" arrowhead="odot" tailport="w" headport="e" constraint="false" tooltip="哈尔滨市教育局 supporting (3)"]
      d7 -> t8 [style="dotted" penwidth="1.2" color="#6b6b6b" arrowhead="odot" tailport="w" headport="e" constraint="false" tooltip="各区、县（市）人民政府 supporting (1)"]
      d5 -> t8 [style="solid" penwidth="1.3" color="#08519c" arrowhead="onormal" tailport="w" headport="e" constraint="false" tooltip="哈尔滨市商务局 co-lead (1)"]
    }
    "##);
}

#[test]
fn who_works_with_whom() {
    let (network, captions) = part_of_plan(4);
    let links = measured(&network, false);
    let picture = overlap(&view(&network, &links), &captions, &options(Lang::Zh)).unwrap();
    insta::assert_snapshot!(own(&picture.dot), @r##"
      d0[label="哈尔滨市卫生和\n计划生育委员会\n2 项任务，3 个部门" pos="1.47,0.00!" width="1.9" tooltip="哈尔滨市卫生和计划生育委员会\n2 项任务，3 个部门\n社群 1" shape="box" style="filled,bold" color="#08306b" fillcolor="#b9cde4"]
      d1[label="哈尔滨市人力资\n源和社会保障局\n1 项任务，2 个部门" pos="-1.47,0.00!" width="1.9" tooltip="哈尔滨市人力资源和社会保障局\n1 项任务，2 个部门\n社群 1" shape="box" style="filled,bold" color="#08306b" fillcolor="#b9cde4"]
      d2[label="哈尔滨市医疗保障局\n1 项任务，2 个部门" pos="-4.30,-0.98!" width="1.9" tooltip="哈尔滨市医疗保障局\n1 项任务，2 个部门\n社群 2" shape="box" style="filled,rounded" color="#777777" fillcolor="#ffffff"]
      d4[label="哈尔滨市机构编\n制委员会办公室\n1 项任务，2 个部门" pos="0.57,-2.54!" width="1.9" tooltip="哈尔滨市机构编制委员会办公室\n1 项任务，2 个部门\n社群 2" shape="box" style="filled,rounded" color="#777777" fillcolor="#ffffff"]
      d5[label="哈尔滨市财政局\n2 项任务，2 个部门" pos="4.59,-0.42!" width="1.9" tooltip="哈尔滨市财政局\n2 项任务，2 个部门\n社群 2" shape="box" style="filled,rounded" color="#777777" fillcolor="#ffffff"]
      d6[label="哈尔滨市教育局\n1 项任务，1 个部门" pos="2.19,2.26!" width="1.9" tooltip="哈尔滨市教育局\n1 项任务，1 个部门\n社群 1" shape="box" style="filled,rounded" color="#777777" fillcolor="#ffffff"]
      d3[label="哈尔滨市商务局\n1 项任务，2 个部门" pos="-3.29,1.81!" width="1.9" tooltip="哈尔滨市商务局\n1 项任务，2 个部门\n社群 1" shape="box" style="filled,rounded" color="#777777" fillcolor="#ffffff"]
      d1 -> d3 [penwidth="1.0" dir="back" color="#5b6b7a" tooltip="哈尔滨市人力资源和社会保障局 – 哈尔滨市商务局：1 项共同任务"]
      d4 -> d2 [penwidth="1.0" dir="back" color="#5b6b7a" tooltip="哈尔滨市机构编制委员会办公室 – 哈尔滨市医疗保障局：1 项共同任务"]
      d0 -> d1 [penwidth="1.0" dir="forward" color="#5b6b7a" tooltip="哈尔滨市卫生和计划生育委员会 – 哈尔滨市人力资源和社会保障局：1 项共同任务"]
      d0 -> d3 [penwidth="1.0" dir="none" color="#5b6b7a" tooltip="哈尔滨市卫生和计划生育委员会 – 哈尔滨市商务局：1 项共同任务"]
      d0 -> d6 [penwidth="1.0" dir="forward" color="#5b6b7a" tooltip="哈尔滨市卫生和计划生育委员会 – 哈尔滨市教育局：1 项共同任务"]
      d5 -> d2 [penwidth="1.0" dir="back" color="#5b6b7a" tooltip="哈尔滨市财政局 – 哈尔滨市医疗保障局：1 项共同任务"]
      d5 -> d4 [penwidth="1.0" dir="none" color="#5b6b7a" tooltip="哈尔滨市财政局 – 哈尔滨市机构编制委员会办公室：1 项共同任务"]
    }
    "##);
}

#[test]
fn what_became_of_the_tasks_above() {
    let [parent, child] = pair();
    let picture = inherit(&compared(&parent, &child, &[]), &options(Lang::En)).unwrap();
    insta::assert_snapshot!(own(&picture.dot), @r##"
      subgraph left {
        rank="same"
        a0[label="(一) 做实家庭医生\"签约\"服务，重点人\l群签约率达到要求，落实签约服务费政策。\lcarried\l△ figure loosened: 重点人群<签约率> ≥75% → ≥70%\l" width="5.7" tooltip="(一) 做实家庭医生\"签约\"服务，重点人群签约率达到要求，落实签约服务费政策。" shape="box" style="filled,rounded" color="#777777" fillcolor="white"]
        a1[label="(二) 建设省级区域医疗中心，完善检查检验结果互认制度。\l✗ missing\l" width="5.7" tooltip="(二) 建设省级区域医疗中心，完善检查检验结果互认制度。" shape="box" style="filled,rounded,dashed,bold" color="#b2182b" fillcolor="#fdf1f1"]
        a0 -> a1 [style="invis" weight="1"]
      }
      subgraph right {
        rank="same"
        b0[label="(一) 做实家庭医生\"签约\"服务，重点人\l群签约率达到要求，落实签约服务费政策。\l" width="5.7" tooltip="(一) 做实家庭医生\"签约\"服务，重点人群签约率达到要求，落实签约服务费政策。" shape="box" style="filled,rounded" color="#777777" fillcolor="white"]
        b1[label="(二) 开展残疾预防， 扩大康复救助范围。\lnew below\l" width="5.7" tooltip="(二) 开展残疾预防，\n扩大康复救助范围。" shape="box" style="filled,rounded,dotted" color="#6b6b6b" fillcolor="#f2f2f2"]
        b0 -> b1 [style="invis" weight="1"]
      }
      a0 -> b0 [style="invis" weight="0"]
      a0 -> b0 [style="solid" penwidth="3" color="#a6480a" arrowhead="vee" tailport="e" headport="w" tooltip="(一) → (一) carried 0.98"]
    }
    "##);
}

#[test]
fn documents_up_and_down_the_levels() {
    let notices = pair();
    let lineage = descent(&notices);
    let lines = lineage.lines.iter().map(|line| (1, line)).collect();
    let pairs = vec![compared(&notices[0], &notices[1], &[])];
    let all = Several { outlines: &notices, lineage: &lineage, lines, pairs, root: None, succession: None };
    let picture = super::lineage(&all, Some(&notices[1]), &options(Lang::En)).unwrap();
    insta::assert_snapshot!(own(&picture.dot), @r##"
      subgraph level1 {
        rank="same"
        l1[label="state" shape="plaintext" fontsize="14" fillcolor="none"]
        n2[label="国办发〔2023〕9号\n(not held)" width="2.9" tooltip="国办发〔2023〕9号" shape="note" style="filled,dashed" color="#6b6b6b" fillcolor="white"]
        l1 -> n2 [style="invis" weight="0"]
      }
      subgraph level2 {
        rank="same"
        l2[label="province" shape="plaintext" fontsize="14" fillcolor="none"]
        n0[label="关于印发浙江省医改任务的通知\n沄政办发〔2024〕12号\n2024-03-08" width="2.9" tooltip="关于印发浙江省医改任务的通知" shape="note" style="filled" color="#5b4a1f" fillcolor="#f7f3e6"]
        l2 -> n0 [style="invis" weight="0"]
      }
      subgraph level3 {
        rank="same"
        l3[label="city" shape="plaintext" fontsize="14" fillcolor="none"]
        n1[label="关于印发绍兴市医改任务的通知\n霖政办发〔2024〕20号\n2024-05-20" width="2.9" tooltip="关于印发绍兴市医改任务的通知" shape="box" style="filled,bold" color="#08306b" fillcolor="#cfdcec"]
        l3 -> n1 [style="invis" weight="0"]
      }
      l1 -> l2 [style="invis" weight="1"]
      l2 -> l3 [style="invis" weight="1"]
      n0 -> n1 [style="solid" penwidth="1.4" color="#333333" arrowhead="normal" label=<<table border="0" cellborder="0" cellspacing="0" cellpadding="0" bgcolor="#ffffff"><tr><td>based-on</td></tr><tr><td>1/2</td></tr></table>> tooltip="关于印发浙江省医改任务的通知 → 关于印发绍兴市医改任务的通知 based-on"]
      n2 -> n0 [style="solid" penwidth="1.4" color="#333333" arrowhead="normal" label=<<table border="0" cellborder="0" cellspacing="0" cellpadding="0" bgcolor="#ffffff"><tr><td>based-on</td></tr></table>> tooltip="国办发〔2023〕9号 → 关于印发浙江省医改任务的通知 based-on"]
    }
    "##);
}

#[test]
fn one_task_and_what_is_around_it() {
    let notices = pair();
    let lineage = descent(&notices);
    let lines = lineage.lines.iter().map(|line| (1, line)).collect();
    let pairs = vec![compared(&notices[0], &notices[1], &[])];
    let above = Several { outlines: &notices, lineage: &lineage, lines, pairs, root: None, succession: None };
    let subject = Subject { notice: &notices[1], task: &notices[1].tasks[0], above: &above };
    let link = |iri: &str| iri.strip_prefix(crate::iri::BASE).map(|rest| format!("http://localhost/{rest}?a=1&b=2"));
    let options = Options { link: &link, ..options(Lang::Zh) };
    let picture = task(subject, &Captions::new(), &options).unwrap();
    insta::assert_snapshot!(own(&picture.dot), @r##"
      subject[label="(一) 做实家庭医生\"签约\"服务，重点人\l群签约率达到要求，落实签约服务费政策。\l" width="4" fontsize="12" tooltip="(一) 做实家庭医生\"签约\"服务，重点人群签约率达到要求，落实签约服务费政策。" shape="box" style="filled,bold" color="#08306b" fillcolor="#cfdcec" URL="http://localhost/document/霖政办发〔2024〕20号/task/(一)?a=1&amp;b=2"]
      subgraph left {
        rank="same"
        x0[label="《沄政办发〔2024〕12号》\n(一) 做实家庭医生\"签约\"服务，重点人\n群签约率达到要求，落实签约服务费政策。" width="3.2" tooltip="(一) 做实家庭医生\"签约\"服务，重点人群签约率达到要求，落实签约服务费政策。\n0.98" shape="box" style="filled,rounded" color="#777777" fillcolor="white" URL="http://localhost/document/沄政办发〔2024〕12号/task/(一)?a=1&amp;b=2"]
        x1[label="绍兴市卫生健康委员会\n（市卫生健康委）\n牵头" width="3.2" tooltip="绍兴市卫生健康委员会" shape="box" style="filled,bold" color="#333333" fillcolor="#e8eef6" URL="http://localhost/organisation/绍兴市卫生健康委员会?a=1&amp;b=2"]
        x0 -> x1 [style="invis" weight="1"]
      }
      x0 -> subject [style="solid" penwidth="1.4" color="#08519c" arrowhead="normal" tailport="e" tooltip="承接"]
      x1 -> subject [style="solid" penwidth="2.4" color="#08306b" arrowhead="normal" tailport="e" tooltip="牵头"]
      subgraph right {
        rank="same"
        x2[label="重点人群<签约率> ≥70%" width="3.2" tooltip="重点人群<签约率> ≥70%" shape="box" style="filled,diagonals" color="#3f6b3f" fillcolor="#eef5ec"]
        x3[label="时限 2024-12-31\n年底前" width="3.2" tooltip="年底前" shape="tab" style="filled" color="#5b3f6b" fillcolor="#f3eef6"]
        x2 -> x3 [style="invis" weight="1"]
      }
      subject -> x2 [style="solid" penwidth="0.8" color="#777777" arrowhead="none" headport="w" tooltip=""]
      subject -> x3 [style="solid" penwidth="0.8" color="#777777" arrowhead="none" headport="w" tooltip=""]
    }
    "##);
}

#[test]
fn a_body_through_the_reforms() {
    let place = Place::of_code("330600").unwrap();
    let kind = Knowledge::shipped().bodies.by_key("health.wsjkwyh.pcx").unwrap();
    let department = Department::of(&established(kind, &place, MatchBasis::Prefix));
    let picture = reform(&profile(&Network::default(), &department), &options(Lang::Zh)).unwrap();
    let dot = &picture.dot;
    for words in ["绍兴市卫生局", "绍兴市卫生和计划生育委员会", "绍兴市医疗保障局", "职能划转", "label=\"2018\""]
    {
        assert!(dot.contains(words), "{words}: {dot}");
    }
    // the whole work passes in full lines, one function in dashes
    let drawn = |style: &str| dot.lines().filter(|line| line.contains(" -> ") && line.contains(style)).count();
    assert!(drawn("style=\"solid\"") >= 4 && drawn("style=\"dashed\"") >= 4, "{dot}");
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
