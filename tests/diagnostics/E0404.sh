mkdir elsewhere
cat > elsewhere/example.yaml <<END
interdict: 1
rules:
  - {id: example, title: An example, authority: [S/RES/9001 OP1], when: {activity: sale}}
END
cp rules/[crv]*.yaml elsewhere
rm elsewhere/regime.yaml
interdict rules list --rules elsewhere
