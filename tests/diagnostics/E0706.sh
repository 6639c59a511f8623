interdict rules show trial-cole --rules rules
