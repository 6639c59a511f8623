printf 'id: cut\ntransactions: [{activity: sale}]\n' > cut.yaml
interdict check incident.yaml cut.yaml --rules rules --write-ledger ledger.yaml
