"""From figures and names to rows: discourse scope, binding of figures to indicators, measures, assembly."""
