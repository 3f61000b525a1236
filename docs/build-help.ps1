<#
.SYNOPSIS
Makes en-US/DropMon.dll-Help.xml of the Markdown in docs/en-US. Needs the module Microsoft.PowerShell.PlatyPS.
.DESCRIPTION
Change the Markdown, run this, and commit both. After a cmdlet's parameters have changed, build the module and run it with -Update first: new
parameters appear in the Markdown with a placeholder.
.PARAMETER Update
Brings syntax and parameters in the Markdown up to the built module.
.PARAMETER Check
Changes nothing; fails when the committed help is not what the Markdown gives.
#>
[CmdletBinding()]
param([switch] $Update, [switch] $Check)

$ErrorActionPreference = 'Stop'
$root = Split-Path $PSScriptRoot
if (-not (Get-Module -ListAvailable Microsoft.PowerShell.PlatyPS)) {
    throw 'The module Microsoft.PowerShell.PlatyPS is missing: Install-PSResource Microsoft.PowerShell.PlatyPS'
}
Import-Module Microsoft.PowerShell.PlatyPS
$pages = Get-ChildItem $PSScriptRoot/en-US/*-*.md | Sort-Object Name
if ($Update) {
    # PlatyPS would follow the links in the help that is there, and take their relative paths for addresses.
    $former = "$root/en-US/DropMon.dll-Help.xml"
    Move-Item $former "$former.former"
    try {
        Import-Module $root/DropMon.psd1 -Force
        $null = $pages | Update-MarkdownCommandHelp -NoBackup
    }
    finally {
        Move-Item "$former.former" $former -Force
    }
}
$help = $pages | Import-MarkdownCommandHelp
foreach ($example in $help.Examples) {
    # On a terminal an example is what one types, not a fence around it.
    $example.Remarks = [regex]::Replace($example.Remarks, '(?ms)^```powershell\n(.*?)\n```', {
            param($fence) ($fence.Groups[1].Value -split "`n" | ForEach-Object { "PS> $_" }) -join "`n" })
}
$work = Join-Path ([IO.Path]::GetTempPath()) ([guid]::NewGuid())
try {
    $null = Export-MamlCommandHelp -CommandHelp $help -OutputFolder $work
    # Markdown's marks around names of parameters are no help on a terminal; no example has such a mark in its code.
    $made = (Get-Content $work/DropMon/DropMon.dll-Help.xml -Raw) -replace '`([^`\r\n]+)`', '$1'
    # A parameter that may be left out takes what it takes: the user gives a TimeSpan, not a Nullable.
    $made = $made -replace 'System\.Nullable`1\[([\w.]+)\]', '$1'
    # PlatyPS reads defaults from the Markdown and does not write them.
    foreach ($page in $help) {
        foreach ($parameter in $page.Parameters | Where-Object DefaultValue) {
            $place = [regex] "(?s)(<command:name>$($page.Title)</command:name>.*?<command:parameters>.*?<maml:name>$($parameter.Name)</maml:name>.*?</dev:type>)"
            $made = $place.Replace($made, "`$1`n        <dev:defaultValue>$([Security.SecurityElement]::Escape($parameter.DefaultValue))</dev:defaultValue>", 1)
        }
    }
}
finally {
    Remove-Item $work -Recurse -ErrorAction Ignore
}
$target = "$root/en-US/DropMon.dll-Help.xml"
if (-not $Check) {
    Set-Content $target $made -NoNewline
    "$target is current."
}
elseif (-not (Test-Path $target) -or (Get-Content $target -Raw) -cne $made) {
    throw "$target is not what docs/en-US gives. Run docs/build-help.ps1 and commit both."
}
