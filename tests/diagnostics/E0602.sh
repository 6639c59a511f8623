interdict check incident.yaml --rules rules --write-ledger before.yaml
sed 's/"100"/"10"/' before.yaml > ledger.yaml
interdict check more.yaml --rules rules --ledger ledger.yaml
