cp incident.yaml copy.yaml
interdict check incident.yaml copy.yaml --rules rules
