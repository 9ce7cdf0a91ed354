{{ facts('outcome') }}
