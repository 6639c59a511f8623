interdict check incident.yaml --rules rules --write-ledger ledger.yaml --known-on 2020-01-01
interdict check more.yaml --rules rules --ledger ledger.yaml
