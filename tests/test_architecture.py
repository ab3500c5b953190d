"""Every import is read, and a broken rule of ``docs/architecture.md`` is named in plain English."""

import ast
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

HOME = Path(__file__).resolve().parents[1]
PACKAGE = HOME / "src" / "latentlab"

# A module imports only from floors below its own, or from its own family.
FLOORS = {
    "errors": 0,
    "image_files": 0,
    "resizing": 0,
    "images": 0,
    "color": 0,
    "strict": 0,
    "fields": 0,
    "scratch": 0,
    "naming": 0,
    "web": 0,
    "data": 1,
    "tasks": 1,
    "models": 1,
    "graphs": 2,
    "config": 2,
    "presets": 2,
    "lessons": 2,
    "checkpoints": 3,
    "analysis": 4,
    "codec": 4,
    "export": 4,
    "training": 4,
    "figures": 5,
    "jobs": 5,
    "recording": 5,
    "classroom": 5,
    "wording": 5,
    "ui": 6,
    "server": 7,
    "cli": 6,
    "__main__": 8,
    "app": 8,
    "pages": 7,
}
# What may look sideways, and at whom: training evaluates with the codec; the rest is independent.
SIDEWAYS = {
    "training": {"analysis", "codec"},
    "export": {"codec"},
    "image_files": {"errors"},
    "resizing": {"image_files"},
    "images": {"errors", "image_files", "resizing"},
    "color": {"images"},
}

# Which families may import a library at all, and which at the top of a module.
MAY_IMPORT = {
    "torch": {"models", "training", "codec", "export"},
    "streamlit": {"app", "pages", "ui", "server"},
    "plotly": {"figures"},
    "typer": {"cli", "__main__"},
    "rich": {"cli", "training"},
}
ONLY_INSIDE_FUNCTIONS = {"torchvision", "umap", "skimage", "accelerate"}
NOT_FOR_PAGES = {"torch", "plotly", "latentlab.data", "latentlab.checkpoints", "latentlab.training"}
# What all pages share, beside a folder for each page.
SHARED_BY_PAGES = {"shell", "input", "classroom"}
# And what they share in the front end.
SHARED_IN_WEB = {"classroom", "drawing", "latent", "lib", "runtime", "scatter", "shell", "takehome"}
FOR_TESTS = {
    "forget",  # the caches, as if the server had just started
}
# What a library that we import needs for a function that we call, and does not install by itself.
REACHED_THROUGH = {"pywavelets": "skimage"}
FORBIDDEN_NAMES = {"utils", "util", "common", "helpers", "helper", "core", "misc"}


@dataclass(frozen=True)
class Import:
    """One imported module: where, what, and whether it is imported as soon as its file is."""

    path: Path
    line: int
    module: str
    at_top: bool
    for_types: bool

    @property
    def family(self) -> str:
        return _family_of(self.path)

    def __str__(self) -> str:
        return f"{self.path.relative_to(HOME)}:{self.line} imports {self.module}"


def _sources() -> list[Path]:
    return [HOME / "app.py", *(HOME / "pages").glob("*.py"), *PACKAGE.rglob("*.py")]


def _family_of(path: Path) -> str:
    if path.is_relative_to(PACKAGE):
        return path.relative_to(PACKAGE).with_suffix("").parts[0]
    return "pages" if path.parent.name == "pages" else path.stem


def _imports(path: Path) -> Iterator[Import]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node, at_top, for_types in _walk(tree, at_top=True, for_types=False):
        for module in _modules(node):
            yield Import(path, node.lineno, module, at_top, for_types)


def _walk(
    node: ast.AST, *, at_top: bool, for_types: bool
) -> Iterator[tuple[ast.Import | ast.ImportFrom, bool, bool]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import | ast.ImportFrom):
            yield child, at_top, for_types
        inside = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        typing = isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test)
        yield from _walk(child, at_top=at_top and not inside, for_types=for_types or typing)


