use super::*;
use crate::network::{Node, Party};

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
fn quotes_backslashes_and_line_feeds_are_escaped() {
    assert_eq!(quoted("a\"b\\c\nd\u{1}e&lt;"), r#""a\"b\\c\nd e&amp;lt;""#);
    assert_eq!(quoted(&left("一\n二")), r#""一\l二\l""#);
}

#[test]
fn a_small_diagram() {
    let dot = owners(&awkward(), &BTreeMap::new(), Lang::En);
    let body: Vec<&str> = dot.lines().skip_while(|line| !line.contains("subgraph bodies")).collect();
    insta::assert_snapshot!(body.join("\n"), @r##"
      subgraph bodies {
        rank="same"
        p1[label="" shape="point" style="invis" width="0.01" height="0.01"]
        p2[label="" shape="point" style="invis" width="0.01" height="0.01"]
        d0[label="\"a\\b\" 局\nleads 1 of 1" shape="box" width="2.5" style="filled,bold" fillcolor="#e8eef6" tooltip="\"a\\b\" 局"]
        p1 -> p2 [style="invis" weight="1"]
        p2 -> d0 [style="invis" weight="1"]
      }
      p1 -> t1 [style="invis" weight="0"]
      p2 -> t2 [style="invis" weight="0"]
      d0 -> t2 [style="invis" weight="1"]
      subgraph cluster_h1 {
        label="一、\"总\"\\\l"
        labeljust="l"
        style="filled"
        tooltip="一、\"总\"\\"
        color="#aab6c2"
        fillcolor="#f4f6f8"
        fontsize="12"
        t1[label="(1) \"x\" -> {y}\\\\n ;\l" shape="box" width="3.7" style="filled,rounded" color="#777777" tooltip="(1) \"x\" -> {y}\\\\n\n;"]
        t2[label="(2) <b>z</b>\\\l(no responsible body)\l" shape="box" width="3.7" style="filled,rounded,dashed" color="#b2182b" tooltip="(2) <b>z</b>\\"]
      }
      d0 -> t1 [style="solid" penwidth="2.4" color="#08306b" tailport="e" headport="w" constraint="false" tooltip="\"a\\b\" 局 lead (1)"]
    }
    "##);
}

#[test]
fn graphviz_reads_awkward_words() {
    match crate::render::graphviz::draw(&owners(&awkward(), &BTreeMap::new(), Lang::Zh), "svg") {
        Ok(svg) => assert!(String::from_utf8_lossy(&svg).contains("没有写明责任单位")),
        Err(crate::render::graphviz::GraphvizError::Missing) => {}
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn an_empty_network_is_a_legend() {
    let dot = owners(&Network::default(), &BTreeMap::new(), Lang::Zh);
    assert!(dot.starts_with("digraph owners {") && dot.contains("cluster_legend") && dot.ends_with("}\n"));
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
        let found = clusters(&owners(&network, &captions, Lang::Zh));
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
    let plain = match crate::render::graphviz::draw(dot, "plain") {
        Ok(plain) => String::from_utf8(plain).unwrap(),
        Err(crate::render::graphviz::GraphvizError::Missing) => return None,
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
        let dot = owners(&network, &captions, Lang::Zh);
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
        let left = column('d').chain(column('l')).map(|node| node.1).fold(0.0, f64::max);
        assert!(column('t').all(|node| node.1 > left), "departments and legend left");
        let legend: Vec<&String> = column('l').map(|node| &node.0).collect();
        assert!(legend.len() == Role::ALL.len() && legend.is_sorted(), "{legend:?}");
    }
}

#[test]
fn the_same_network_gives_the_same_bytes() {
    let (network, captions) = plan(1);
    let dot = owners(&network, &captions, Lang::Zh);
    assert_eq!(dot, owners(&plan(1).0, &captions, Lang::Zh));
    if let Ok(path) = std::env::var("ZEREN_LOOK") {
        std::fs::write(format!("{path}/one.dot"), &dot).unwrap();
        std::fs::write(format!("{path}/two.dot"), owners(&plan(2).0, &captions, Lang::En)).unwrap();
        let top = crate::analysis::narrow(&network, None, None, Some(4));
        std::fs::write(format!("{path}/top.dot"), owners(&top, &captions, Lang::En)).unwrap();
    }
}
