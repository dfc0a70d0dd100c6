"""Computes the measures of some networks with NetworkX and igraph and writes them to networks.json.

The Rust tests read that file. Departments are numbers, a task is the list of its departments. To renew it:

    pip install networkx igraph scipy && python3 tests/analysis/networks.py
"""

import csv
import itertools
import json
import pathlib
import random

import igraph
import networkx as nx

HERE = pathlib.Path(__file__).parent
LEDGERS = HERE.parent.parent / "data" / "ledgers"


def founding():
    """The tasks of the ledgers; a printed name is a department of its ledger."""
    numbers, tasks = {}, {}
    for path in sorted(LEDGERS.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            head = itertools.dropwhile(lambda line: not line.startswith("任务编号"), file)
            for row in csv.DictReader(head):
                for column in ("牵头部门", "责任部门", "配合部门"):
                    for name in (row.get(column) or "").replace(";", "、").split("、"):
                        if name.strip():
                            body = numbers.setdefault((path.stem, name.strip()), len(numbers))
                            tasks.setdefault((path.stem, row["任务编号"]), set()).add(body)
    return len(numbers), [sorted(task) for task in tasks.values()]


def made_up(seed, departments, count, parts):
    """Tasks of one to six departments, those with low numbers more often; parts that share none."""
    rng = random.Random(seed)
    tasks = []
    for _ in range(count):
        part = rng.randrange(parts)
        size = departments // parts
        drawn = {part * size + min(int(rng.expovariate(4 / size)), size - 1) for _ in range(rng.randint(1, 6))}
        tasks.append(sorted(drawn))
    return departments, tasks


def known():
    """Zachary's karate club: every friendship a task."""
    graph = nx.karate_club_graph()
    return graph.number_of_nodes(), [sorted(edge) for edge in graph.edges]


def measured(name, departments, tasks):
    two_mode = nx.Graph()
    present = sorted({body for task in tasks for body in task})
    two_mode.add_nodes_from(present)
    for index, task in enumerate(tasks):
        two_mode.add_edges_from((body, f"t{index}") for body in task)
    graph = nx.bipartite.weighted_projected_graph(two_mode, present)
    n = len(present)
    degree = dict(graph.degree())
    between = nx.betweenness_centrality(graph)
    weighted = dict(graph.degree(weight="weight"))
    eigen = nx.eigenvector_centrality(graph, max_iter=100000, tol=1e-13)
    rows = list(graph.edges(data="weight"))
    place = {body: index for index, body in enumerate(present)}
    twin = igraph.Graph(n=n, edges=[(place[a], place[b]) for a, b, _ in rows])
    weights = [weight for *_, weight in rows]
    runs = (
        [nx.community.modularity(graph, nx.community.louvain_communities(graph, seed=seed)) for seed in range(20)]
        + [
            twin.modularity(twin.community_leiden("modularity", weights=weights, n_iterations=-1).membership, weights)
            for _ in range(20)
        ]
    )
    cuts = sorted(nx.articulation_points(graph))
    assert cuts == sorted(present[index] for index in twin.articulation_points())
    assert all(abs(a / ((n - 1) * (n - 2) / 2) - between[b]) < 1e-12 for a, b in zip(twin.betweenness(), present))
    assert twin.coreness() == [nx.core_number(graph)[body] for body in present]
    top, between_top = max(degree.values()), max(between.values())
    closeness, cores = nx.closeness_centrality(graph), nx.core_number(graph)
    return {
        "name": name,
        "tasks": tasks,
        "departments": present,
        "edges": sorted([min(a, b), max(a, b), weight] for a, b, weight in rows),
        "density": nx.density(graph),
        "components": nx.number_connected_components(graph),
        "degree_centralisation": sum(top - value for value in degree.values()) / ((n - 1) * (n - 2)),
        "betweenness_centralisation": sum(between_top - value for value in between.values()) / (n - 1),
        "degree": [degree[body] for body in present],
        "weighted_degree": [weighted[body] for body in present],
        "betweenness": [between[body] for body in present],
        "closeness": [closeness[body] for body in present],
        "eigenvector": [eigen[body] for body in present],
        "core": [cores[body] for body in present],
        "cuts": cuts,
        "modularity": {"best": max(runs), "mean": sum(runs) / len(runs)},
    }


def main():
    graphs = [
        ("founding ledgers", *founding()),
        ("random", *made_up(7, 120, 260, 1)),
        ("in five parts", *made_up(11, 100, 90, 5)),
        ("karate club", *known()),
    ]
    lines = [json.dumps(measured(*graph), ensure_ascii=False, separators=(",", ":")) for graph in graphs]
    (HERE / "networks.json").write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
