"""The other engines of CEL that the expressions are timed in, through their Python packages.

An engine is timed by the time of a conjunction of many repetitions minus that of few, so what a call from Python costs
cancels out. Variables that hold maps or lists are bound in two ways, from Python and by a literal inside the expression;
the faster one counts, so that no engine is charged for reading Python's objects.
"""

import importlib
import importlib.metadata
import time


class Absent(Exception):
    """The package of the engine is not installed."""


class CelRust:
    name = "cel-rust"
    package = "common-expression-language"

    def __init__(self):
        self.cel = load("cel", self.package)

    def compiler(self, variables):
        return self.cel.compile

    def runner(self, variables, expression):
        context = self.cel.Context(variables={name: variable.value for name, variable in variables.items()})
        program = self.cel.compile(expression)
        return lambda: program.execute(context)

    def literal_runner(self, variables, expression):
        # There is no `cel.bind`; a loop over one element binds as well.
        for name, variable in variables.items():
            expression = f"[{variable.literal}].all({name}, {expression})"
        program = self.cel.compile(expression)
        return lambda: program.execute()

    def is_true(self, result):
        return result is True


class CelCpp:
    name = "cel-cpp"
    package = "cel-expr-python"
    # Loops of one evaluation may take 10,000 steps in all; eleven filters over 1,000 elements are refused.
    loop_repeats = (1, 9)

    def __init__(self):
        self.cel = load("cel_expr_python.cel", self.package)
        bindings = load("cel_expr_python.ext.ext_bindings", self.package)
        self.extensions = [bindings.ExtBindings()]

    def type(self, text):
        scalar = {"int": self.cel.Type.INT, "string": self.cel.Type.STRING, "dyn": self.cel.Type.DYN}
        if text in scalar:
            return scalar[text]
        if text.startswith("list("):
            return self.cel.Type.List(self.type(text[5:-1]))
        key, element = text[4:-1].split(", ", 1)
        return self.cel.Type.Map(self.type(key), self.type(element))

    def environment(self, variables):
        return self.cel.NewEnv(variables={name: self.type(variable.type) for name, variable in variables.items()})

    def compiler(self, variables):
        return self.environment(variables).compile

    def runner(self, variables, expression):
        environment = self.environment(variables)
        activation = environment.Activation({name: variable.value for name, variable in variables.items()})
        program = environment.compile(expression)
        return lambda: program.eval(activation)

    def literal_runner(self, variables, expression):
        for name, variable in variables.items():
            expression = f"cel.bind({name}, {variable.literal}, {expression})"
        program = self.cel.NewEnv(extensions=self.extensions).compile(expression)
        return lambda: program.eval()

    def is_true(self, result):
        return result.plain_value() is True


ENGINES = [CelRust, CelCpp]


def load(module, package):
    try:
        return importlib.import_module(module)
    except ImportError as problem:
        raise Absent(package) from problem


def version(engine):
    try:
        return importlib.metadata.version(engine.package)
    except importlib.metadata.PackageNotFoundError:
        return "?"


# Timing ----------------------------------------------------------------------------------------------------------------


SAMPLE = 0.02
SAMPLES = 5


def per_call(function):
    """Nanoseconds a call: best of 5 samples of about 20 ms, as docket-bench takes them."""
    calls = 1
    elapsed = sample(function, calls)
    while elapsed < SAMPLE * 1e9:
        calls = max(calls * 2, int(calls * SAMPLE * 1e9 / max(elapsed, 1)))
        elapsed = sample(function, calls)
    return min(sample(function, calls) for _ in range(SAMPLES)) / calls


def sample(function, calls):
    start = time.perf_counter_ns()
    for _ in range(calls):
        function()
    return time.perf_counter_ns() - start


def repeated(expression, count):
    return " && ".join([f"({expression})"] * count)


class Timing:
    """The times of the short and of the long expression in each round, and the time to compile, in nanoseconds."""

    def __init__(self, repetitions):
        self.repetitions = repetitions
        self.short = []
        self.long = []
        self.compile_ns = float("inf")

    @property
    def best(self):
        # Each side by its best round: the best difference would be that of the round whose short side was disturbed most.
        return (min(self.long) - min(self.short)) / self.repetitions

    @property
    def median(self):
        return (middle(self.long) - middle(self.short)) / self.repetitions

    @property
    def spread(self):
        """How far the middle round lies from the best ones, as a share."""
        return abs(self.median / self.best - 1) if self.best > 0 else 0


def middle(samples):
    return sorted(samples)[len(samples) // 2]


def time_case(engine, case, rounds):
    few, many = case.repeats
    if case.is_loop:
        few, many = getattr(engine, "loop_repeats", (few, many))
    ways = [engine.runner]
    if case.is_structured:
        ways.append(engine.literal_runner)
    timings = []
    for way in ways:
        short, long = (way(case.variables, repeated(case.expression, count)) for count in (few, many))
        for run in (short, long):
            result = run()
            if not engine.is_true(result):
                raise RuntimeError(f"{engine.name} does not find `{case.expression}` true: {result}")
        timing = Timing(many - few)
        for _ in range(rounds):
            timing.short.append(per_call(short))
            timing.long.append(per_call(long))
        timings.append(timing)
    best = min(timings, key=lambda timing: timing.best)
    compiler = engine.compiler(case.variables)
    best.compile_ns = min(per_call(lambda: compiler(case.expression)) for _ in range(rounds))
    return best
