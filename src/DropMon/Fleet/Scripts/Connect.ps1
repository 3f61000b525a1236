# Runs here, in a runspace of its own.
param([hashtable] $Connection)
New-PSSession @Connection -ErrorAction Stop
