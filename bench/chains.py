"""The rules of the routing workload as the peers want them: an if-chain in C, JavaScript and Lua, a CASE in SQL, plain lines
for bench/bitmap.c. Codes stand for names and seconds for instants, as in the columns.

A chain is cut into functions of some rules each, called one after the other: compilers give up on large functions, or
never start. How many rules suit an engine best was measured for each.
"""

import json

from workload import CODED, COLUMNS, NUMBERS, seconds

FIELDS = COLUMNS[1:]


def value(name, item):
    """A code, a number, or seconds since the epoch."""
    if name in CODED:
        return CODED[name].index(item)
    return seconds(item) if name == "created" else item


def read(path):
    """[[(field, operator, [value])]]; equality is a list of one."""
    with open(path) as file:
        book = json.load(file)["rules"]
    return [[(name, "in" if operator in ("==", "in") else operator,
              [value(name, item) for item in (values if operator == "in" else [values])])
             for name, operator, values in rule] for rule in book]


def cut(rules, size):
    return [(start, rules[start:start + size]) for start in range(0, len(rules), size)]


# MARK: C

def plain(rules):
    """What bench/bitmap.c reads: the names of codes, and a line a predicate."""
    letters = {"in": "i", ">=": "g", "<": "l"}
    lines = [f"{number} {name} {letters[operator]} {len(values)} {' '.join(map(str, values))}"
             for number, rule in enumerate(rules) for name, operator, values in rule]
    names = [f"{len(values)} {' '.join(values)}" for values in (CODED[name] for name in FIELDS if name in CODED)]
    return "\n".join(names + [f"{len(rules)} {len(lines)}"] + lines) + "\n"


C_TYPES = {"severity": "int8_t", "csat": "double", "created": "int64_t", "arr": "int32_t"}

C_MAIN = r"""
static void *column(const char *folder, const char *name, size_t bytes) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    void *memory = malloc(bytes);
    if (!file || !memory || fread(memory, 1, bytes, file) != bytes) { perror(path); exit(1); }
    fclose(file);
    return memory;
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return time.tv_sec + time.tv_nsec * 1e-9;
}

int main(int argc, char **argv) {
    if (argc != 5) return 1;
    int rows = atoi(argv[2]), rounds = atoi(argv[3]);
COLUMNS
    int32_t *matches = calloc(rows, 4);
    double best = 1e300;
    for (int round = 0; round < rounds; round++) {
        double start = now();
        for (int row = 0; row < rows; row++) {
            int32_t found;
            matches[row] = CHAIN;
        }
        double time = now() - start;
        if (time < best) best = time;
    }
    FILE *file = fopen(argv[4], "wb");
    if (!file || fwrite(matches, 4, rows, file) != (size_t)rows || fclose(file)) return 1;
    printf("{\"rows\": %d, \"ns\": %.3f}\n", rows, best / rows * 1e9);
}
"""


def c(rules, size):
    """A program of static functions; sets are masks, as a compiler would make of a switch."""
    types = {name: C_TYPES.get(name, "uint8_t") for name in FIELDS}

    def test(name, operator, values):
        if operator != "in":
            return f"{name} {operator} {values[0]}"
        if len(values) == 1:
            return f"{name} == {values[0]}"
        return f"({sum(1 << value for value in values):#x}ULL >> {name} & 1)"

    parameters = ", ".join(f"{types[name]} {name}" for name in FIELDS)
    parts = ["#include <stdint.h>\n#include <stdio.h>\n#include <stdlib.h>\n#include <time.h>\n"]
    names = []
    for start, some in cut(rules, size):
        names.append(f"from_{start}")
        lines = [f"    if ({' && '.join(test(*predicate) for predicate in rule)}) return {start + number};"
                 for number, rule in enumerate(some)]
        parts.append(f"static __attribute__((noinline)) int32_t from_{start}({parameters}) {{\n" + "\n".join(lines)
                     + "\n    return -1;\n}\n")
    cells = ", ".join(f"{name}[row]" for name in FIELDS)
    # found is the first that is not -1.
    chain = " : ".join(f"(found = {name}({cells})) >= 0 ? found" for name in names) + " : -1"
    columns = "\n".join(f"    {types[name]} *{name} = column(argv[1], \"{name}\", (size_t)rows * sizeof({types[name]}));"
                        for name in FIELDS)
    return "\n".join(parts) + C_MAIN.replace("COLUMNS", columns).replace("CHAIN", chain)


# MARK: JavaScript

