"""The web of an invented regency, served on this machine so that everything can be tried."""
