//! The projection to the network.

use zeren::extract::Role;
use zeren::network::{Network, Node};
use zeren::query::{Filter, project};

use super::sample_store;

fn network(filter: &Filter) -> Network {
    let (_dir, store) = sample_store();
    project(&store, filter).unwrap()
}

#[test]
fn departments_and_tasks_come_in_order() {
    let network = network(&Filter::default());
    let departments: Vec<_> = network
        .departments()
        .map(|(_, body)| (body.label.as_str(), body.collective, body.function.as_deref()))
        .collect();
    assert_eq!(
        departments,
        [
            ("云川市卫生健康委员会", false, Some("health")),
            ("云川市各县(区)人民政府", true, None),
            ("云川市教育局", false, Some("education")),
            ("云川市财政局", false, Some("finance")),
            ("霁省卫生健康委员会", false, Some("health")),
        ]
    );
    let tasks: Vec<_> = network.tasks().map(|(_, task)| task).collect();
    assert_eq!(tasks.iter().map(|task| task.seq).collect::<Vec<_>>(), [1, 2, 3, 4, 5, 1]);
    assert_eq!(tasks[2].path, ["二、强化保障", "(一)经费"]);
    assert_eq!((tasks[0].indicators, tasks[0].deadlines), (1, 1));
    assert_eq!((tasks[1].indicators, tasks[1].deadlines), (0, 2));
    assert_eq!(network.graph.edge_count(), 9);
}

#[test]
fn edges_lead_from_the_body_to_the_task() {
    let network = network(&Filter::default());
    for edge in network.graph.edge_indices() {
        let (from, to) = network.graph.edge_endpoints(edge).unwrap();
        assert!(matches!(network.graph[from], Node::Department(_)));
        assert!(matches!(network.graph[to], Node::Task(_)));
    }
    let (insurance, _) = network.tasks().find(|(_, task)| task.label == "(二)").unwrap();
    let mut parties: Vec<_> = network
        .graph
        .edges_directed(insurance, petgraph::Direction::Incoming)
        .map(|edge| (edge.weight().rank, edge.weight().role, edge.weight().confidence))
        .collect();
    parties.sort_by_key(|party| party.0);
    assert_eq!(parties, [(1, Role::CoLead, 0.99), (2, Role::CoLead, 0.99), (3, Role::Supporting, 0.85)]);
}

#[test]
fn filters_choose_documents() {
    let of = |documents: &[&str], places: &[&str], years: &[i16]| {
        let owned = |list: &[&str]| list.iter().map(|&item| item.to_owned()).collect();
        let filter = Filter { documents: owned(documents), jurisdictions: owned(places), years: years.to_vec() };
        network(&filter).tasks().count()
    };
    for document in
        ["霁政发[2030]88号", "ji-2030.html", "健康霁省", "https://w3id.org/zeren/document/霁政发〔2030〕88号"]
    {
        assert_eq!(of(&[document], &[], &[]), 1, "{document}");
    }
    assert_eq!(of(&["JI-2030"], &[], &[]), 1, "a part of a file name names its document");
    assert_eq!((of(&[], &["990100"], &[]), of(&[], &["990000"], &[]), of(&[], &["99"], &[])), (5, 6, 0), "codes");
    assert_eq!(of(&[], &["云川"], &[]), 5);
    assert_eq!(of(&[], &["霁省"], &[]), 6, "a place stands for those inside it");
    assert_eq!(of(&["88"], &["霁省"], &[]), 1, "a part of a number names its document");
    assert_eq!(of(&[], &["霁省", "云川市"], &[2030, 2031]), 6);
    assert_eq!(of(&[], &["云川市"], &[2030]), 0);
    assert_eq!(of(&["", "没有"], &[""], &[]), 0);
    assert_eq!(network(&Filter { years: vec![1999], ..Filter::default() }).graph.node_count(), 0);
}
