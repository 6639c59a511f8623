echo secret > key.pem
interdict check incident.yaml --rules rules --report json=report.json --sign-key key.pem
