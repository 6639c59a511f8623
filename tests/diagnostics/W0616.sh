interdict check incident.yaml --rules rules --write-ledger ledger.yaml
sed 's/2018-04-01/2018-06-01/' more.yaml > later.yaml
interdict check later.yaml --rules rules --ledger ledger.yaml
