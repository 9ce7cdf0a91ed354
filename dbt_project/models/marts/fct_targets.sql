{{ facts('target') }}
