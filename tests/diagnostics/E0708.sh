interdict check incident.yaml --sign-key key.pem
