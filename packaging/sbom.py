"""Prints the parts that the program is built of for a target, as CycloneDX 1.5 (JSON), out of Cargo's own resolution.

Usage: packaging/sbom.py TARGET. Needs Python 3.11 or later, cargo, and nothing else. There is no time and no random number in
it, so that equal sources give equal lists. Crates that only tests use are left out; those that only the build uses, macros
among them, are marked `excluded`, which in CycloneDX says that they are not in the program.
"""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def resolved(target):
    command = ["cargo", "metadata", "--format-version", "1", "--locked", "--filter-platform", target]
    return json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout)


def in_tree(target, edges):
    """The packages that `cargo tree` finds over dependencies of these kinds, by name and version.

    The resolution that `cargo metadata` prints has the features that tests ask for, and so crates that the program has not.
    """
    command = ["cargo", "tree", "--locked", "--target", target, "--edges", edges, "--prefix", "none", "--format", "{p}"]
    lines = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()
    words = [line.split() for line in lines if line]
    return {(name, version.removeprefix("v")) for name, version, *_ in words}


def purl(package):
    return f"pkg:cargo/{package['name']}@{package['version']}"


def component(package, checksum, is_in_program):
    part = {"type": "library", "bom-ref": purl(package), "name": package["name"], "version": package["version"]}
    part["scope"] = "required" if is_in_program else "excluded"
    if checksum:
        part["hashes"] = [{"alg": "SHA-256", "content": checksum}]
    if package["license"]:
        part["licenses"] = [{"expression": package["license"].replace("/", " OR ")}]
    part["purl"] = purl(package)
    if package["repository"]:
        part["externalReferences"] = [{"type": "vcs", "url": package["repository"]}]
    return part


def main(target):
    metadata = resolved(target)
    lock = tomllib.loads((ROOT / "Cargo.lock").read_text())
    checksums = {(p["name"], p["version"]): p.get("checksum") for p in lock["package"]}
    nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    packages = {package["id"]: package for package in metadata["packages"]}
    root = metadata["resolve"]["root"]
    in_program, built_with = in_tree(target, "normal,no-proc-macro"), in_tree(target, "normal,build")
    listed = {id for id, package in packages.items() if (package["name"], package["version"]) in built_with}
    order = sorted(listed - {root}, key=lambda id: (packages[id]["name"], packages[id]["version"]))

    def part(id):
        key = packages[id]["name"], packages[id]["version"]
        return component(packages[id], checksums[key], key in in_program)

    parts = [part(id) for id in order]

    def needs(id):
        deps = [dep["pkg"] for dep in nodes[id]["deps"] if any(kind["kind"] != "dev" for kind in dep["dep_kinds"])]
        return sorted({purl(packages[dep]) for dep in deps if dep in listed})

    own = packages[root]
    document = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": purl(own),
                "name": own["name"],
                "version": own["version"],
                "licenses": [{"expression": own["license"]}],
                "purl": purl(own),
                "properties": [{"name": "target", "value": target}],
            }
        },
        "components": parts,
        "dependencies": [{"ref": purl(packages[id]), "dependsOn": needs(id)} for id in [root, *order]],
    }
    json.dump(document, sys.stdout, indent=2)
    print()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