def _modules(node: ast.Import | ast.ImportFrom) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    assert node.level == 0, "imports are absolute, so that a reader sees where a name lives"
    assert node.module is not None
    if node.module == "latentlab":
        return [f"latentlab.{alias.name}" for alias in node.names]
    return [node.module]


ALL = [found for path in _sources() for found in _imports(path)]


def _own(module: str) -> str | None:
    parts = module.split(".")
    return parts[1] if parts[0] == "latentlab" and len(parts) > 1 else None


def _fail(problems: list[str]) -> None:
    if problems:
        pytest.fail("\n".join(problems), pytrace=False)


def test_the_whole_project_was_read():
    assert {"ui", "pages", "app", "checkpoints"} <= {found.family for found in ALL}
    assert len(ALL) > 100


def test_every_module_has_a_floor():
    families = {_family_of(path) for path in _sources()} - {"__init__"}
    assert families <= set(FLOORS), (
        f"Give {families - set(FLOORS)} a floor in docs/architecture.md."
    )


def test_imports_point_down():
    problems = []
    for found in ALL:
        target = _own(found.module)
        if target not in FLOORS or target == found.family:
            continue
        if found.family not in {*FLOORS, "__init__"}:
            continue  # test_every_module_has_a_floor says so
        if found.for_types or target in SIDEWAYS.get(found.family, set()):
            continue
        if found.family == "__init__":
            if not found.at_top:
                continue
            problems.append(f"{found}, but importing latentlab itself must stay cheap.")
        elif FLOORS[target] == FLOORS[found.family]:
            problems.append(f"{found}, but {found.family} and {target} must not know each other.")
        elif FLOORS[target] > FLOORS[found.family]:
            problems.append(
                f"{found}, but {found.family} is on floor {FLOORS[found.family]} and must not look "
                f"up to {target} on floor {FLOORS[target]}."
            )
    _fail(problems)


def test_libraries_stay_where_they_belong():
    _fail(
        [
            f"{found}, but only {', '.join(sorted(MAY_IMPORT[library]))} may import {library}."
            for found in ALL
            if (library := found.module.split(".")[0]) in MAY_IMPORT
            and found.family not in MAY_IMPORT[library]
            and not found.for_types
        ]
    )


def test_slow_libraries_are_imported_where_they_are_used():
    _fail(
        [
            f"{found} at the top of the module, but it is slow: import it inside the function that "
            "needs it."
            for found in ALL
            if found.module.split(".")[0] in ONLY_INSIDE_FUNCTIONS
            and found.at_top
            and not found.for_types
        ]
    )


def test_a_page_asks_ui():
    _fail(
        [
            f"{found}, but a page asks latentlab.ui for everything it shows."
            for found in ALL
            if found.family == "pages"
            and any(f"{found.module}.".startswith(f"{name}.") for name in NOT_FOR_PAGES)
        ]
    )


def test_the_app_imports_no_torch_at_the_top():
    """ui may use the codec, but inside functions: the first paint does not wait for torch."""
    heavy = {"latentlab.codec", "latentlab.training"}
    _fail(
        [
            f"{found} at the top, but that loads torch before the first paint."
            for found in ALL
            if found.family in {"app", "pages", "ui", "server", "wording", "figures", "jobs"}
            and found.at_top
            and not found.for_types
            and any(f"{found.module}.".startswith(f"{name}.") for name in heavy)
        ]
    )


def test_a_page_has_one_name_everywhere():
    """A page's file, its folders in ui and web if it has any, and its entry in the menu agree."""
    menu = ast.parse((HOME / "app.py").read_text(encoding="utf-8"))
    titles = next(
        ast.literal_eval(node.value)
        for node in menu.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "PAGES"
    )
    names = {title.lower() for title in titles}
    files = {path.stem for path in (HOME / "pages").glob("*.py")}
    folders = {path.name for path in (PACKAGE / "ui").iterdir() if (path / "__init__.py").exists()}
    assert files == names, "The files in pages/ are not the entries of the menu in app.py."
    scripts = {path.parts[-2] for path in (HOME / "web").glob("*/*.ts")} - {"node_modules"}
    for place, found, shared in (("ui", folders, SHARED_BY_PAGES), ("web", scripts, SHARED_IN_WEB)):
        assert shared <= found, f"{shared - found}: there is no such folder in {place}/."
        strangers = found - names - shared
        assert not strangers, (
            f"{place}/ has {strangers}: a folder is named as its page in the menu."
        )


