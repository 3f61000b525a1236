#!/usr/bin/env pwsh
<#
.SYNOPSIS
    Builds, tests and packages DropMon.
.DESCRIPTION
    Each task is one call of dotnet or of a script: the table below says which. Nothing but Pester and Help needs PowerShell.
.EXAMPLE
    ./build.ps1 Build, Test
.EXAMPLE
    ./build.ps1 Vm -Kernel 6.12
#>
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSReviewUnusedParameter', 'Kernel', Justification = 'The task Vm uses it.')]
[CmdletBinding()]
param(
    # What to do, in this order.
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Pester', 'Vm', 'Help', 'Package')]
    [string[]] $Task = 'Build',

    # For Vm: the kernels of tests/vm/kernels to boot; all of them if none is named.
    [string[]] $Kernel = @()
)

$ErrorActionPreference = 'Stop'
$commands = @{
    Build   = { dotnet build DropMon.sln -v quiet -nologo }
    Test    = { dotnet test }
    Pester  = { tests/pester/run }
    Vm      = { tests/vm/run @Kernel }
    Help    = { docs/build-help.ps1 }
    Package = { scripts/package }
}

Push-Location $PSScriptRoot
try {
    foreach ($name in $Task) {
        Write-Verbose "Task $name`: $($commands[$name].ToString().Trim())"
        $global:LASTEXITCODE = 0
        & $commands[$name]
        if ($LASTEXITCODE -ne 0) {
            Write-Error "Task $name failed with exit code $LASTEXITCODE; its messages are above." -ErrorId "TaskFailed,$name" -Category InvalidResult
        }
    }
}
finally {
    Pop-Location
}
