interdict verify incident.yaml
