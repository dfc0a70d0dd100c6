"""Checks sorted N-Quads by pyshacl, one line a result: graph, focus, component.

usage: oracle.py SHAPES.ttl GRAPHS.nq

Every named graph is checked by itself; shapes with zs:acrossDocuments are checked over the union of all.
"""

import sys

import pyshacl
from rdflib import RDF, Dataset, Graph, Namespace, URIRef
from rdflib.term import BNode

SH = Namespace("http://www.w3.org/ns/shacl#")
ACROSS = URIRef("https://w3id.org/zeren/shapes#acrossDocuments")
TARGETS = [SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode]


def shapes(path, across):
    """The shapes, without the targets of those that are not asked for."""
    graph = Graph().parse(path)
    for subject in set(graph.subjects(RDF.type, SH.NodeShape)):
        if ((subject, ACROSS, None) in graph) != across:
            for target in TARGETS:
                graph.remove((subject, target, None))
    return graph


def show(term):
    return "_" if isinstance(term, BNode) else str(term)


def results(data, shapes_graph, name):
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes_graph)
    for result in report.subjects(RDF.type, SH.ValidationResult):
        component = str(report.value(result, SH.sourceConstraintComponent)).removeprefix(str(SH))
        yield "\t".join([name, show(report.value(result, SH.focusNode)), component])


def main():
    path, graphs = sys.argv[1:]
    data = Dataset()
    data.parse(graphs, format="nquads")
    lines = set()
    union = Graph()
    each = shapes(path, False)
    for graph in data.graphs():
        copy = Graph()
        for triple in graph:
            copy.add(triple)
            union.add(triple)
        if len(copy):
            lines.update(results(copy, each, str(graph.identifier)))
    lines.update(results(union, shapes(path, True), ""))
    print("\n".join(sorted(lines)))


main()
