//! Plans against trying all of them, and proofs against a check of their own.

use std::collections::BTreeMap;

use petgraph::visit::EdgeRef;
use proptest::prelude::*;

use super::*;
use crate::network::Party;

/// A network of so many departments; each task has a list of departments with roles, and its quantities.
fn network(bodies: usize, tasks: &[(Vec<(usize, Role)>, usize)]) -> Network {
    let mut network = Network::default();
    let department = |index| {
        let (id, label) = (format!("o/{index}"), format!("部门{index}"));
        let function = Some(format!("f{}", index % 2));
        Node::Department(Department { id, label, function, ..Department::default() })
    };
    let bodies: Vec<_> = (0..bodies).map(|index| network.graph.add_node(department(index))).collect();
    for (index, (parties, indicators)) in tasks.iter().enumerate() {
        let (id, label, indicators) = (format!("t/{index}"), format!("({})", index + 1), *indicators);
        let task = TaskNode { id, label, seq: index + 1, indicators, ..TaskNode::default() };
        let task = network.graph.add_node(Node::Task(task));
        for (rank, &(body, role)) in parties.iter().enumerate() {
            network.graph.add_edge(bodies[body], task, Party { role, rank: rank + 1, confidence: 1.0 });
        }
    }
    network
}

/// What trying all plans finds: for every number of moves the lowest peak, and of the best plan the moves and what they bind.
struct Tried {
    frontier: Vec<f64>,
    moves: usize,
    binding: usize,
}

/// Tries all sets of permitted exchanges.
fn try_all(network: &Network, options: &Options) -> Tried {
    let mut choices: Vec<Vec<Vec<(String, f64)>>> = Vec::new();
    let mut bindings = Vec::new();
    let mut loads: BTreeMap<String, f64> = BTreeMap::new();
    for (node, task) in network.tasks() {
        let mut parties = Vec::new();
        for edge in network.graph.edges_directed(node, petgraph::Direction::Incoming) {
            let Node::Department(body) = &network.graph[edge.source()] else { continue };
            parties.push((body.clone(), edge.weight().role));
            *loads.entry(body.id.clone()).or_default() += options.weights.of(edge.weight().role);
        }
        let mut exchanges = Vec::new();
        for (from, role) in parties.iter().filter(|(_, role)| role.leads()) {
            if options.fixed.contains_key(&task.id) {
                continue;
            }
            for (to, takes) in parties.iter().filter(|(_, takes)| takes > role) {
                let gain = options.weights.of(*role) - options.weights.of(*takes);
                exchanges.push((from.id.clone(), to.id.clone(), gain));
            }
            if options.eligible == Eligible::Function {
                for (_, to) in network.departments().filter(|(_, to)| to.function == from.function && to.id != from.id)
                {
                    let in_scope = network.graph.edge_references().any(
                        |edge| matches!(&network.graph[edge.source()], Node::Department(body) if body.id == to.id),
                    );
                    if in_scope && !parties.iter().any(|(body, _)| body.id == to.id) {
                        exchanges.push((from.id.clone(), to.id.clone(), options.weights.of(*role)));
                    }
                }
            }
        }
        // all sets of exchanges of the task that share no body
        let mut sets: Vec<(usize, Vec<(String, f64)>)> = vec![(0, Vec::new())];
        for set in 1_u32..1 << exchanges.len() {
            let chosen: Vec<_> =
                (0..exchanges.len()).filter(|index| set >> index & 1 == 1).map(|index| &exchanges[index]).collect();
            let mut bodies: Vec<&str> = chosen.iter().flat_map(|(from, to, _)| [from.as_str(), to.as_str()]).collect();
            bodies.sort_unstable();
            if bodies.windows(2).all(|pair| pair[0] != pair[1]) {
                let change = |(from, to, gain): &&(String, String, f64)| [(from.clone(), -gain), (to.clone(), *gain)];
                sets.push((chosen.len(), chosen.iter().flat_map(change).collect()));
            }
        }
        bindings.push(task.indicators + task.deadlines);
        choices.push(sets.into_iter().map(|(_, changes)| changes).collect());
    }
    let mut best: BTreeMap<usize, (f64, usize)> = BTreeMap::new();
    let mut stack = vec![(0, loads, 0, 0)];
    while let Some((task, loads, moves, binding)) = stack.pop() {
        if task == choices.len() {
            let peak = loads.values().copied().fold(0.0, f64::max);
            let place = best.entry(moves).or_insert((f64::MAX, usize::MAX));
            if peak < place.0 - 1e-9 || (peak < place.0 + 1e-9 && binding < place.1) {
                *place = (peak, binding);
            }
            continue;
        }
        for changes in &choices[task] {
            let mut loads = loads.clone();
            for (body, change) in changes {
                *loads.get_mut(body).unwrap() += change;
            }
            let count = changes.len() / 2;
            stack.push((task + 1, loads, moves + count, binding + count * bindings[task]));
        }
    }
    let lowest = best.values().map(|(peak, _)| *peak).fold(f64::MAX, f64::min);
    let (&moves, &(_, binding)) = best.iter().find(|(_, (peak, _))| *peak < lowest + 1e-9).unwrap();
    let peak = |limit: usize| {
        best.iter().filter(|(moves, _)| **moves <= limit).map(|(_, (peak, _))| *peak).fold(f64::MAX, f64::min)
    };
    Tried { frontier: (0..=moves).map(peak).collect(), moves, binding }
}

