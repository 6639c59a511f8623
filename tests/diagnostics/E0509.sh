sed 's/id: example/id: another/' incident.yaml > another.yaml
cat > decisions.yaml <<END
- {rule: trial-coal, transaction: coal, verdict: violation, facts: 5d1f7e0c94b2a8630e7c25d19af4b386, decision: accepted, reason: licence seen, by: A. Person, on: 2026-02-27}
END
interdict check incident.yaml another.yaml --rules rules --baseline decisions.yaml
