"""Validates rule files against the schema that `suar schema` prints, as an editor would.

usage: schema_test.py SUAR VALID_DIR INVALID_DIR

Every document below VALID_DIR has to be valid, every one below INVALID_DIR not. A document of INVALID_DIR
begins with a comment that names the path in it where the schema has to complain: `# at raise/severity`.
Exit status 77 (ctest: skipped) where Debian's python3-jsonschema or python3-yaml is missing.
"""

import json
import pathlib
import subprocess
import sys

try:
    import jsonschema
    import yaml
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(77)


class Loader(yaml.SafeLoader):
    """Reads dates as text, as Suar does."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def documents(directory):
    for path in sorted(pathlib.Path(directory).rglob("*.y*ml")):
        for number, document in enumerate(yaml.load_all(path.read_text(encoding="utf-8"), Loader)):
            yield path, number, document


def definition_of(schema, document):
    """The schema of the document's own kind, as an editor shows it: that of the first key."""
    for entry in schema["oneOf"]:
        name = entry["$ref"].rsplit("/", 1)[1]
        if name in document:
            return {"$schema": schema["$schema"], "$ref": entry["$ref"], "$defs": schema["$defs"]}
    return schema


def places(error):
    yield "/".join(str(part) for part in error.absolute_path)
    for cause in error.context or []:
        yield from places(cause)


def main(suar, valid, invalid):
    schema = json.loads(subprocess.run([suar, "schema"], check=True, capture_output=True, text=True).stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    failures = []
    seen = {"valid": 0, "invalid": 0}
    for path, number, document in documents(valid):
        seen["valid"] += 1
        for error in validator.iter_errors(document):
            cause = jsonschema.exceptions.best_match([error])
            failures.append(f"{path} document {number}: {'/'.join(map(str, cause.absolute_path))}: {cause.message}")
    for path, number, document in documents(invalid):
        seen["invalid"] += 1
        if validator.is_valid(document):
            failures.append(f"{path} document {number}: is valid")
            continue
        expected = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# at ").strip()
        own = jsonschema.Draft202012Validator(definition_of(schema, document))
        found = sorted({place for error in own.iter_errors(document) for place in places(error)})
        if expected not in found:
            failures.append(f"{path} document {number}: the schema complains at {found}, not at {expected!r}")
    if not all(seen.values()):
        failures.append(f"too few documents: {seen}")
    print("\n".join(failures) or f"{seen['valid']} valid and {seen['invalid']} invalid documents")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
