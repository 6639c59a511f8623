interdict lists show incident.yaml
