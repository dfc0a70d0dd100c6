"""Damages a graph in ten ways: N-Quads in, N-Quads out. `zeren validate` finds each of them."""

import re
import sys

Z = "https://w3id.org/zeren/ontology#"
quads = [line for line in sys.stdin.read().split("\n") if line]


def find(*parts, after=0):
    """The first statement of a document that holds all parts."""
    for index in range(after, len(quads)):
        if "zeren/dataset" not in quads[index] and all(part in quads[index] for part in parts):
            return index
    sys.exit(f"  nothing to damage: {parts}")


def term(quad, place):
    return quad.split(" ")[place]


def lose(*parts):
    del quads[find(*parts)]


def change(old, new, *parts):
    index = find(*parts)
    quads[index] = re.sub(old, new, quads[index], count=1)


lose(f"<{Z}hasTask>")
lose(f"<{Z}role>")
lose("/task/", f"<{Z}text>")
change(r"ontology#mode-[a-z-]+", "ontology#mode-none", f"<{Z}mode>")
change(r'"[0-9.]+"', '"1.7"', "/responsibility/", f"<{Z}confidence>")
change(r"<http://qudt[^>]*/unit/[^>]*>", "<http://a.example/unit>", "hasUnit>")
change(r'"[0-9]+"', '"999999"', "oa#start>")
quad = quads[find("terms/title>")]
quads.append(re.sub(r'".*"', '"另一标题"', quad))
quad = quads[find(f"<{Z}Section>")]
quads.append(f"{term(quad, 0)} <{Z}inSection> {term(quad, 0)} {term(quad, 3)} .")
quad = quads[find(f"<{Z}within>")]
quads.append(f"{term(quad, 2)} <{Z}within> {term(quad, 0)} {term(quad, 3)} .")
print("\n".join(quads))
