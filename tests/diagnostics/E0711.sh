interdict rules list --rules rules --paragraph 'S/RES/9001 OP77'
