printf 'id: caf\351\ntransactions: [{activity: sale}]\n' > incident.yaml
interdict check incident.yaml
