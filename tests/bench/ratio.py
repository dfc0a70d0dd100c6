"""Measures the program beside others on the same machine in one run, in turns, and writes the table as Markdown.

Called by .ci/ratio, which installs the others: ratio.py ZEREN SPEED OXIGRAPH WORK NOTICES ROUNDS > tests/bench/ratios.md
"""

import datetime
import importlib.metadata
import json
import os
import platform
import re
import statistics
import subprocess
import sys
import time
from pathlib import Path

zeren, speed, oxigraph, work, notices, rounds = sys.argv[1:7]
work, notices, rounds = Path(work), int(notices), int(rounds)
SEED = 11
HERE = Path(__file__).parent
PREFIXES = (HERE.parent.parent / "ontology/zeren.ttl").read_text()
LINES = []


class Cost:
    """What a program took: seconds, seconds of processors, and the most megabytes held."""

    def __init__(self, command, output=None, text=None):
        os.sync()
        with open(output or os.devnull, "wb") as out, open(work / "said", "wb") as said:
            began = time.perf_counter()
            process = subprocess.Popen([str(word) for word in command], stdin=subprocess.PIPE, stdout=out, stderr=said)
            process.stdin.write((text or "").encode())
            process.stdin.close()
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            self.wall = time.perf_counter() - began
        # ours says by 1 that a person should look
        if process.returncode != 0 and not (process.returncode == 1 and zeren in command):
            words = (work / "said").read_text()
            sys.exit(f"{command} ended with {process.returncode}: {words[-2000:]}")
        self.cpu = used.ru_utime + used.ru_stime
        self.held = used.ru_maxrss / 1024


def median(costs):
    middle = Cost.__new__(Cost)
    for name in ("wall", "cpu", "held"):
        setattr(middle, name, statistics.median(getattr(cost, name) for cost in costs))
    return middle


def told(words):
    print(words, file=sys.stderr, flush=True)


def seconds(value):
    return f"{value * 1000:.0f} ms" if value < 1 else f"{value:.1f} s"


def ratio(value):
    return f"{value:.2f}" if value >= 0.1 else f"{value:.2g}"


def row(what, ours, peer, theirs):
    """A line of the table: medians, and between the ratios of each turn the smallest and the largest."""
    mine, other = median(ours), median(theirs)
    turns = sorted(a.wall / b.wall for a, b in zip(ours, theirs))
    LINES.append(
        f"| {what} | {seconds(mine.wall)} | {peer} | {seconds(other.wall)} | **{ratio(mine.wall / other.wall)}** "
        f"({ratio(turns[0])}–{ratio(turns[-1])}) | {ratio(mine.cpu / max(other.cpu, 0.005))} | {mine.held:.0f} / {other.held:.0f} MB |"
    )
    told(LINES[-1])
    return mine, other


def beside(what, ours, peer, theirs, times=rounds):
    """Runs both in turns, so many times, or until it took a minute."""
    began, pairs = time.perf_counter(), []
    while len(pairs) < times and (not pairs or time.perf_counter() - began < 60):
        pairs.append((ours(), theirs()))
    return row(what, [one for one, _ in pairs], peer, [other for _, other in pairs])


def is_utf8(path):
    try:
        path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return False
    return True


def gone(path):
    subprocess.run(["rm", "-rf", str(path)], check=True)


# the nation
nation, store, other, quads = work / "nation", work / "zeren.db", work / "oxigraph.db", work / "all.nq"
told(f"making {notices} notices")
Cost([zeren, "synth", "-o", nation, "--notices", notices, "--seed", SEED])
files = sorted(path for path in (nation / "notices").rglob("*") if path.is_file())
tasks = sum(1 for path in (nation / "gold").rglob("*.jsonl") for line in path.open() if '"seq"' in line)
known = ["--registry", nation / "registry"]


def build():
    gone(store)
    return Cost([zeren, "build", nation / "notices", *known, "--store", store], output=work / "report")


def fill():
    gone(store)
    return Cost([zeren, "load", quads, "--store", store])


def theirs():
    gone(other)
    return Cost([oxigraph, "load", "--location", other, "--file", quads])


