"""Compares what callgrind counted with the committed table, or writes it: counts.py WORK TABLE [--write].

WORK holds `pieces`, a line a piece of work as the bench tells it, and one dump of callgrind for each: `out.1`, `out.2` …
"""

import re
import subprocess
import sys
from pathlib import Path

work, table, how = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
# a count may be so much higher
MOST = 0.03

counted = []
for number, line in enumerate((work / "pieces").read_text().splitlines(), 1):
    name, units, unit = line.split("\t")
    total = re.search(r"^(?:totals|summary): (\d+)", (work / f"out.{number}").read_text(), re.M)
    if total is None or int(total[1]) < 1000:
        sys.exit(f"callgrind counted nothing of `{name}`")
    counted.append((name, int(total[1]) / int(units), unit))
if not counted:
    sys.exit("nothing was counted")

rustc = subprocess.run(["rustc", "--version"], capture_output=True, text=True, check=True).stdout.split(" (")[0]
if how == "--write":
    lines = [
        "# instructions a unit, counted by callgrind; .ci/counts compares with this, .ci/counts --write writes it",
        f"# {rustc}, valgrind counts vector instructions that the processor has: other compilers and processors differ",
    ]
    lines += [f"{name:<32}{rate:>16,.1f}  {unit}" for name, rate, unit in counted]
    table.write_text("\n".join(lines) + "\n")
    print(table.read_text(), end="")
    sys.exit()

known, made_with = {}, ""
for line in table.read_text().splitlines():
    if line.startswith("#"):
        made_with = made_with or (re.search(r"rustc [\d.]+", line) or [""])[0]
    else:
        name, rate, unit = re.split(r"\s{2,}", line, maxsplit=2)
        known[name] = float(rate.replace(",", ""))
if made_with != rustc:
    print(f"the table was made with {made_with}, this is {rustc}: differences may be the compiler's")
failed = []
for name, rate, unit in counted:
    before = known.pop(name, None)
    if before is None:
        failed.append(f"`{name}` is not in the table")
        continue
    change = rate / before - 1
    print(f"{name:<32}{before:>16,.1f}{rate:>16,.1f}{change:>+8.1%}  {unit}")
    if change > MOST:
        failed.append(f"`{name}` takes {change:.1%} more instructions")
    elif change < -MOST:
        print(f"  `{name}` takes {-change:.1%} fewer: write the table anew, so that it stays so")
failed += [f"`{name}` was not counted" for name in known]
for what in failed:
    print(what, file=sys.stderr)
if failed:
    sys.exit("if that is meant: .ci/counts --write, and say why in the commit")
print("no count grew")
