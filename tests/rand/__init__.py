"""What RAND found of the commands' mechanisms in 2013, asked as law of fiscal years 2012 and 2026."""
