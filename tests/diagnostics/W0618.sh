cat > ledger.yaml <<END
balances: [{quota: oil, period: 2018, amount: 450 bbl, as_of: 2018-02-28}]
END
cat >> more.yaml <<END
context: {balances: [{quota: oil, period: 2018, amount: 0 bbl, as_of: 2018-02-28}]}
END
interdict check more.yaml --rules rules --ledger ledger.yaml
