interdict check incident.yaml --rules rules --write-ledger ledger.yaml
cat > key.pub <<END
-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEAACYJq7Uu5/L8PnuYoD2l3DliyS7RjSh04iJn4xXd2/w=
-----END PUBLIC KEY-----
END
interdict check more.yaml --rules rules --ledger ledger.yaml --ledger-key key.pub
