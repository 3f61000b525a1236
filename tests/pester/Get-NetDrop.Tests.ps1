BeforeAll {
    Import-Module $PSScriptRoot/../../DropMon.psd1 -Force
    Import-Module $PSScriptRoot/Traffic.psm1 -Force
}

Describe 'Get-NetDrop with a running monitor' {
    BeforeAll {
        $null = Start-DropMonitor
        Send-ClosedPort -Count 50
        $own = Get-NetDrop | Where-Object ProcessId -EQ $PID
    }
    AfterAll { Stop-DropMonitor }

    It 'returns each datagram to a closed port at once' { $own | Should -HaveCount 50 }
    It 'groups them under one function' { ($own | Group-Object Function).Count | Should -Be 50 }
    It 'names the UDP receive function' { $own[0].Function | Should -Match 'udp.*rcv' }
    It 'names the reason' { $own[0].Reason | Should -Be 'NO_SOCKET' }
    It 'names class and type' { "$($own[0].Class) $($own[0].Type)" | Should -Be 'Udp NoPorts' }
    It 'keeps what it has returned' { @(Get-NetDrop | Where-Object ProcessId -EQ $PID).Count | Should -BeGreaterOrEqual 50 }
    It 'returns the last ones with -Last' { Get-NetDrop -Last 7 | Should -HaveCount 7 }
    It 'returns at most -Count' { Get-NetDrop -Count 3 | Should -HaveCount 3 }
    It 'returns nothing from -Since the future' { Get-NetDrop -Since ([DateTimeOffset]::Now.AddHours(1)) | Should -BeNullOrEmpty }
    It 'filters by wildcard' { @(Get-NetDrop -Function '*udp*rcv' -Reason 'NO_S*').Count | Should -BeGreaterOrEqual 50 }
    It 'returns nothing for a class that had no drop' { Get-NetDrop -Class Can | Should -BeNullOrEmpty }
    It 'shows the reason in the default table' { $own[0] | Out-String -Width 120 | Should -Match 'NO_SOCKET' }
    It 'fits 120 columns' { ($own[0..2] | Out-String -Width 200) -split "`n" | ForEach-Object { $_.TrimEnd().Length | Should -BeLessOrEqual 120 } }
}

Describe 'Get-NetDrop without a monitor' {
    It 'collects for -Duration' {
        $traffic = Start-Traffic
        try { $found = Get-NetDrop -Duration 1 -Function '*udp*rcv' } finally { Stop-Traffic $traffic }
        @($found | Where-Object ProcessId -EQ $PID).Count | Should -BeGreaterThan 0
    }

    It 'ends when Select-Object -First has enough' {
        $traffic = Start-Traffic
        try { $found = Get-NetDrop -Duration 600 -Function '*udp*rcv' | Select-Object -First 3 } finally { Stop-Traffic $traffic }
        $found | Should -HaveCount 3
    }

    It 'tells the ledger with -Verbose, even where nothing was lost' {
        Get-NetDrop -Duration 0.5 -Class Can -Verbose 4>&1 | Out-String -Width 500 | Should -Match 'Ledger: received \d+, delivered 0, filtered out \d+, lost 0'
    }

    It 'refuses -Last, since nothing was kept' {
        { Get-NetDrop -Last 3 } | Should -Throw -ErrorId 'MonitorNotRunning,DropMon.Commands.GetNetDropCommand'
    }
}
