interdict screen --pairs incident.yaml