/// Checks weights by what they say: no plan brings the weighted mean of the loads below a bound that rounds up to the peak.
fn holds(network: &Network, options: &Options, weights: &[(String, u64)], peak: f64) -> bool {
    let weight = |id: &str| {
        weights
            .iter()
            .find(|(known, _)| known == id)
            .map_or(0.0, |(_, weight)| f64::from(u32::try_from(*weight).unwrap()))
    };
    let mut sum = 0.0;
    let mut steps = Vec::new();
    for (node, task) in network.tasks() {
        let edges: Vec<_> = network.graph.edges_directed(node, petgraph::Direction::Incoming).collect();
        let id = |edge: &petgraph::graph::EdgeReference<'_, Party>| match &network.graph[edge.source()] {
            Node::Department(body) => body.id.clone(),
            Node::Task(task) => task.id.clone(),
        };
        for edge in &edges {
            let own = options.weights.of(edge.weight().role);
            sum += weight(&id(edge)) * own;
            if edge.weight().role.leads() && !options.fixed.contains_key(&task.id) {
                let others = edges.iter().filter(|other| other.weight().role > edge.weight().role);
                let relief = |other: &petgraph::graph::EdgeReference<'_, Party>| {
                    let gain = own - options.weights.of(other.weight().role);
                    (gain * (weight(&id(edge)) - weight(&id(other))), gain)
                };
                let reliefs: Vec<(f64, f64)> = others.map(relief).collect();
                steps.extend(reliefs.iter().map(|(_, gain)| gain.abs()));
                sum -= reliefs.iter().map(|(relief, _)| *relief).fold(0.0, f64::max);
            }
        }
    }
    let total: f64 = weights.iter().map(|(id, _)| weight(id)).sum();
    // loads move by steps of which none is smaller than this
    let step = steps.into_iter().filter(|step| *step > 0.0).fold(f64::MAX, f64::min);
    sum / total > peak - step - 1e-9 && total > 0.0
}

fn agrees(network: &Network, options: &Options) {
    let (result, tried) = (balance(network, options), try_all(network, options));
    let near = |a: f64, b: f64| assert!((a - b).abs() < 1e-9, "{a} {b} {result:?}");
    let limit = options.max_moves.unwrap_or(usize::MAX).min(tried.moves);
    near(result.after.peak, tried.frontier[limit]);
    near(result.lower_bound, result.after.peak);
    assert!(result.fewest && result.least_binding && result.proof != Proof::Open);
    assert_eq!(result.frontier.len(), tried.frontier.len());
    for (point, peak) in result.frontier.iter().zip(&tried.frontier) {
        near(point.peak, *peak);
        assert!(point.proven);
    }
    if options.max_moves.is_none() {
        assert_eq!(result.moves.len(), tried.moves);
        let binding: usize = result.moves.iter().map(|one| one.task.indicators + one.task.deadlines).sum();
        assert_eq!(binding, tried.binding, "{result:?}");
    }
    if let (Proof::Weights(weights), Eligible::OnTask) = (&result.proof, options.eligible) {
        assert!(holds(network, options, weights, result.after.peak), "{result:?}");
    }
    let (before, after): (f64, f64) =
        result.departments.iter().fold((0.0, 0.0), |(before, after), line| (before + line.before, after + line.after));
    near(before, after);
}

