cp rules/regime.yaml rules/arms.yaml.txt
interdict rules list --rules rules
