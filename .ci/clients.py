"""Asks a zeren server with SPARQLWrapper and rdflib, as a stranger would."""

import sys
import urllib.parse
import urllib.request

import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, N3, POST, POSTDIRECTLY, RDFXML, TSV, TURTLE, URLENCODED, XML, SPARQLWrapper

base = sys.argv[1]
Z = "https://w3id.org/zeren/ontology#"
TASKS = f"SELECT ?t ?text WHERE {{ ?t a <{Z}Task> ; <{Z}text> ?text }}"
checks = 0


def check(what, holds):
    global checks
    checks += 1
    if not holds:
        sys.exit(f"  {what}: failed")


for method, way in [("GET", URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)]:
    wrapper = SPARQLWrapper(f"{base}/sparql")
    wrapper.setMethod(method)
    wrapper.setRequestMethod(way)
    wrapper.setQuery(TASKS)
    counts = {}
    wrapper.setReturnFormat(JSON)
    counts["json"] = len(wrapper.query().convert()["results"]["bindings"])
    wrapper.setReturnFormat(XML)
    counts["xml"] = len(wrapper.query().convert().getElementsByTagName("result"))
    wrapper.setReturnFormat(CSV)
    counts["csv"] = wrapper.query().convert().count(b"https://w3id.org/zeren/document/")
    wrapper.setReturnFormat(TSV)
    counts["tsv"] = wrapper.query().convert().count(b"\n") - 1
    check(f"{method} {way}: {counts}", counts["json"] > 100 and len(set(counts.values())) == 1)
    wrapper.setQuery(f"CONSTRUCT {{ ?t <{Z}text> ?x }} WHERE {{ ?t <{Z}text> ?x }}")
    sizes = set()
    for form in [TURTLE, N3, RDFXML]:
        wrapper.setReturnFormat(form)
        result = wrapper.query().convert()
        graph = result if isinstance(result, rdflib.Graph) else rdflib.Graph().parse(data=result, format="turtle")
        sizes.add(len(graph))
    check(f"{method} {way}: graphs of {sizes} statements", len(sizes) == 1 and sizes.pop() > 100)
    wrapper.setQuery(f"ASK {{ ?t a <{Z}Task> }}")
    wrapper.setReturnFormat(JSON)
    check("ask", wrapper.query().convert()["boolean"] is True)

store = SPARQLStore(f"{base}/query")
graph = rdflib.Graph(store)
rows = list(graph.query(TASKS))
check("rdflib rows", len(rows) > 100 and all(isinstance(row[1], rdflib.Literal) for row in rows))
documents = list(graph.subjects(rdflib.RDF.type, rdflib.URIRef(f"{Z}Document")))
check("rdflib triples", len(documents) >= 5)
check("rdflib contains", (documents[0], rdflib.RDF.type, rdflib.URIRef(f"{Z}Document")) in graph)

# what an IRI leads to, in every syntax
whole = None
for accept, form in [
    ("text/turtle", "turtle"),
    ("application/n-triples", "nt"),
    ("application/rdf+xml", "xml"),
    ("application/ld+json", "json-ld"),
    ("application/n-quads", "nquads"),
    ("application/trig", "trig"),
]:
    address = f"{base}/store?" + urllib.parse.urlencode({"graph": documents[0]})
    with urllib.request.urlopen(urllib.request.Request(address, headers={"Accept": accept})) as answer:
        check(accept, answer.headers["Content-Type"].startswith(accept))
        found = rdflib.Dataset()
        found.parse(data=answer.read(), format=form)
        size = sum(1 for _ in found.quads())
        whole = whole or size
        check(f"{accept}: {size} of {whole}", size == whole > 100)
with urllib.request.urlopen(f"{base}/.well-known/void") as answer:
    described = rdflib.Graph().parse(data=answer.read(), format="turtle")
    void = rdflib.Namespace("http://rdfs.org/ns/void#")
    size = next(described.objects(None, void.triples))
    check("void", int(size) > 1000)
print(f"clients: {checks} checks hold")
