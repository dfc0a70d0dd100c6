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
        "全面推开城市公立医院综合改革，取消药品加成（中药饮片除外），建立科学补偿机制",
        "推进“医联体”建设，每个区、县（市）至少建成1个有明显成效的医联体",
        "落实政府对符合区域卫生规划公立医院的投入政策",
        "开展按病种付费改革试点，病种不少于100个",
        "城乡居民医保财政补助标准提高到每人每年450元",
        "家庭医生签约服务覆盖率达到30%以上，重点人群达到60%以上",
        "实行药品采购“两票制”",
        "加强全科医生培养，新增住院医师规范化培训2000名",
    ];
    let headings =
        ["一、深化公立医院改革", "二、完善全民医保体系", "三、健全药品供应保障制度", "四、推动建立分级诊疗制度"];
    let mut network = Network::default();
    let nodes: Vec<_> = bodies
        .iter()
        .map(|label| {
            let collective = label.starts_with('各');
            let (id, label) = (format!("o/{label}"), (*label).to_owned());
            network.graph.add_node(Node::Department(Department { id, label, collective, function: None }))
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
                deadlines: 0,
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
