interdict check incident.yaml --rules rules --quiet --report sarif=report.sarif --sarif-most 0
