interdict check incident.yaml --rules rules --write-ledger ledger.yaml
echo '# A remark.' >> rules/trial.yaml
interdict check more.yaml --rules rules --ledger ledger.yaml
