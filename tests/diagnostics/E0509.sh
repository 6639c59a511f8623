sed 's/id: example/id: another/' incident.yaml > another.yaml
cat > decisions.yaml <<END
- {rule: trial-coal, transaction: coal, decision: accepted, reason: licence seen, by: A. Person, on: 2026-02-27}
END
interdict check incident.yaml another.yaml --rules rules --baseline decisions.yaml