JS_MAIN = """
const fs = require("fs");
const [folder, rowsText, roundsText, matchesPath] = process.argv.slice(2);
const rows = Number(rowsText), rounds = Number(roundsText);
function column(name, kind) {
  const bytes = fs.readFileSync(folder + "/" + name);
  return new kind(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + rows * kind.BYTES_PER_ELEMENT));
}
COLUMNS
const matches = new Int32Array(rows);
function decide(begin, end) {
  for (let row = begin; row < end; row++) matches[row] = first(CELLS);
}
// Until the compiler has had its time.
const start = process.hrtime.bigint();
for (let row = 0; process.hrtime.bigint() - start < 2000000000n; row = row + 2000 < rows ? row + 2000 : 0)
  decide(row, Math.min(rows, row + 2000));
// What this thread was on the processor; its helpers compile and collect beside it.
const accounts = "/proc/thread-self/schedstat";
const now = fs.existsSync(accounts)
  ? () => Number(fs.readFileSync(accounts, "latin1").split(" ")[0]) : () => Number(process.hrtime.bigint());
// The account is brought up to date every few milliseconds, so a round is some hundred.
const pass = process.hrtime.bigint();
decide(0, rows);
const times = Math.max(1, Math.ceil(3e8 / Number(process.hrtime.bigint() - pass)));
let best = Infinity;
for (let round = 0; round < rounds; round++) {
  const begin = now();
  for (let time = 0; time < times; time++) decide(0, rows);
  best = Math.min(best, (now() - begin) / times);
}
fs.writeFileSync(matchesPath, Buffer.from(matches.buffer));
console.log(JSON.stringify({rows, ns: best / rows}));
"""

JS_ARRAYS = {"severity": "Int8Array", "csat": "Float64Array", "created": "BigInt64Array", "arr": "Int32Array"}


def javascript(rules, size):
    """Small sets are masks of 32 bits, those of products look-ups in typed arrays; instants are doubles."""
    sets = []

    def test(name, operator, values):
        if operator != "in":
            return f"{name} {operator} {values[0]}"
        if len(values) == 1:
            return f"{name} === {values[0]}"
        if len(CODED[name]) <= 31:
            return f"({sum(1 << value for value in values)} >> {name} & 1) === 1"
        sets.append(f"const s{len(sets)} = new Uint8Array(64);\n"
                    f"for (const code of {json.dumps(values)}) s{len(sets)}[code] = 1;")
        return f"s{len(sets) - 1}[{name}] === 1"

    parameters = ", ".join(FIELDS)
    functions, calls = [], []
    for start, some in cut(rules, size):
        lines = [f"  if ({' && '.join(test(*predicate) for predicate in rule)}) return {start + number};"
                 for number, rule in enumerate(some)]
        functions.append(f"function from{start}({parameters}) {{\n" + "\n".join(lines) + "\n  return -1;\n}")
        calls.append(f"from{start}")
    return ("\"use strict\";\n" + "\n".join(sets) + "\n" + "\n".join(functions) + "\n"
            + js_chain(calls, parameters)
            + JS_MAIN.replace("COLUMNS", "\n".join(js_column(name) for name in FIELDS))
            .replace("CELLS", ", ".join(f"{name}Column[row]" for name in FIELDS)))


def js_column(name):
    column = f"column(\"{name}\", {JS_ARRAYS.get(name, 'Uint8Array')})"
    return f"const {name}Column = " + (f"Float64Array.from({column}, Number);" if name == "created" else f"{column};")


def js_chain(calls, parameters, width=50):
    """Functions that call functions, none of them large."""
    level, functions = calls, []
    while len(level) > 1 or not functions:
        above = []
        for start in range(0, len(level), width):
            name = f"chain{len(functions)}"
            lines = "\n".join(f"  found = {call}({parameters});\n  if (found >= 0) return found;"
                              for call in level[start:start + width])
            functions.append(f"function {name}({parameters}) {{\n  let found = -1;\n{lines}\n  return -1;\n}}")
            above.append(name)
        level = above
    return "\n".join(functions) + f"\nconst first = {level[0]};\n"


# MARK: Lua

LUA_MAIN = """
local folder, rows, rounds, matchesPath = arg[1], tonumber(arg[2]), tonumber(arg[3]), arg[4]
local function bytes(name)
  local file = assert(io.open(folder .. "/" .. name, "rb"))
  local text = file:read("*a")
  file:close()
  return text
end
COLUMNS
local matches = MATCHES
local function decide(first, last)
  for row = first, last do
    matches[row] = chain(CELLS)
  end
end
decide(BASE, BASE + math.min(rows, 2000) - 1)
local best = math.huge
for round = 1, rounds do
  local start = CLOCK
  decide(BASE, BASE + rows - 1)
  best = math.min(best, CLOCK - start)
end
local file = assert(io.open(matchesPath, "wb"))
SAVE
file:close()
print(string.format('{"rows": %d, "ns": %.3f}', rows, best / rows * 1e9))
"""