told("writing its statements as N-Quads")
build()
Cost([zeren, "dump", "--store", store], output=quads)
with quads.open("rb") as file:
    count = sum(1 for _ in file)

# extraction beside what merely tells the words of the same texts from each other
utf8 = [path for path in files if path.suffix == ".txt" and is_utf8(path)]
texts = utf8[:300]
length = sum(path.stat().st_size for path in texts)
words = "import sys, rjieba\nfor path in sys.argv[1:]: rjieba.cut(open(path, encoding='utf-8').read())"
mine, _ = beside(
    f"extraction of {len(texts)} texts, {length / 1e6:.1f} MB, one thread",
    lambda: Cost(["taskset", "-c", "0", zeren, "extract", *texts, "--format", "csv"]),
    "jieba (Rust), words only",
    lambda: Cost(["taskset", "-c", "0", sys.executable, "-c", words, *texts]),
)
rate = length / 1e6 / mine.wall

filled, peers, builds = zip(*((fill(), theirs(), build()) for _ in range(rounds)))
row("bulk load of the N-Quads", filled, "oxigraph load", peers)
built, loaded = row("whole build: read, parse, extract, map, store", builds, "oxigraph load of its N-Quads", peers)

# the same questions
PREFIX = "".join(
    f"PREFIX {name}: <{iri}>\n"
    for name, iri in re.findall(r"^@prefix (\w+): <([^>]*)> *\.", PREFIXES, re.M)
)
if "PREFIX z:" not in PREFIX:
    sys.exit("the ontology does not say what z: is")


def shipped(name, **values):
    text = (HERE.parent.parent / f"queries/answer/{name}.rq").read_text()
    for key, value in values.items():
        text = text.replace(f"${key}", json.dumps(value, ensure_ascii=False))
    return PREFIX + text


def asked(what, text, times=max(rounds, 7)):
    answers = [work / "ours.csv", work / "theirs.csv"]
    beside(
        what,
        lambda: Cost([zeren, "query", "--text", text, "--store", store, "--format", "csv"], output=answers[0]),
        "oxigraph query",
        lambda: Cost(
            [oxigraph, "query", "--location", other, "--union-default-graph", "--results-format", "csv", "--query", text],
            output=answers[1],
        ),
        times,
    )
    one, two = (sorted(path.read_text().replace("\r", "").split("\n")) for path in answers)
    if one != two:
        sys.exit(f"the answers to `{what}` differ: {len(one)} and {len(two)} lines")


body = f"""{PREFIX}SELECT ?task ?role WHERE {{
  ?part z:organisation <BODY> ; z:role ?role . ?t z:hasResponsibility ?part ; z:text ?task }}"""
some = subprocess.run(
    [zeren, "query", "--store", str(store), "--format", "csv", "--text", PREFIX
     + "SELECT ?o (COUNT(?p) AS ?n) { ?p z:organisation ?o } GROUP BY ?o ORDER BY DESC(?n) ?o OFFSET 200 LIMIT 1"],
    capture_output=True, text=True, check=True,
).stdout.split("\n")[1].split(",")[0].strip()
asked("opening the store, asking nothing of it", "SELECT * { VALUES ?a { 1 } }")
asked("tasks of one body, by its IRI", body.replace("BODY", some))
asked("tasks of bodies whose name holds a word (`tasks-of`)", shipped("tasks-of", body="教育局"), 3)
asked(
    "leads of every body, counted",
    PREFIX + "SELECT ?o (COUNT(DISTINCT ?t) AS ?n) { ?o z:leads ?t } GROUP BY ?o",
    3,
)

# one document changed: ours reads it again, theirs is given the statements
last = utf8[-1]
content = last.read_text(encoding="utf-8")
graph = subprocess.run(
    [zeren, "dump", "--store", str(store), "--document", last.name], capture_output=True, text=True, check=True
).stdout
name = graph.split("\n")[0].rsplit(" ", 2)[1]
triples = "".join(line.rsplit(" ", 2)[0] + " .\n" for line in graph.split("\n") if line)
turn = [0]


def changed():
    turn[0] += 1
    last.write_text(content.replace("\n", f"\n{'　' * turn[0]}\n", 1), encoding="utf-8")
    return Cost([zeren, "build", nation / "notices", *known, "--store", store])


