# Times the pipelines that bench/run pipeline compares, in turns, in one session: a line each with the seconds of ours and of bare objects.
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSReviewUnusedParameter', 'Path', Justification = 'The pipelines use it.')]
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSReviewUnusedParameter', 'Count', Justification = 'The pipelines use it.')]
param(
    [Parameter(Mandatory)] [string] $Module,
    [Parameter(Mandatory)] [string] $BareCmdlets,
    [Parameter(Mandatory)] [string] $Path,
    [Parameter(Mandatory)] [int] $Count,
    [Parameter(Mandatory)] [int] $Pairs
)
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
Import-Module $Module, $BareCmdlets

$pipelines = [ordered]@{
    group = { Get-NetDrop -Path $Path | Group-Object Function }, { New-BareObject -Count $Count | Group-Object Function }
    where = { Get-NetDrop -Path $Path | Where-Object Reason -eq NO_SOCKET }, { New-BareObject -Count $Count | Where-Object Reason -eq NO_SOCKET }
    null  = { Get-NetDrop -Path $Path | Out-Null }, { New-BareObject -Count $Count | Out-Null }
}

# Objects of earlier turns are gone before the clock starts.
function Measure-Second([scriptblock] $Pipeline) {
    [GC]::Collect()
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $null = & $Pipeline
    $watch.Elapsed.TotalSeconds
}

foreach ($name in $pipelines.Keys) {
    # The first turn compiles, and is not counted.
    for ($turn = 0; $turn -le $Pairs; $turn++) {
        $ours, $bare = $pipelines[$name] | ForEach-Object { Measure-Second $_ }
        if ($turn -gt 0) {
            [string]::Format([cultureinfo]::InvariantCulture, '{0} {1:0.000000} {2:0.000000}', $name, $ours, $bare)
        }
    }
}
