"""Times rustworkx and igraph on a graph: the number of nodes, then one link a line with its weight."""

import sys
import time

import igraph
import rustworkx as rx

with open(sys.argv[1]) as file:
    nodes = int(file.readline())
    edges = [tuple(map(int, line.split())) for line in file]

graph = rx.PyGraph()
graph.add_nodes_from(range(nodes))
graph.add_edges_from(edges)
twin = igraph.Graph(n=nodes, edges=[(a, b) for a, b, _ in edges])
weights = [weight for *_, weight in edges]


def timed(name, work):
    started = time.perf_counter()
    result = work()
    print(f"{name:<24}{time.perf_counter() - started:9.3f} s")
    return result


timed("rustworkx  betweenness", lambda: rx.betweenness_centrality(graph))
timed("igraph     betweenness", lambda: twin.betweenness())
timed("rustworkx  closeness", lambda: rx.closeness_centrality(graph))
timed("igraph     closeness", lambda: twin.closeness())
timed("rustworkx  eigenvector", lambda: rx.eigenvector_centrality(graph, max_iter=2000, tol=1e-10))
timed("igraph     eigenvector", lambda: twin.eigenvector_centrality())
timed("rustworkx  k-core", lambda: rx.core_number(graph))
timed("igraph     k-core", lambda: twin.coreness())
leiden = timed(
    "igraph     communities",
    lambda: twin.community_leiden("modularity", weights=weights, n_iterations=-1),
)
print(f"           {len(leiden)} communities, modularity {twin.modularity(leiden.membership, weights):.6f}")