/// Tasks of up to four bodies, of which the first one or two lead.
fn tasks() -> impl Strategy<Value = Vec<(Vec<(usize, Role)>, usize)>> {
    let task =
        (proptest::sample::subsequence((0..5).collect::<Vec<usize>>(), 1..5), 1_usize..3, any::<u8>(), 0_usize..4);
    let task = task.prop_flat_map(|(bodies, leads, roles, indicators)| {
        Just(bodies).prop_shuffle().prop_map(move |bodies| {
            let role = |index: usize| match (index < leads, leads.min(bodies.len())) {
                (true, 1) => Role::Lead,
                (true, _) => Role::CoLead,
                (false, _) if roles >> index & 1 == 1 => Role::Responsible,
                (false, _) => Role::Supporting,
            };
            (bodies.iter().enumerate().map(|(index, &body)| (body, role(index))).collect(), indicators)
        })
    });
    proptest::collection::vec(task, 0..7)
}

fn weights() -> impl Strategy<Value = Weights> {
    let some = |lead, co_lead, responsible, supporting| Weights { lead, co_lead, responsible, supporting };
    proptest::sample::select(vec![
        Weights::default(),
        some(1.0, 1.0, 0.7, 0.3),
        some(2.0, 1.0, 0.613, 0.271),
        some(1.0, 0.5, 0.0, 0.0),
        some(0.5, 0.5, 1.0, 0.25),
        some(0.0, 0.0, 0.0, 0.0),
    ])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn plans_are_the_best_of_all(
        tasks in tasks(),
        weights in weights(),
        max_moves in proptest::option::of(0_usize..4),
        function in any::<bool>(),
        keep in proptest::option::of(0_usize..6),
    ) {
        let fixed = keep.map(|task| (format!("t/{task}"), Reason::Kept)).into_iter().collect();
        let eligible = if function && tasks.len() < 5 { Eligible::Function } else { Eligible::OnTask };
        agrees(&network(5, &tasks), &Options { weights, eligible, max_moves, fixed });
    }
}

/// One body leads five tasks; two others support all, a fourth is responsible in two of them.
fn uneven() -> Network {
    let lead = |others: &[(usize, Role)], indicators| {
        ([(0, Role::Lead)].iter().chain(others).copied().collect::<Vec<_>>(), indicators)
    };
    let both = [(1, Role::Supporting), (2, Role::Supporting)];
    let three = [(1, Role::Supporting), (2, Role::Supporting), (3, Role::Responsible)];
    network(4, &[lead(&both, 3), lead(&both, 0), lead(&both, 1), lead(&three, 0), lead(&three, 2)])
}

#[test]
fn worked_by_hand() {
    // 5, 1.25, 1.25 and 1. One supporter takes 0.75, a second time 2.75 is too much for a peak below; the responsible one takes
    // 0.5 twice: 5 - 0.75 - 0.75 - 0.5 - 0.5 = 2.5. With three moves, 0.75 each, the first and a supporter come to 2.75
    let result = balance(&uneven(), &Options::default());
    assert_eq!((result.before.peak, result.after.peak, result.lower_bound), (5.0, 2.5, 2.5));
    let points: Vec<(usize, f64)> = result.frontier.iter().map(|point| (point.moves, point.peak)).collect();
    assert_eq!(points, [(0, 5.0), (1, 4.25), (2, 3.5), (3, 2.75), (4, 2.5)]);
    assert_eq!(result.proof, Proof::Program);
    assert_eq!(result.moves.len(), 4);
    assert_eq!(result.departments[0].gives, 4);
    agrees(&uneven(), &Options::default());
}

#[test]
fn the_least_binding_tasks_move() {
    let limited = balance(&uneven(), &Options { max_moves: Some(1), ..Options::default() });
    assert_eq!((limited.after.peak, limited.lower_bound), (4.25, 4.25));
    assert_eq!(limited.proof, Proof::Counting);
    assert_eq!(limited.moves[0].task.indicators, 0);
    assert_eq!(limited.moves[0].takes, Some(Role::Supporting));
}

/// The document above names the function of the even departments.
fn above() -> Reason {
    Reason::Parent { name: "省".into(), task: String::new(), functions: BTreeSet::from(["f0".to_owned()]) }
}

