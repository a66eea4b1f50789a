"""Bring the front-end packages into static/vendor/, or check that they are as they were brought.

    python tools/vendor.py update    needs npm, once, on the machine of whoever raises a version
    python tools/vendor.py check     needs nothing: compares every file with vendor.lock.json

Running the office never needs Node: what is written here is committed.
"""

import base64
import hashlib
import io
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

VENDOR = Path(__file__).resolve().parent.parent / "static" / "vendor"
LOCK = VENDOR / "vendor.lock.json"
LICENCES = "LICENSES.txt"
ALPHABETS = ("latin", "latin-ext", "cyrillic", "cyrillic-ext")

# Tabler's script is left out on purpose: our menus are <details> and popovers.
PACKAGES = {
    "@tabler/core@1.6.1": {"dist/css/tabler.min.css": "tabler/tabler.min.css"},
    "@fontsource-variable/inter@5.3.0": {
        f"files/inter-{alphabet}-wght-normal.woff2": f"inter/inter-{alphabet}.woff2" for alphabet in ALPHABETS
    },
}
ICON_PACKAGE = "@tabler/icons@3.51.0"
ICONS = """
    adjustments alert-circle alert-triangle archive archive-off arrow-back-up arrow-down arrow-left arrow-narrow-right
    arrow-right arrow-up ban bell bookmark box briefcase building building-bank building-community building-factory-2
    building-store building-warehouse calendar chart-bar check chevron-down chevron-left chevron-right chevron-up
    circle-check clock columns-3 copy dots-vertical download edit external-link eye file file-spreadsheet file-text
    files filter grip-vertical hash help-circle hierarchy-2 history home id info-circle key language link list
    list-check list-details lock logout mail map-pin menu-2 message moon note package paperclip pencil phone photo
    player-pause player-play plus printer receipt refresh report scale search settings shield sitemap sun tag tags
    toggle-left trash truck-delivery typography upload user users users-group world x
    """.split()  # noqa: SIM905 -- a list of words is read more easily without quotes

SOURCE_MAP = re.compile(rb"\n?(/\*# sourceMappingURL=.*?\*/|//# sourceMappingURL=.*)\s*$")
DRAWING = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
# A rule that is already asked of a medium (print, a width) is not a theme's.
BLOCK = re.compile(r"@[a-z-]+[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
BOUNDS = re.compile(r'<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*/>')


def main(arguments):
    if arguments == ["update"]:
        return update()
    if arguments == ["check"]:
        return check()
    print(__doc__, file=sys.stderr)
    return 2


def update():
    """Fetch every package at its version, keep the few files we use, and write down what they were."""
    lock, licences = {}, []
    for spec, wanted in PACKAGES.items():
        package = Package(spec)
        files = {target: SOURCE_MAP.sub(b"\n", package.read(source)) for source, target in wanted.items()}
        if "tabler/tabler.min.css" in files:
            files["tabler/tabler-auto.css"] = dark_when_the_system_is(files["tabler/tabler.min.css"])
        lock[package.name] = package.entry(files)
        licences.append(package.licence())
    icons = Package(ICON_PACKAGE)
    lock[icons.name] = icons.entry({"icons/sprite.svg": sprite(icons)}) | {"icons": ICONS}
    licences.append(icons.licence())
    (VENDOR / LICENCES).write_text("\n\n".join(licences), encoding="utf-8")
    LOCK.write_text(json.dumps(lock, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")
    return check()


def check():
    """Say which vendored file differs from the lock, is missing, or is not in it."""
    lock = json.loads(LOCK.read_text(encoding="utf-8"))
    told = {name: facts for package in lock.values() for name, facts in package["files"].items()}
    present = {path.relative_to(VENDOR).as_posix() for path in VENDOR.rglob("*") if path.is_file()}
    wrong = sorted(told.keys() ^ (present - {LOCK.name, LICENCES}))
    wrong += [
        name for name, facts in told.items() if name in present and facts != facts_of((VENDOR / name).read_bytes())
    ]
    for name in wrong:
        print(f"static/vendor/{name} is not what vendor.lock.json says", file=sys.stderr)
    print(f"{len(lock)} packages, {len(told)} files, {sum(facts['bytes'] for facts in told.values()):,} bytes")
    return 1 if wrong else 0


class Package:
    """One package as its registry gave it, its integrity compared before anything is read."""

    def __init__(self, spec):
        with tempfile.TemporaryDirectory() as folder:
            command = ["npm", "pack", "--json", "--silent", "--pack-destination", folder, spec]
            told = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)[0]
            raw = (Path(folder) / told["filename"].replace("@", "").replace("/", "-")).read_bytes()
        if "sha512-" + base64.b64encode(hashlib.sha512(raw).digest()).decode() != told["integrity"]:
            raise SystemExit(f"{spec}: what came is not what was announced")
        self.name, self.version, self.integrity = told["name"], told["version"], told["integrity"]
        self.archive = tarfile.open(fileobj=io.BytesIO(raw))  # noqa: SIM115 -- it lives in memory, as long as the package
        self.manifest = json.loads(self.read("package.json"))

    def read(self, name):
        return self.archive.extractfile(f"package/{name}").read()

    def entry(self, files):
        for name, content in files.items():
            target = VENDOR / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        return {
            "version": self.version,
            "licence": self.manifest["license"],
            "integrity": self.integrity,
            "files": {name: facts_of(content) for name, content in files.items()},
        }

    def licence(self):
        title = f"{self.name} {self.version} ({self.manifest['license']})"
        if "package/LICENSE" in self.archive.getnames():
            text = self.read("LICENSE").decode()
        else:
            # Tabler's core says its licence in the head of its files only.
            head = next(name for name in self.archive.getnames() if name.endswith("/css/tabler.css"))
            text = re.search(rb"/\*!(.*?)\*/", self.read(head.removeprefix("package/")), re.DOTALL)[1].decode()
        return f"{title}\n{'=' * len(title)}\n\n{text.strip()}\n"


def facts_of(content):
    return {"sha384": base64.b64encode(hashlib.sha384(content).digest()).decode(), "bytes": len(content)}


def dark_when_the_system_is(sheet):
    """Tabler's dark rules for the theme "auto", to be loaded under the media query that asks the system."""
    rules = []
    for selectors, body in re.findall(r"([^{}@]+)\{([^{}]*)\}", BLOCK.sub("", sheet.decode())):
        wanted = [selector for selector in selectors.split(",") if selector.strip().startswith("[data-bs-theme=dark]")]
        if wanted:
            rules.append(",".join(wanted).replace("=dark]", "=auto]") + "{" + body + "}")
    return ("\n".join(rules) + "\n").encode()


def sprite(package):
    """One file with the drawings we name in templates; each takes its colour from the word beside it."""
    symbols = []
    for name in ICONS:
        drawing = DRAWING.search(package.read(f"icons/outline/{name}.svg").decode())[1]
        lines = " ".join(BOUNDS.sub("", drawing).split())
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{lines}</symbol>')
    return ('<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n").encode()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