def lua(rules, size, dialect):
    """Few values are compared one by one, many looked up in a table. `ffi` is for the compiler of LuaJIT, which reads columns in
    place; `tables` for its interpreter, to which that is dear; `5.4` for Lua itself."""
    sets = []

    def test(name, operator, values):
        if operator != "in":
            return f"{name} {operator} {values[0]}"
        others = [code for code in range(len(CODED[name])) if code not in values]
        if len(values) <= 3:
            text = " or ".join(f"{name} == {code}" for code in values)
            return f"({text})" if len(values) > 1 else text
        if len(others) <= 3:
            return " and ".join(f"{name} ~= {code}" for code in others)
        sets.append("{" + ", ".join(f"[{code}] = true" for code in values) + "}")
        return f"S[{len(sets)}][{name}]"

    parameters = ", ".join(FIELDS)
    chunks = []
    for start, some in cut(rules, size):
        sets.clear()
        lines = [f"    if {' and '.join(test(*predicate) for predicate in rule)} then return {start + number} end"
                 for number, rule in enumerate(some)]
        # A table of sets, as a function may have 60 upvalues in LuaJIT.
        chunks.append(f"F[{len(chunks) + 1}] = (function()\n  local S = {{{', '.join(sets)}}}\n"
                      f"  return function({parameters})\n" + "\n".join(lines) + "\n    return -1\n  end\nend)()\n")
    if len(chunks) == 1:
        chain = "local chain = F[1]\n"
    else:
        chain = (f"local function chain({parameters})\n  for i = 1, {len(chunks)} do\n    local found = F[i]({parameters})\n"
                 "    if found >= 0 then return found end\n  end\n  return -1\nend\n")
    text = "local F = {}\n" + "".join(chunks) + chain + LUA_MAIN
    replacements = lua_columns(dialect) | {"CELLS": ", ".join(f"{name}Column[row]" for name in FIELDS)}
    for key, replacement in replacements.items():
        text = text.replace(key, replacement)
    return text


def lua_columns(dialect):
    if dialect == "5.4":
        formats = {"severity": "b", "csat": "d", "created": "i8", "arr": "i4"}
        columns = ["local function list(name, format)\n  local text, read, place = bytes(name), {}, 1\n"
                   "  for row = 1, rows do read[row], place = string.unpack(format, text, place) end\n  return read\nend"]
        columns += [f"local {name}Column = list(\"{name}\", \"<{formats.get(name, 'B')}\")" for name in FIELDS]
        return {"COLUMNS": "\n".join(columns), "MATCHES": "{}", "BASE": "1", "CLOCK": "os.clock()",
                "SAVE": "for row = 1, rows do file:write(string.pack(\"<i4\", matches[row])) end"}
    columns = ["""local ffi = require("ffi")
ffi.cdef "typedef struct { long s; long ns; } Time; int clock_gettime(int, Time *);"
local time = ffi.new("Time")
-- Of this thread, on the processor.
local function now() ffi.C.clock_gettime(ffi.os == "OSX" and 16 or 3, time); return tonumber(time.s) + tonumber(time.ns) * 1e-9 end"""]
    for name in FIELDS:
        columns.append(f"local {name}Text = bytes(\"{name}\")\n"
                       f"local {name}Column = ffi.cast(\"const {C_TYPES.get(name, 'uint8_t')}*\", {name}Text)")
        if dialect == "tables":
            columns.append(f"do\n  local list = {{}}\n  for row = 1, rows do list[row] = tonumber({name}Column[row - 1]) end\n"
                           f"  {name}Column = list\nend")
    if dialect == "ffi":
        columns.append("local instants = ffi.new(\"double[?]\", rows)\n"
                       "for row = 0, rows - 1 do instants[row] = tonumber(createdColumn[row]) end\n"
                       "createdColumn = instants")
        return {"COLUMNS": "\n".join(columns), "MATCHES": "ffi.new(\"int32_t[?]\", rows)", "BASE": "0", "CLOCK": "now()",
                "SAVE": "file:write(ffi.string(matches, rows * 4))"}
    return {"COLUMNS": "\n".join(columns), "MATCHES": "{}", "BASE": "1", "CLOCK": "now()",
            "SAVE": "local saved = ffi.new(\"int32_t[?]\", rows)\n"
                    "for row = 1, rows do saved[row - 1] = matches[row] end\nfile:write(ffi.string(saved, rows * 4))"}


# MARK: SQL

def sql_case(rules, spell):
    return "CASE\n" + "\n".join(
        f"WHEN {' AND '.join(spell(*predicate) for predicate in rule)} THEN {number}" for number, rule in enumerate(rules)
    ) + "\nELSE -1 END"
