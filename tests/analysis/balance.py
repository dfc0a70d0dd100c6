#!/usr/bin/env python3
"""Holds `zeren balance` against two solvers that know nothing of it: HiGHS (scipy) and CP-SAT (OR-tools).

    python3 balance.py target/release/zeren STORE [ARGUMENT …]     what `zeren balance` says of a store, or of the part of it
                                                                   that --document, --jurisdiction and --year leave
    python3 balance.py target/release/zeren STORE --each           of every document, every place and every year of it
    python3 balance.py target/release/zeren --random 20            of random graphs, loaded as RDF

The parties of the tasks are asked of the store by SPARQL; loads, permitted moves, the lowest peak, the fewest moves, the least
binding tasks, the whole frontier and the weights of the proof are computed here anew.
"""
import json
import os
import random
import subprocess
import sys
import tempfile
from collections import defaultdict
from fractions import Fraction

import numpy as np
from ortools.sat.python import cp_model
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import lil_matrix

PARTIES = """
SELECT ?doc ?t ?body ?role ?kind (COUNT(DISTINCT ?i) AS ?indicators) (COUNT(DISTINCT ?d) AS ?deadlines) WHERE {
  ?t a z:Task ; z:inDocument ?doc ; z:hasResponsibility ?part . ?part z:organisation ?body ; z:role ?role . ?body z:kind ?kind .
  OPTIONAL { ?t z:hasIndicator ?i } OPTIONAL { ?t z:hasDeadline ?d }
} GROUP BY ?doc ?t ?body ?role ?kind"""
DOCUMENTS = """
SELECT ?doc ?source ?number ?title ?year ?place WHERE {
  ?doc a z:Document ; z:source ?source .
  OPTIONAL { ?doc z:number ?number } OPTIONAL { ?doc dcterms:title ?title } OPTIONAL { ?doc z:year ?year }
  OPTIONAL { ?doc z:jurisdiction/z:within* ?where . ?where rdfs:label ?place }
}"""
ORDER = ["lead", "co-lead", "responsible", "supporting"]


