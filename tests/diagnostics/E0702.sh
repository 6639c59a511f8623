mkdir empty
interdict check empty
