interdict check incident.yaml --rules rules --format json --output incident.yaml
