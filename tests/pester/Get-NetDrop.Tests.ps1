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
    It 'refuses options of a source, since one runs: <_>' -ForEach '-Mode Packet', '-QueueLength 5', '-Force' {
        { & ([scriptblock]::Create("Get-NetDrop $_")) } | Should -Throw -ExpectedMessage '*monitor is already running*'
    }
    It 'refuses a source that it does not run with' {
        $other = (Get-DropMonitor).Source -eq 'NetDm' ? 'Tracepoint' : 'NetDm'
        { Get-NetDrop -Source $other } | Should -Throw -ExpectedMessage "*not $other*"
    }
    It 'refuses -Last with -Duration, which collects new drops' { { Get-NetDrop -Last 3 -Duration 1 } | Should -Throw -ExpectedMessage '*-Duration collects new drops*' }
    It 'shows the reason in the default table' { $own[0] | Out-String -Width 120 | Should -Match 'NO_SOCKET' }
    It 'fits 120 columns' { ($own[0..2] | Out-String -Width 200) -split "`n" | ForEach-Object { $_.TrimEnd().Length | Should -BeLessOrEqual 120 } }
}

Describe 'Get-NetDrop with a running monitor of the tracepoint' {
    BeforeAll { $null = Start-DropMonitor -Source Tracepoint }
    AfterAll { Stop-DropMonitor }

    It 'refuses what its source does not report: <_>' -ForEach '-InterfaceName lo', '-Protocol UDP' {
        { & ([scriptblock]::Create("Get-NetDrop $_")) } | Should -Throw -ErrorId 'OptionUnusable,DropMon.Commands.GetNetDropCommand'
    }
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

    It 'refuses what nothing could match: <_>' -ForEach '-Reason NO_SOKET', '-Protocol UPD', '-Source Tracepoint -Protocol UDP' {
        { & ([scriptblock]::Create("Get-NetDrop -Duration 1 $_")) } | Should -Throw
    }
    It 'asks whether another reason was meant' {
        $problem = { Get-NetDrop -Duration 1 -Reason NO_SOKET } | Should -Throw -ErrorId 'ReasonUnknown,DropMon.Commands.GetNetDropCommand' -PassThru
        $problem.ErrorDetails.RecommendedAction | Should -Be 'Did you mean NO_SOCKET?'
    }

    It 'refuses -Last, since nothing was kept' {
        { Get-NetDrop -Last 3 } | Should -Throw -ErrorId 'MonitorNotRunning,DropMon.Commands.GetNetDropCommand'
    }
}

Describe 'Get-NetDrop with files' {
    BeforeAll {
        Import-Module $PSScriptRoot/AlertFile.psm1
        New-AlertFile $TestDrive/a.jsonl 5
        New-AlertFile $TestDrive/b.jsonl 5
    }
    It 'counts -Count over all of them, from wherever they come' {
        Get-ChildItem $TestDrive/*.jsonl | Get-NetDrop -Count 2 | Should -HaveCount 2
        Get-NetDrop -Path $TestDrive/a.jsonl, $TestDrive/b.jsonl -Count 7 | Should -HaveCount 7
    }
    It 'knows reasons by the name that the kernel''s source gives them' { Get-NetDrop -Path $TestDrive/a.jsonl -Reason SKB_DROP_REASON_NO_SOCKET | Should -Not -BeNullOrEmpty }
    It 'refuses options of a source: <_>' -ForEach '-Source NetDm', '-StackTrace', '-TruncationLength 10', '-Hardware' {
        { & ([scriptblock]::Create("Get-NetDrop -Path '$TestDrive/a.jsonl' $_")) } | Should -Throw -ExpectedMessage '*the alerts come from files*'
    }
}
