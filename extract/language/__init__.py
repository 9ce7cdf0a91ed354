"""What Vietnamese text, figures, units and dates mean, without any knowledge of indicators or places."""
