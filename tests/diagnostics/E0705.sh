echo 'transactions: [{activity: sale}]' > cut.yaml
interdict check incident.yaml cut.yaml --rules rules --write-ledger ledger.yaml
