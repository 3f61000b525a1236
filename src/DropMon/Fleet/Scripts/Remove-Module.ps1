# Runs on the far side: removes the copy. The assemblies that are loaded stay so.
param([string] $Folder)
Remove-Item -LiteralPath $Folder -Recurse -Force -ErrorAction Stop
