//! The network of departments on examples that can be worked by hand.

use petgraph::algo::articulation_points::articulation_points;
use petgraph::graph::UnGraph;
use zeren::analysis::overlap::{Links, centre, common_tasks, contacts, cuts, overlap, shifts};
use zeren::extract::Role;

use super::network;

/// Tasks as text: `甲 牵头 乙 配合`.
fn tasks(lines: &[&str]) -> Vec<Vec<(String, Role)>> {
    let task = |line: &&str| {
        let words: Vec<&str> = line.split(' ').collect();
        words.chunks(2).map(|pair| (pair[0].to_owned(), Role::parse(pair[1]).unwrap())).collect()
    };
    lines.iter().map(task).collect()
}

fn example() -> zeren::network::Network {
    network(&tasks(&[
        "医保局 牵头 财政局 配合 卫健局 配合",
        "卫健局 牵头 财政局 配合",
        "卫健局 共同牵头 医保局 共同牵头",
        "财政局 负责 档案局 负责",
        "民政局 牵头",
    ]))
}

#[test]
fn pairs_say_who_leads_whom() {
    let network = example();
    let found = overlap(&network, false);
    let pairs: Vec<(&str, &str, u32, u32, u32, u32, f64)> = found
        .pairs
        .iter()
        .map(|pair| {
            let tie = pair.tie;
            (&*pair.a.1, &*pair.b.1, tie.tasks, tie.a_leads, tie.b_leads, tie.co_lead, pair.jaccard)
        })
        .collect();
    assert_eq!(
        pairs,
        [
            ("医保局", "卫健局", 2, 1, 0, 1, 2.0 / 3.0),
            ("卫健局", "财政局", 2, 1, 0, 0, 0.5),
            ("档案局", "财政局", 1, 0, 0, 0, 1.0 / 3.0),
            ("医保局", "财政局", 1, 1, 0, 0, 0.25),
        ]
    );
    let behind: Vec<&str> = common_tasks(&network, &found.pairs[1]).iter().map(|task| &*task.label).collect();
    assert_eq!(behind, ["1", "2"]);
    let health = found.departments.iter().find(|one| one.label == "卫健局").unwrap();
    assert_eq!((health.lead, health.co_lead, health.leads, health.led_by), (1, 1, 1, 1));
    assert!(found.only_co_leads().next().is_none());
}

#[test]
fn the_whole_is_measured() {
    let found = overlap(&example(), false);
    let figures = &found.figures;
    assert_eq!((figures.nodes, figures.edges, figures.components, figures.core), (5, 4, 2, 3));
    // degrees 3, 2, 2, 1, 0: (0 + 1 + 1 + 2 + 3) / (4 · 3)
    assert!((figures.density - 0.4).abs() < 1e-12 && (figures.degree_centralisation - 7.0 / 12.0).abs() < 1e-12);
    let order: Vec<(&str, bool, usize)> =
        found.departments.iter().map(|one| (&*one.label, one.central, one.core)).collect();
    assert_eq!(
        order,
        [("财政局", true, 2), ("卫健局", true, 2), ("医保局", true, 2), ("档案局", false, 1), ("民政局", false, 0)]
    );
    assert_eq!((found.cuts.len(), &*found.cuts[0].body.1), (1, "财政局"));
    assert_eq!(found.cuts[0].off, [["档案局"]]);
}

#[test]
fn whom_to_call_leads_first() {
    let network = example();
    let found = contacts(&network, &["o/财政局".to_owned()]);
    let calls: Vec<(&str, Role, Vec<&str>)> = found
        .iter()
        .map(|contact| {
            (&*contact.task.label, contact.role, contact.others.iter().map(|(body, _)| &*body.label).collect())
        })
        .collect();
    assert_eq!(
        calls,
        [
            ("1", Role::Supporting, vec!["医保局", "卫健局"]),
            ("2", Role::Supporting, vec!["卫健局"]),
            ("4", Role::Responsible, vec!["档案局"]),
        ]
    );
}

