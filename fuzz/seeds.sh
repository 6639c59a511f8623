#!/bin/sh
# Makes a corpus for each target from the fixtures and tests; run it in the project's folder. Nothing of it is committed.
set -eu
cd "$(dirname "$0")/.."
program=${1:-target/release/interdict}
for target in incident_yaml incident_json incident_ndjson incident_csv rules decisions ledger list report; do
    mkdir -p "fuzz/corpus/$target"
done
cp fixtures/incidents/*.yaml fixtures/near-misses/*.yaml fuzz/corpus/incident_yaml/
cp fixtures/incidents/*.csv fuzz/corpus/incident_csv/
cp tests/trial.yaml tests/language/base/*.yaml fuzz/corpus/rules/
cp fixtures/lists/* fuzz/corpus/list/
cp tests/diagnostics/*.yaml fuzz/corpus/incident_yaml/
cp tests/diagnostics/*.json fuzz/corpus/incident_json/
cp tests/diagnostics/*.csv fuzz/corpus/incident_csv/
for file in fuzz/corpus/incident_yaml/*.rules.yaml; do mv "$file" fuzz/corpus/rules/; done
for file in fuzz/corpus/incident_yaml/*.decisions.yaml; do mv "$file" fuzz/corpus/decisions/; done
for file in fuzz/corpus/incident_yaml/*.ledger.yaml; do mv "$file" fuzz/corpus/ledger/; done
# The program itself writes the rest: streams and documents in JSON, reports, ledgers.
for file in fixtures/incidents/*.yaml; do
    name=$(basename "$file" .yaml)
    "$program" check "$file" --quiet --fail-on never --format json --output "fuzz/corpus/report/$name.json" \
        --write-ledger "fuzz/corpus/ledger/$name.ledger" || true
done
python3 - <<'END'
import glob, json, os
try:
    import yaml
except ImportError:
    raise SystemExit("without PyYAML no JSON is made of the incidents")
for path in glob.glob("fixtures/incidents/*.yaml"):
    name = os.path.basename(path)[: -len(".yaml")]
    # Every scalar stays the text that is written.
    incident = yaml.load(open(path, encoding="utf-8"), yaml.BaseLoader)
    with open(f"fuzz/corpus/incident_json/{name}.json", "w", encoding="utf-8") as file:
        json.dump(incident, file, ensure_ascii=False)
    with open(f"fuzz/corpus/incident_ndjson/{name}.ndjson", "w", encoding="utf-8") as file:
        for transaction in incident["transactions"]:
            file.write(json.dumps({"incident": incident["id"], **transaction}, ensure_ascii=False) + "\n")
END
find fuzz/corpus -type f | wc -l
