printf 'id: cut\n' > cut.yaml
interdict check incident.yaml cut.yaml --rules rules --write-ledger ledger.yaml
