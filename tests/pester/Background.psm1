# Runs cmdlets on another thread of this process, so that the drops they are to see can be made meanwhile.

function Start-Background {
    <# .SYNOPSIS Starts a script in a runspace of its own that has the module. Returns what the others take. #>
    param([Parameter(Mandatory)] [scriptblock] $Script)
    $shell = [powershell]::Create()
    # One script, not two statements: between statements PowerShell asks the runspace, which Stop-Background may have closed by then.
    $null = $shell.AddScript("Import-Module '$PSScriptRoot/../../DropMon.psd1'`n$Script")
    @{ Shell = $shell; Run = $shell.BeginInvoke() }
}

function Complete-Background {
    <# .SYNOPSIS Waits for the end and returns the output; an error of the script is one here. #>
    param([Parameter(Mandatory)] $Background)
    try {
        $Background.Shell.EndInvoke($Background.Run)
        $Background.Shell.Streams.Error | Write-Error
    }
    finally {
        $Background.Shell.Runspace.Dispose()
        $Background.Shell.Dispose()
    }
}

function Stop-Background {
    <# .SYNOPSIS Does what Ctrl+C does, and waits for the end. #>
    param([Parameter(Mandatory)] $Background)
    $Background.Shell.Stop()
    try { $null = $Background.Shell.EndInvoke($Background.Run) } catch [System.Management.Automation.PipelineStoppedException] { Write-Debug "It has stopped: $_" }
    $Background.Shell.Runspace.Dispose()
    $Background.Shell.Dispose()
}

function Get-TracepointCount {
    <# .SYNOPSIS How many perf events this process holds: none when no tracepoint source runs. #>
    @(Get-ChildItem /proc/$PID/fd -ErrorAction Ignore | Where-Object { $_.Target -like 'anon_inode:*perf_event*' }).Count
}

function Wait-Tracepoint {
    <# .SYNOPSIS Waits until a tracepoint source of this process reports: drops from then on are seen. #>
    param([switch] $Gone)
    $deadline = [DateTime]::UtcNow.AddSeconds(60)
    do {
        if ([DateTime]::UtcNow -gt $deadline) { throw "A minute has passed, and there are $(Get-TracepointCount) perf events." }
        $enough = $Gone ? 0 : 2 * [Environment]::ProcessorCount
    } until ((Get-TracepointCount) -eq $enough)
}

Export-ModuleMember -Function Start-Background, Complete-Background, Stop-Background, Get-TracepointCount, Wait-Tracepoint