#[test]
fn doubtful_claims_are_left_out_to_see_what_moves() {
    let mut network = example();
    let doubtful = network.graph.edge_indices().nth(1).unwrap();
    network.graph[doubtful].confidence = 0.5;
    let all = overlap(&network, false);
    let found = shifts(&network, &all, false, 0.9);
    assert_eq!((found.claims, found.pairs), (1, 1), "财政局 is in task 1 with doubt, and with 医保局 only there");
    let finance = found.departments.iter().find(|shift| shift.label == "财政局").unwrap();
    assert_eq!((finance.degree, finance.moves()), ((2, 3), true));
    assert!(!shifts(&network, &all, false, 0.5).departments.iter().any(zeren::analysis::overlap::Shift::moves));
}

#[test]
fn nobody_works_with_anybody() {
    for lines in [&[][..], &["财政局 牵头"], &["财政局 牵头", "卫健局 牵头"]] {
        let found = overlap(&network(&tasks(lines)), false);
        assert_eq!((found.pairs.len(), found.figures.core, found.figures.modularity), (0, 0, None));
        assert!(found.departments.iter().all(|one| one.betweenness == 0.0 && one.closeness == 0.0));
        assert!([found.figures.density, found.figures.betweenness_centralisation].iter().all(|value| *value == 0.0));
    }
}

/// Graphs of growing density, each the same on every run.
fn scattered(seed: u32) -> UnGraph<(), ()> {
    let mut graph = UnGraph::default();
    let nodes: Vec<_> = (0..30).map(|_| graph.add_node(())).collect();
    let mut state = seed;
    for (index, &a) in nodes.iter().enumerate() {
        for &b in &nodes[index + 1..] {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            if state >> 16 < 1_000 * (seed + 1) {
                graph.add_edge(a, b, ());
            }
        }
    }
    graph
}

#[test]
fn cuts_are_the_articulation_points_and_say_what_falls_off() {
    for seed in 0..20 {
        let graph = scattered(seed);
        let links = Links::of(&graph, |()| 1);
        let found = cuts(&links);
        let mut points: Vec<usize> =
            articulation_points(&graph).into_iter().map(petgraph::graph::NodeIndex::index).collect();
        points.sort_unstable();
        let mut own: Vec<usize> = found.iter().map(|cut| cut.node).collect();
        own.sort_unstable();
        assert_eq!(own, points, "{seed}");
        for cut in &found {
            let mut left = graph.clone();
            left.retain_edges(|graph, edge| {
                let (a, b) = graph.edge_endpoints(edge).unwrap();
                a.index() != cut.node && b.index() != cut.node
            });
            for part in &cut.off {
                let first = petgraph::graph::NodeIndex::new(part[0]);
                let mut walk = petgraph::visit::Bfs::new(&left, first);
                let mut reached: Vec<usize> =
                    std::iter::from_fn(|| walk.next(&left)).map(petgraph::graph::NodeIndex::index).collect();
                reached.sort_unstable();
                assert_eq!(&reached, part, "{seed}");
            }
        }
    }
}

#[test]
fn no_other_core_has_fewer_exceptions() {
    for seed in 0..20 {
        let graph = scattered(seed * 3);
        let links = Links::of(&graph, |()| 1);
        let names: Vec<String> = (0..links.nodes()).map(|node| format!("{node:02}")).collect();
        let core = centre(&links, &names.iter().map(String::as_str).collect::<Vec<_>>()).core;
        let exceptions = |core: &[bool]| {
            let mut count = 0;
            for a in 0..core.len() {
                for b in a + 1..core.len() {
                    let linked = links.neighbours(a).contains(&u32::try_from(b).unwrap());
                    count += usize::from((core[a] && core[b] && !linked) || (!core[a] && !core[b] && linked));
                }
            }
            count
        };
        let best = exceptions(&core);
        for node in 0..core.len() {
            for other in 0..core.len() {
                let mut changed = core.clone();
                changed[node] = !changed[node];
                changed[other] = !changed[other];
                assert!(exceptions(&changed) >= best, "{seed}");
            }
        }
    }
}
