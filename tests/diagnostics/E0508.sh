cat > decisions.yaml <<END
- {rule: trial-coal, transaction: example/coal, decision: accepted, reason: licence seen, by: A. Person, on: 2026-02-27, expires: 2026-12-31}
END
interdict check incident.yaml --rules rules --baseline decisions.yaml