def test_session_state_and_caches_have_one_home():
    problems = []
    for path in _sources():
        text = path.read_text(encoding="utf-8")
        name = path.relative_to(HOME)
        if ("st.session_state" in text or "st.query_params" in text) and path.name != "state.py":
            problems.append(f"{name} touches session state or the address: ask ui/shell/state.py.")
        if "@st.cache_" in text and path.name != "cache.py":
            problems.append(f"{name} has a cache: put it into ui/shell/cache.py.")
    _fail(problems)


def test_no_program_is_started_with_the_folder_on_its_path():
    """A student's random.py lies there; ``-m`` alone would import it."""
    started = re.compile(r'sys\.executable, (?!"-P")')
    sources = [*_sources(), *(HOME / "scripts").glob("*.py")]
    found = [p.relative_to(HOME) for p in sources if started.search(p.read_text(encoding="utf-8"))]
    assert not found, f"{found} starts Python without -P."
    make = (HOME / "Makefile").read_text(encoding="utf-8")
    assert not re.search(r"python -m (latentlab|streamlit)", make), "the Makefile needs -P"


def test_no_drawer_for_odds_and_ends():
    odd = [path.relative_to(HOME) for path in _sources() if path.stem in FORBIDDEN_NAMES]
    assert not odd, f"{odd}: name a module after what it is about."


def test_files_can_be_read_in_one_sitting():
    limits = {"pages": 120, "app": 80}
    long = []
    for path in _sources():
        length = len(path.read_text(encoding="utf-8").splitlines())
        limit = limits.get(_family_of(path), 300)
        if length > limit:
            long.append(f"{path.relative_to(HOME)} has {length} lines; {limit} is the limit.")
    _fail(long)


def test_every_dependency_is_imported():
    project = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = {_canonical(re.split(r"[^\w.-]", line)[0]) for line in project["dependencies"]}
    imported = {found.module.split(".")[0] for found in ALL if not found.for_types}
    providers = packages_distributions()  # what is imported, and which packages bring it
    used = {_canonical(name) for module in imported for name in providers.get(module, [])}
    used |= {name for name, library in REACHED_THROUGH.items() if library in imported}
    _fail(
        [
            f"pyproject.toml asks for {name}, which nothing in src imports: take it out."
            for name in sorted(names - used)
        ]
    )


def test_locks_are_filelocks():
    _fail(
        [
            f"{found}: lock with filelock, which Windows knows too."
            for found in ALL
            if found.module.split(".")[0] in {"fcntl", "msvcrt", "portalocker"}
        ]
    )


def test_what_the_package_offers_is_used_by_more_than_tests():
    """A function or class that only tests call belongs to them.

    Read by name, so that what shares its name with something that is used is not found.
    """
    used = {
        name for path in [*_sources(), *(HOME / "scripts").glob("*.py")] for name in _used(path)
    }
    problems = []
    for path in PACKAGE.rglob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if not isinstance(node, ast.FunctionDef | ast.ClassDef) or node.name.startswith("_"):
                continue
            if node.name not in used | FOR_TESTS:
                where = path.relative_to(HOME)
                problems.append(f"{where}:{node.lineno} only tests use {node.name}: move it there.")
    _fail(problems)


def _used(path: Path) -> Iterator[str]:
    """Return what a file names: variables, attributes, imports, and strings as in tables."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.ImportFrom) and path.name != "__init__.py":  # there: handed on
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.Call):
            strings = (arg.value for arg in node.args if isinstance(arg, ast.Constant))
            yield from (text for text in strings if isinstance(text, str))


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