beside(
    "one changed notice built again",
    changed,
    "oxigraph update, its graph put anew",
    lambda: Cost(
        [oxigraph, "update", "--location", other],
        text=f"DROP GRAPH {name} ; INSERT DATA {{ GRAPH {name} {{\n{triples}}} }}",
    ),
    max(rounds, 5),
)

# analyses of the store have no peer: what they take
alone = []
for what, arguments in (
    ("workload, all bodies", ["workload", "--format", "json"]),
    ("overlap, all bodies", ["overlap", "--format", "json"]),
    ("inherit, every line of descent", ["inherit", "--format", "json"]),
    ("balance, all of it", ["balance", "--format", "json"]),
):
    cost = Cost([zeren, *arguments, *known, "--store", store])
    alone.append(f"| {what} | {seconds(cost.wall)} | {seconds(cost.cpu)} | {cost.held:.0f} MB |")
    told(alone[-1])

# the measures of the network beside libraries for graphs, by the bench
told("measuring the network beside rustworkx and igraph")
said = subprocess.run([speed, "--only", "network"], capture_output=True, text=True, check=True).stdout
measured = {}
for who, what, took in re.findall(r"^(zeren|rustworkx|igraph) +([\w-]+) +([\d.]+) s$", said, re.M):
    measured.setdefault(what, {})[who] = float(took)
size = re.findall(r"^(\d+) departments, (\d+) links$", said, re.M)[-1]
network = []
for what, by in measured.items():
    # of the large network the libraries are not asked; the later line counts, which is that of the smaller one
    if len(by) > 1:
        best = min(took for who, took in by.items() if who != "zeren")
        cells = [f"{by[who]:.3f} s" if who in by else "" for who in ("zeren", "rustworkx", "igraph")]
        network.append(f"| {what} | {' | '.join(cells)} | **{by['zeren'] / best:.2f}** |")


def version(name):
    return f"{name} {importlib.metadata.version(name)}"


with open("/proc/meminfo") as file:
    memory = round(int(file.readline().split()[1]) / 1e6)
with open("/proc/cpuinfo") as file:
    model = re.search(r"model name\s*: (.*)", file.read())
model = re.sub(r" @.*", "", model[1]) if model else platform.machine()
own = subprocess.run([zeren, "--version"], capture_output=True, text=True, check=True).stdout.strip()
rustc = subprocess.run(["rustc", "--version"], capture_output=True, text=True, check=True).stdout.split(" (")[0]
load = os.getloadavg()[0]
print(f"""# Ratios

Written by `.ci/ratio {notices} {rounds}` on {datetime.date.today()}: {own}, {rustc}; {version('oxigraph')}, {version('rjieba')},
{version('rustworkx')}, {version('igraph')} from PyPI. Machine: {os.cpu_count()} processors ({model}), {memory} GB of memory, {platform.system()}.
Input: a nation of {notices} notices with {tasks} tasks (`zeren synth --seed {SEED}`), {count} statements, {quads.stat().st_size / 1e9:.1f} GB
as N-Quads.

Both programs run in turns, {rounds} times or more, or once where that takes a minute, on files that the system has read before; times
are medians by the clock. A ratio is our time divided by theirs: below 1 we are faster; in brackets the smallest and the largest
ratio of a turn. The next column divides the time of processors (user and system), which other work on the machine disturbs less;
the last has the most memory that each held. Answers to queries are compared, and a difference fails. The load of the machine at
the end was {load:.1f}; more than one or two tells of other work.

| what | zeren | beside | its time | ratio | of processors | memory |
|---|---|---|---|---|---|---|
{chr(10).join(LINES)}

Extraction reads {rate:.1f} MB of text a second on one processor. The whole build reads {notices / built.wall:.0f} notices a second and writes
{count / built.wall:,.0f} statements a second; oxigraph loads {count / loaded.wall:,.0f}.

## Analyses of that store

| what | time | of processors | memory |
|---|---|---|---|
{chr(10).join(alone)}

## Measures of a network

`speed --only network`: {size[0]} departments, {size[1]} links, everything exact.

| measure | zeren | rustworkx | igraph | ratio to the faster |
|---|---|---|---|---|
{chr(10).join(network)}""")
