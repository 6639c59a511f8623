{ echo 'interdict: 1'; echo 'vocabulary:'; echo '  field:'; seq 66000 | sed 's/.*/    - {id: "field-&"}/'; } > rules/example.yaml
interdict rules list --rules rules 2>&1 | head -n 6 >&2
