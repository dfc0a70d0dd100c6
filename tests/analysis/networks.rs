//! The measures beside those of NetworkX and igraph, which `networks.py` wrote to `networks.json`.

use serde_json::Value;
use zeren::analysis::overlap::{EXACT_WALK, Links, Sources, betweenness, overlap, project};
use zeren::extract::Role;
use zeren::network::Network;

use super::network;

fn graphs() -> Vec<Value> {
    let graphs: Value = serde_json::from_str(include_str!("networks.json")).unwrap();
    graphs.as_array().unwrap().clone()
}

fn name(number: &Value) -> String {
    format!("{:05}", number.as_u64().unwrap())
}

fn built(graph: &Value) -> Network {
    let party = |number: &Value| (name(number), Role::Responsible);
    let tasks = graph["tasks"].as_array().unwrap().iter();
    let tasks: Vec<Vec<(String, Role)>> =
        tasks.map(|task| task.as_array().unwrap().iter().map(party).collect()).collect();
    network(&tasks)
}

fn near(found: f64, expected: &Value, what: &str) {
    let expected = expected.as_f64().unwrap();
    assert!((found - expected).abs() < 1e-9, "{what}: {found}, not {expected}");
}

#[test]
fn every_measure_equals_that_of_the_libraries() {
    let graphs = graphs();
    assert!(graphs.len() >= 4);
    for graph in &graphs {
        let title = graph["name"].as_str().unwrap();
        let found = overlap(&built(graph), false);
        let figures = &found.figures;
        near(figures.density, &graph["density"], title);
        near(figures.degree_centralisation, &graph["degree_centralisation"], title);
        near(figures.betweenness_centralisation, &graph["betweenness_centralisation"], title);
        assert_eq!(figures.components, graph["components"], "{title}");
        for (index, body) in graph["departments"].as_array().unwrap().iter().enumerate() {
            let body = name(body);
            let one = found.departments.iter().find(|one| one.label == body).unwrap();
            let what = format!("{title}, {body}");
            assert_eq!(one.degree, graph["degree"][index], "{what}");
            assert_eq!(one.weighted_degree, graph["weighted_degree"][index], "{what}");
            assert_eq!(one.core, graph["core"][index], "{what}");
            near(one.betweenness, &graph["betweenness"][index], &what);
            near(one.closeness, &graph["closeness"][index], &what);
            near(one.eigenvector, &graph["eigenvector"][index], &what);
        }
        let mut edges: Vec<(String, String, u32)> =
            found.pairs.iter().map(|pair| (pair.a.1.clone(), pair.b.1.clone(), pair.tie.tasks)).collect();
        edges.sort();
        let expected: Vec<(String, String, u32)> = graph["edges"]
            .as_array()
            .unwrap()
            .iter()
            .map(|edge| (name(&edge[0]), name(&edge[1]), u32::try_from(edge[2].as_u64().unwrap()).unwrap()))
            .collect();
        assert_eq!(edges, expected, "{title}");
        let mut cuts: Vec<&str> = found.cuts.iter().map(|weak| weak.body.1.as_str()).collect();
        cuts.sort_unstable();
        assert_eq!(cuts, graph["cuts"].as_array().unwrap().iter().map(name).collect::<Vec<_>>(), "{title}");
    }
}

#[test]
fn communities_are_as_good_as_those_of_the_libraries_and_always_the_same() {
    for graph in graphs() {
        let network = built(&graph);
        let (found, again) = (overlap(&network, false), overlap(&network, false));
        let own = found.figures.modularity.unwrap();
        let of = |run: &str| graph["modularity"][run].as_f64().unwrap();
        // at random there are no communities to find: the best of forty runs is a matter of chance
        let expected = if graph["name"] == "random" { of("mean") } else { of("best") };
        assert!(own > expected - 1e-9, "{}: {own}, not {expected}", graph["name"]);
        assert_eq!(found, again);
    }
}

#[test]
fn a_sample_estimates_the_betweenness() {
    let graph = graphs().remove(1);
    let links = Links::of(&project(&built(&graph), false), |tie| tie.tasks);
    let all = Sources::within(&links, EXACT_WALK);
    assert!(all.exact);
    let exact = betweenness(&links, &all);
    let half = Sources { nodes: (0..u32::try_from(links.nodes()).unwrap()).step_by(2).collect(), exact: false };
    let estimate = betweenness(&links, &half);
    let error = exact.iter().zip(&estimate).map(|(one, other)| (one - other).abs()).fold(0.0, f64::max);
    assert!(error < 0.03, "{error}");
}
