# Runs on the far side. The relay is a cmdlet of the module that it does not export: it puts out alerts as text.
param([string] $Command, [hashtable] $Arguments)
$target = $Command ? (Get-Command "DropMon\$Command" -ErrorAction Stop) : [System.Management.Automation.CmdletInfo]::new('Send-NetDrop', [DropMon.Commands.RelayNetDropCommand])
& $target @Arguments
