# Computers that say what a script says: an ssh on PATH runs it in the place of a connection. What hostile ones can say needs no network.

function New-ScriptedHost {
    <#
    .SYNOPSIS Puts an ssh in front of PATH that plays the computers of a table: name and script of bash. Returns what Remove-ScriptedHost takes.
    .DESCRIPTION A script begins where the call has come. It has the functions frame KIND TEXT..., which encodes, and texts of C escapes.
    #>
    param([Parameter(Mandatory)] [string] $Folder, [Parameter(Mandatory)] [hashtable] $Hosts)
    $bin = New-Item -ItemType Directory "$Folder/bin"
    foreach ($name in $Hosts.Keys) { [System.IO.File]::WriteAllText("$bin/$name.host", $Hosts[$name]) }
    [System.IO.File]::WriteAllText("$bin/ssh", @'
#!/bin/bash
while [ "$1" != -- ]; do shift; done
frame() { printf '%s' "$1"; shift; for text; do printf ' %s' "$(printf "$text" | base64 -w0)"; done; echo; }
begin() { read -r bootstrap; read -r server; echo DropMon-Fleet; frame M "${1-0.1.0}" 1; read -r run; }
player=$(dirname "$0")/$2.host
case $(head -n 1 "$player") in '# raw'*) ;; *) begin ;; esac
. "$player"
'@)
    chmod +x "$bin/ssh"
    $former = $env:PATH
    $env:PATH = "$bin`:$former"
    [pscustomobject]@{ Path = $former }
}

function Remove-ScriptedHost($Scripted) { $env:PATH = $Scripted.Path }

function Find-UnsafeText {
    <# .SYNOPSIS The texts of an object, however deep, that hold characters which steer a terminal or reorder what is shown. #>
    param($Value, [string] $Path = '', [int] $Depth = 0)
    if ($null -eq $Value -or $Depth -gt 8) { return }
    if ("$Value" -match '[\p{Cc}\p{Cf}\u2028\u2029]') { "$Path = $("$Value" -replace '[\p{Cc}\p{Cf}\u2028\u2029]', '?')" }
    if ($Value.PSObject.BaseObject -is [System.Collections.IDictionary]) {
        foreach ($key in $Value.Keys) {
            Find-UnsafeText $key "$Path.key" ($Depth + 1)
            Find-UnsafeText $Value[$key] "$Path[$key]" ($Depth + 1)
        }
    }
    elseif ($Value.PSObject.BaseObject -is [System.Collections.IEnumerable] -and $Value.PSObject.BaseObject -isnot [string]) {
        foreach ($item in $Value) { Find-UnsafeText $item "$Path[]" ($Depth + 1) }
    }
    elseif ($Value.PSObject.BaseObject.GetType().IsPrimitive -or $Value.PSObject.BaseObject -is [DateTimeOffset] -or $Value.PSObject.BaseObject -is [datetime] -or $Value.PSObject.BaseObject -is [timespan]) { return }
    foreach ($name in $Value.PSObject.TypeNames) { if ($name -match '[\p{Cc}\p{Cf}]') { "$Path has an unsafe type name" } }
    foreach ($property in $Value.PSObject.Properties) {
        if ($property.Name -match '[\p{Cc}\p{Cf}]') { "$Path has a property with an unsafe name" }
        if ($property.Name -in 'Length', 'Chars', 'SyncRoot', 'TargetSite') { continue }
        $inner = try { $property.Value } catch { $null }
        Find-UnsafeText $inner "$Path.$($property.Name)" ($Depth + 1)
    }
}

Export-ModuleMember -Function New-ScriptedHost, Remove-ScriptedHost, Find-UnsafeText
