interdict check incident.yaml --rules rules --write-ledger ledger.yaml
sed -i 's/100 bbl/120 bbl/' incident.yaml
interdict check incident.yaml --rules rules --ledger ledger.yaml
