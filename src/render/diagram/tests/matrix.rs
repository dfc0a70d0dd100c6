//! The owners diagram as a table.

use std::collections::BTreeMap;

use super::super::owners::name;
use super::super::*;
use super::{awkward, long, options, plan};
use crate::extract::Role;
use crate::network::{Department, Network, Node, Party};

/// The boxes of a table: name, and left, upper, right and lower side in points.
fn boxes(dot: &str) -> BTreeMap<String, [f64; 4]> {
    let value = |line: &str, key: &str| Some(line.split(&format!(" {key}=\"")).nth(1)?.split('"').next()?.to_owned());
    let own = dot.lines().filter_map(|line| {
        let line = line.trim();
        let id = line.split('[').next()?.to_owned();
        let (x, y) = value(line, "pos")?.split_once(',').map(|(x, y)| (x.parse::<f64>(), y.parse::<f64>()))?;
        let half = [value(line, "width")?, value(line, "height")?].map(|side| side.parse::<f64>().unwrap() * 36.0);
        let (x, y) = (x.unwrap(), -y.unwrap());
        Some((id, [x - half[0], y - half[1], x + half[0], y + half[1]]))
    });
    own.collect()
}

fn whole(network: &Network, captions: &Captions) -> String {
    owners(network, captions, &Options { sheet: Sheet::Whole, ..options(Lang::Zh) }).unwrap().dot
}

#[test]
fn a_mark_stands_where_row_and_column_meet() {
    for documents in [1, 2] {
        let (network, captions) = plan(documents);
        let dot = whole(&network, &captions);
        assert!(!dot.contains(" -> "), "no lines");
        let boxes = boxes(&dot);
        for edge in network.graph.edge_indices() {
            let (body, task) = network.graph.edge_endpoints(edge).unwrap();
            let mark = boxes[&format!("{}_{}", name(body, "m"), task.index())];
            let (row, column) = (boxes[&name(task, "t")], boxes[&name(body, "d")]);
            assert!(mark[1] >= row[1] && mark[3] <= row[3], "{mark:?} {row:?}");
            assert!(mark[0] >= column[0] - 0.01 && mark[2] <= column[2] + 0.01, "{mark:?} {column:?}");
        }
        assert_eq!(boxes.keys().filter(|id| id.starts_with('m')).count(), network.graph.edge_count());
    }
}

#[test]
fn rows_keep_the_order_of_the_document_and_do_not_overlap() {
    let (network, captions) = plan(2);
    let boxes = boxes(&whole(&network, &captions));
    let mut tasks: Vec<_> = network.tasks().collect();
    tasks.sort_by_key(|(_, task)| (&task.document, task.seq));
    let rows: Vec<[f64; 4]> = tasks.iter().map(|(index, _)| boxes[&name(*index, "t")]).collect();
    assert!(rows.windows(2).all(|pair| pair[0][3] <= pair[1][1] + 0.01), "{rows:?}");
    let columns: Vec<[f64; 4]> =
        network.departments().filter_map(|(index, _)| boxes.get(&name(index, "d")).copied()).collect();
    for (index, a) in columns.iter().enumerate() {
        assert!(columns.iter().skip(index + 1).all(|b| a[2] <= b[0] || b[2] <= a[0]), "{columns:?}");
        assert!(a[3] <= rows[0][1] && a[0] >= rows[0][2]);
    }
}

#[test]
fn few_lines_are_drawn_and_many_are_a_table() {
    let none = BTreeMap::new();
    assert!(whole(&awkward(), &none).contains(" -> "));
    let (network, captions) = long();
    let first = owners(&network, &captions, &options(Lang::En)).unwrap();
    assert!(!first.dot.contains(" -> ") && first.dot.contains("layout=\"nop\""));
    for words in ["▶ lead", "→ responsible", "tasks led", "no responsible body"] {
        assert!(first.dot.contains(words), "{words}");
    }
    // the last page too, though little is left on it: all pages of a picture look alike
    let last = Options { sheet: Sheet::Page(first.cut.pages), ..options(Lang::En) };
    assert!(!owners(&network, &captions, &last).unwrap().dot.contains(" -> "));
}

#[test]
fn more_departments_than_fit_take_more_pages() {
    let (mut network, captions) = long();
    let (task, _) = network.tasks().nth(1).unwrap();
    let one = owners(&network, &captions, &options(Lang::En)).unwrap().cut;
    for number in 0..20 {
        let label = format!("霖禾市第{number}局");
        let body = Department { id: format!("o/{number}"), label, ..Department::default() };
        let body = network.graph.add_node(Node::Department(body));
        network.graph.add_edge(body, task, Party { role: Role::Supporting, rank: 9, confidence: 1.0 });
    }
    let more = owners(&network, &captions, &options(Lang::En)).unwrap().cut;
    assert!(more.pages > one.pages && more.shown.end < one.shown.end, "{one:?} {more:?}");
}

#[test]
fn a_name_stays_within_its_column() {
    let (mut network, captions) = long();
    let (task, _) = network.tasks().next().unwrap();
    let awkward = ["各县、市、区、旗人民政府", "霖禾市财政局（国有资产监督管理委员会）", "CDC、BMI办公室"];
    for label in awkward {
        let body = Department { id: label.to_owned(), label: label.to_owned(), ..Department::default() };
        let body = network.graph.add_node(Node::Department(body));
        network.graph.add_edge(body, task, Party { role: Role::Lead, rank: 9, confidence: 1.0 });
    }
    let dot = whole(&network, &captions);
    let named = network.departments().filter_map(|(index, body)| {
        let line = dot.lines().find(|line| line.trim().starts_with(&format!("{}[", name(index, "d"))))?;
        Some((body, line.split("label=\"").nth(1)?.split('"').next()?.to_owned()))
    });
    let named: Vec<(&Department, String)> = named.collect();
    assert!(awkward.iter().all(|label| named.iter().any(|(body, _)| body.label == *label)), "{named:?}");
    for (body, label) in named {
        let lines: Vec<&str> = label.split("\\n").collect();
        assert!(lines.iter().all(|line| crate::render::cells(line) <= 4), "{}: {lines:?}", body.label);
        assert_eq!(lines.concat(), body.label);
    }
}
