mkdir folder
cp incident.yaml folder/incident.yaml
printf 'coal went out\n' > folder/report.txt
interdict check folder --rules rules