def run(program, *words):
    done = subprocess.run([program, *words, "--lang", "en"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def ask(program, store, query):
    rows = json.loads(run(program, "query", "--store", store, "--text", query, "--format", "json"))["results"]["bindings"]
    return [{name: value["value"] for name, value in row.items()} for row in rows]


def documents(program, store):
    """Of every document the names, the years and the places that it lies in."""
    known = {}
    for row in ask(program, store, DOCUMENTS):
        names, years, places = known.setdefault(row["doc"], (set(), set(), set()))
        names.update(row[key] for key in ("source", "number", "title") if key in row)
        years.update(row[key] for key in ("year",) if key in row)
        places.update(row[key] for key in ("place",) if key in row)
    return known


def scope(program, store, arguments):
    """The documents that the options leave; several values of one option widen it."""
    wanted = defaultdict(list)
    for option, value in zip(arguments, arguments[1:]):
        wanted[option].append(value)
    tests = {
        "--document": lambda value, names, years, places: any(value in name for name in names),
        "--year": lambda value, names, years, places: value in years,
        "--jurisdiction": lambda value, names, years, places: value in places,
    }
    return {
        document for document, facts in documents(program, store).items()
        if all(any(test(value, *facts) for value in wanted[option]) for option, test in tests.items() if wanted[option])
    }


def graph(program, store, inside):
    """For every task of some documents the role of each department, and how binding it is."""
    tasks, binding = defaultdict(dict), {}
    for cell in ask(program, store, PARTIES):
        if cell["doc"] not in inside or not cell["kind"].endswith("kind-department"):
            continue
        role = cell["role"].rsplit("role-", 1)[1]
        held = tasks[cell["t"]].get(cell["body"])
        tasks[cell["t"]][cell["body"]] = min(held or role, role, key=ORDER.index)
        binding[cell["t"]] = int(cell["indicators"]) + int(cell["deadlines"])
    return tasks, binding


def exchanges(tasks, weights, fixed):
    """Loads in exact fractions, and the permitted exchanges with what passes."""
    loads, found = defaultdict(Fraction), []
    for task in sorted(tasks):
        for body, role in sorted(tasks[task].items()):
            loads[body] += weights[role]
            if role not in ("lead", "co-lead") or task in fixed:
                continue
            for other, takes in sorted(tasks[task].items()):
                if ORDER.index(takes) > ORDER.index(role) and weights[role] != weights[takes]:
                    found.append((task, body, other, weights[role] - weights[takes]))
    return loads, found


def whole(loads, found, weights):
    unit = 1
    for weight in weights.values():
        unit = unit * weight.denominator // np.gcd(unit, weight.denominator)
    return {body: int(load * int(unit)) for body, load in loads.items()}, [int(g * int(unit)) for *_, g in found], int(unit)


def highs(loads, gains, found, peak, cost, moves=None):
    """The least cost of a plan within the peak by HiGHS; none where there is none."""
    bodies, parts = sorted(loads), {}
    for task, one, other, _ in found:
        parts.setdefault((task, one), len(parts))
        parts.setdefault((task, other), len(parts))
    rows = lil_matrix((len(bodies) + len(parts) + 1, len(found)))
    place = {body: index for index, body in enumerate(bodies)}
    for column, (task, one, other, _) in enumerate(found):
        rows[place[one], column] -= gains[column]
        rows[place[other], column] += gains[column]
        for body in (one, other):
            rows[len(bodies) + parts[task, body], column] = 1
        rows[len(bodies) + len(parts), column] = 1
    bound = [peak - loads[body] for body in bodies] + [1] * len(parts) + [len(found) if moves is None else moves]
    done = milp(cost, constraints=LinearConstraint(rows.tocsr(), -np.inf, bound), integrality=np.ones(len(found)),
                bounds=Bounds(0, 1), options={"time_limit": 120, "mip_rel_gap": 0})
    return round(done.fun) if done.status == 0 else None


def lowest(loads, gains, found, moves):
    """The lowest peak of so many moves by CP-SAT."""
    model = cp_model.CpModel()
    chosen = [model.new_bool_var("") for _ in found]
    peak = model.new_int_var(min(loads.values()) - sum(map(abs, gains)), max(loads.values()), "")
    of_part, change = defaultdict(list), defaultdict(list)
    for column, (task, one, other, _) in enumerate(found):
        change[one].append(-gains[column] * chosen[column])
        change[other].append(gains[column] * chosen[column])
        for body in (one, other):
            of_part[task, body].append(chosen[column])
    for body, load in loads.items():
        model.add(load + sum(change[body]) <= peak)
    for part in of_part.values():
        model.add_at_most_one(part)
    if moves is not None:
        model.add(sum(chosen) <= moves)
    model.minimize(peak)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = 120
    assert solver.solve(model) == cp_model.OPTIMAL
    return round(solver.objective_value)


def proven(proof, tasks, loads, found, unit, peak):
    """Whether the weights bound the peak: the weighted mean of loads, less all that passages can take off it."""
    weight = {entry["organisation"]: entry["weight"] for entry in proof["weights"]}
    best = defaultdict(Fraction)
    for task, one, other, gain in found:
        relief = gain * (weight.get(one, 0) - weight.get(other, 0))
        best[task, one] = max(best[task, one], relief)
    mean = (sum(w * loads[body] for body, w in weight.items()) - sum(best.values())) / sum(weight.values())
    # the peak is a load, and those move by multiples of the common divisor of what passes
    step = np.gcd.reduce([int(gain * unit) for *_, gain in found]) if found else 1
    reachable = {int(load * unit) % step for load in loads.values()}
    units = -((-mean * unit) // 1)
    while units % step not in reachable:
        units += 1
    return Fraction(int(units), unit) >= peak


def check(program, store, arguments, frontier=True):
    inside = scope(program, store, arguments)
    tasks, binding = graph(program, store, inside)
    if not tasks:
        print(f"{store} {' '.join(arguments)}: no tasks of departments", flush=True)
        return
    said = json.loads(run(program, "balance", "--store", store, "--format", "json", *arguments))
    weights = {role: Fraction(str(weight)) for role, weight in said["weights"].items()}
    fixed = {entry["task"] for entry in said["fixed"] if entry["reason"] != "nobody-else"}
    loads, found = exchanges(tasks, weights, fixed)
    units, gains, unit = whole(loads, found, weights)
    near = lambda said, units: abs(said - units / unit) < 1e-6
    assert near(said["before"]["peak"], max(units.values())), "peak before"
    limit = said["max_moves"]
    peak = lowest(units, gains, found, limit) if found else max(units.values())
    assert near(said["after"]["peak"], peak), ("peak after", said["after"], peak / unit)
    assert near(said["lower_bound"], peak), "lower bound"
    # what is said to move reaches what is said
    after = dict(loads)
    for move in said["moves"]:
        gain = next(g for t, a, b, g in found if (t, a, b) == (move["task"], move["from"], move["to"]))
        after[move["from"]] -= gain
        after[move["to"]] += gain
    assert near(float(max(after.values())), max(units.values()) and peak), "plan"
    if found:
        moves = highs(units, gains, found, peak, np.ones(len(found)))
        assert moves == len(said["moves"]), ("moves", moves, len(said["moves"]))
        bound = highs(units, gains, found, peak, np.array([binding[task] for task, *_ in found], float), moves)
        assert bound == sum(binding[move["task"]] for move in said["moves"]), "binding"
    if frontier and found:
        for point in said["frontier"]:
            assert near(point["peak"], lowest(units, gains, found, point["moves"])), ("frontier", point)
    if said["proof"]["kind"] == "weights":
        assert proven(said["proof"], tasks, loads, found, unit, Fraction(peak, unit)), "proof"
    print(f"{store} {' '.join(arguments)}: {said['before']['peak']} → {said['after']['peak']}, {len(said['moves'])} moves, "
          f"{said['proof']['kind']}; as HiGHS and CP-SAT find it", flush=True)


NAMES = "财政 教育 民政 卫生健康 医疗保障 公安 审计 水务 交通运输 农业农村 商务 文化和旅游 应急管理 统计 司法 林业".split()


def notice(number, bodies, tasks):
    """A notice of an invented city, with a lead, co-leads now and then, and others."""
    text = [f"云川市人民政府办公室关于印发重点任务的通知", f"云政办发〔2031〕{number}号", ""]
    for index in range(tasks):
        chosen = random.sample(NAMES[:bodies], min(bodies, random.randint(1, 5)))
        chosen.sort(key=lambda name: NAMES.index(name) * random.random())
        chosen = [f"市{name}局" for name in chosen]
        leads, others = chosen[: random.choice([1, 1, 1, 2])], chosen[2:]
        words = "、".join(leads) + ("共同牵头" if len(leads) > 1 else "牵头")
        if others:
            words += "，" + "、".join(others) + random.choice(["配合", "按职责分工负责"])
        date = random.choice(["", "", "6月底前", "2031年底前"])
        text.append(f"{index + 1}.{date}完成第{index + 1}项改革，建成{random.randint(2, 90)}个试点。（{words}）")
    return "\n".join(text) + "\n"


def main():
    program = os.path.abspath(sys.argv[1])
    if sys.argv[3:] == ["--each"]:
        known = documents(program, sys.argv[2])
        names = {next(iter(sorted(names, key=len))) for names, _, _ in known.values()}
        years, places = (set().union(*(facts[part] for facts in known.values())) for part in (1, 2))
        for option, values in (("--document", names), ("--jurisdiction", places), ("--year", years)):
            for value in sorted(values):
                check(program, sys.argv[2], [option, value])
        return
    if sys.argv[2] != "--random":
        check(program, sys.argv[2], sys.argv[3:])
        return
    for seed in range(int(sys.argv[3])):
        random.seed(seed)
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "notice.txt")
            with open(path, "w", encoding="utf-8") as file:
                file.write(notice(seed + 1, random.randint(4, 16), random.randint(10, 60)))
            store = os.path.join(folder, "store")
            subprocess.run([program, "build", path, "--store", store], check=True, capture_output=True)
            check(program, store, [])
            check(program, store, ["--max-moves", "3"])
            check(program, store, ["--weights", "responsible=0.7,supporting=0.3"])


main()
