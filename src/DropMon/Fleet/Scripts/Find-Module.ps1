# Runs on the far side: imports DropMon if it is there and says which it is.
param([string] $Path)
if ($Path -or (Get-Module DropMon -ListAvailable)) {
    $module = Import-Module ($Path ? $Path : 'DropMon') -PassThru -ErrorAction Stop
    @{ Version = "$($module.Version)"; CanRelay = $null -ne ('DropMon.Commands.RelayNetDropCommand' -as [type]) }
}
