interdict check incident.yaml --rules rules --jobs 100000
