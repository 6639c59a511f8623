interdict check incident.yaml --rules rules --write-ledger ledger.yaml
interdict check more.yaml --rules rules --ledger ledger.yaml --period 2018-03/2018-04