#[test]
fn of_several_leads_the_one_of_the_function_above_stays() {
    let task = (vec![(0, Role::CoLead), (1, Role::CoLead), (2, Role::Supporting), (3, Role::Supporting)], 0);
    let fixed = |why| Options { fixed: BTreeMap::from([("t/0".to_owned(), why)]), ..Options::default() };
    let result = balance(&network(4, std::slice::from_ref(&task)), &fixed(above()));
    assert_eq!((result.movable, result.fixed.len(), result.fixed[0].lead.id.as_str()), (1, 1, "o/0"));
    let other = Reason::Parent { name: "省".into(), task: String::new(), functions: BTreeSet::new() };
    assert_eq!(balance(&network(4, &[task]), &fixed(other)).movable, 0);
}

#[test]
fn kept_tasks_and_leads_without_others_stay() {
    let network = network(
        3,
        &[
            (vec![(0, Role::Lead), (1, Role::Supporting)], 0),
            (vec![(0, Role::Lead), (1, Role::Supporting)], 0),
            (vec![(0, Role::Lead)], 0),
            (vec![(0, Role::Lead), (2, Role::Supporting)], 0),
        ],
    );
    let fixed = BTreeMap::from([("t/3".to_owned(), Reason::Kept), ("t/1".to_owned(), above())]);
    let result = balance(&network, &Options { fixed, ..Options::default() });
    let why: Vec<(&str, &Reason)> = result.fixed.iter().map(|fixed| (fixed.label.as_str(), &fixed.why)).collect();
    assert_eq!(why, [("(2)", &above()), ("(3)", &Reason::NobodyElse), ("(4)", &Reason::Kept)]);
    assert_eq!((result.movable, result.moves.len(), result.after.peak), (1, 1, 3.25));
    assert!(matches!(&result.proof, Proof::Weights(weights) if *weights == [("o/0".to_owned(), 1)]));
}

#[test]
fn collective_bodies_neither_count_nor_lead() {
    let mut network = network(2, &vec![(vec![(0, Role::Lead), (1, Role::Supporting)], 0); 4]);
    let first = network.departments().next().map(|(node, _)| node).unwrap();
    if let Node::Department(body) = &mut network.graph[first] {
        body.collective = true;
    }
    let result = balance(&network, &Options::default());
    assert_eq!((result.before.peak, result.moves.len(), result.movable), (1.0, 0, 0));
}

#[test]
fn an_empty_network_is_in_balance() {
    let result = balance(&Network::default(), &Options::default());
    assert_eq!((result.before.peak, result.lower_bound, result.frontier.len()), (0.0, 0.0, 1));
    assert_eq!(result.before.gini, None);
}

#[test]
fn many_departments_of_one_size_are_evened_out() {
    // half of the departments lead all tasks, the others support them
    let tasks: Vec<_> =
        (0..60).map(|task| (vec![(task % 6, Role::Lead), (6 + task % 5, Role::Supporting)], task % 3)).collect();
    let result = balance(&network(11, &tasks), &Options::default());
    assert!(result.after.peak < result.before.peak && (result.after.peak - result.lower_bound).abs() < 1e-9);
    assert!(result.fewest && result.least_binding && result.frontier.iter().all(|point| point.proven));
}

#[test]
fn a_plan_is_found_in_bounded_work_where_all_are_near_the_mean() {
    // every department leads as much as the others but for a little: what is best is hard to prove
    let mut state = 1_u64;
    let mut draw = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((state >> 33) % below).unwrap()
    };
    let mut tasks = Vec::new();
    for _ in 0..60 {
        let mut bodies: Vec<usize> = Vec::new();
        while bodies.len() < 3 {
            let body = draw(10);
            if !bodies.contains(&body) {
                bodies.push(body);
            }
        }
        let role = |draw: usize| if draw == 0 { Role::Responsible } else { Role::Supporting };
        tasks.push((vec![(bodies[0], Role::Lead), (bodies[1], role(draw(2))), (bodies[2], role(draw(2)))], draw(3)));
    }
    let network = network(10, &tasks);
    let weights = Weights { responsible: 0.613, supporting: 0.271, ..Weights::default() };
    for options in [Options::default(), Options { weights, ..Options::default() }] {
        let result = balance(&network, &options);
        assert_eq!(result, balance(&network, &options));
        assert!(result.lower_bound <= result.after.peak && result.after.peak < result.before.peak);
        assert_eq!(result.proof == Proof::Open, result.lower_bound < result.after.peak);
        let falls = result.frontier.windows(2).all(|pair| pair[0].peak >= pair[1].peak);
        assert!(falls && result.frontier.last().unwrap().moves == result.moves.len());
    }
}
