interdict check missing.yaml
