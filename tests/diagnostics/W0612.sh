interdict check more.yaml --rules rules --write-ledger ledger.yaml
interdict check incident.yaml --rules rules --ledger ledger.yaml
