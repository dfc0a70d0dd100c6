//! The owners diagram.

use super::super::owners::name;
use super::super::*;
use super::{awkward, drawn, long, options, own, plan};
use std::collections::BTreeMap;

use crate::network::{Network, Node};
use crate::render::graphviz::{self, GraphvizError};

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
