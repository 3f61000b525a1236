BeforeAll {
    Import-Module $PSScriptRoot/../../DropMon.psd1 -Force
    Import-Module $PSScriptRoot/Traffic.psm1 -Force
}

Describe 'Start-, Get- and Stop-DropMonitor' {
    AfterEach { if (Get-DropMonitor) { Stop-DropMonitor } }

    It 'returns the status on starting' { (Start-DropMonitor).State | Should -Be 'Running' }
    It 'starts nothing with -WhatIf' { Start-DropMonitor -WhatIf; Get-DropMonitor | Should -BeNullOrEmpty }
    It 'refuses a second monitor' {
        $null = Start-DropMonitor
        { Start-DropMonitor } | Should -Throw -ErrorId 'MonitorAlreadyRunning,DropMon.Commands.StartDropMonitorCommand'
    }
    It 'keeps running with Stop-DropMonitor -WhatIf' {
        $null = Start-DropMonitor
        Stop-DropMonitor -WhatIf
        (Get-DropMonitor).State | Should -Be 'Running'
    }
    It 'returns the last status with -PassThru' {
        $null = Start-DropMonitor
        (Stop-DropMonitor -PassThru).State | Should -Be 'Stopped'
    }
    It 'warns when there is nothing to stop' {
        Stop-DropMonitor -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -HaveCount 1
    }
    It 'counts what a small ring has overwritten' {
        $null = Start-DropMonitor -Capacity 10
        Send-ClosedPort -Count 200
        $kept = Get-NetDrop -WarningAction SilentlyContinue -WarningVariable warnings
        $kept | Should -HaveCount 10
        "$warnings" | Should -Match '^\d+ alerts were lost: \d+ overwritten by newer ones'
        $ledger = (Get-DropMonitor).Ledger
        $ledger.Overwritten | Should -BeGreaterOrEqual 190
        $ledger.Delivered + $ledger.Overwritten + $ledger.FilteredOut | Should -Be $ledger.Received
    }
    It 'stops when the module is removed' {
        pwsh -NoProfile -NonInteractive -Command "
            Import-Module $PSScriptRoot/../../DropMon.psd1
            `$null = Start-DropMonitor 3>&1
            Remove-Module DropMon
            (Get-ChildItem /proc/`$PID/fd | ForEach-Object Target | Where-Object { `$_ -match 'anon_inode:.*(perf_event|bpf-prog)' }).Count" | Should -Be 0
    }
}
