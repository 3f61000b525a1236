BeforeAll {
    Import-Module $PSScriptRoot/../../DropMon.psd1 -Force
    Import-Module $PSScriptRoot/Traffic.psm1 -Force
}

Describe 'Test-NetDrop' {
    BeforeAll {
        $traffic = Start-Traffic -Most 60000
        # Datagrams to a closed port are what the stack does by design: they count only when asked for.
        $drops = @{ Function = '*udp*rcv'; Significance = 'Expected'; Duration = 1 }
    }
    AfterAll { Stop-Traffic $traffic }

    It 'returns the offending place with the limit it broke' {
        $failed = Test-NetDrop @drops -MaxCount 2
        "$($failed.Status) $($failed.Reason): $($failed.Limit)" | Should -Be 'Failed NO_SOCKET: at most 2 in total'
    }
    It 'judges the rate' { (Test-NetDrop @drops -MaxPerSecond 0.5).Limit | Should -Be 'at most 0.5 a second' }
    It 'lets no drop pass where no limit is given' { (Test-NetDrop @drops).Status | Should -Be 'Failed' }
    It 'sums up when all is well' { (Test-NetDrop @drops -MaxPerSecond 1e6).Status | Should -Be 'Passed' }
    It 'counts what it looked at when all is well' { (Test-NetDrop @drops -MaxPerSecond 1e6).Count | Should -BeGreaterThan 0 }
    It 'returns $false with -Quiet when a limit is broken' { Test-NetDrop @drops -Quiet | Should -BeFalse }
    It 'returns $true with -Quiet when all is well' { Test-NetDrop @drops -MaxPerSecond 1e6 -Quiet | Should -BeTrue }
    It 'does not mind what works as designed unless asked to' { (Test-NetDrop -Function '*udp*rcv' -Duration 1).Status | Should -Be 'Passed' }
    It 'leaves out what -Exclude names: <_>' -ForEach 'NO_SOCK*', '*udp*rcv', '*udp*rcv+0x*' { (Test-NetDrop @drops -Exclude $_).Status | Should -Be 'Passed' }
    It 'shows the limit in 120 columns' {
        $text = Test-NetDrop @drops -MaxCount 2 | Out-String -Width 120
        $text | Should -Match 'Failed .* at most 2 in total .*NO_SOCKET'
        $text -split "`n" | ForEach-Object { $_.TrimEnd().Length | Should -BeLessOrEqual 120 }
    }
}

Describe 'Test-NetDrop on a machine that cannot tell' {
    It 'never passes because nothing could match: <_>' -ForEach '-Reason NO_SOKET', '-Source Tracepoint -Protocol UDP' {
        & ([scriptblock]::Create("Test-NetDrop $_ -Duration 1 -Quiet -ErrorAction SilentlyContinue")) | Should -BeFalse
    }
    It 'refuses a time in which nothing can be seen: <_>' -ForEach 0, ([timespan]::FromSeconds(-5)), '-00:00:01' {
        { Test-NetDrop -Duration $_ -Quiet } | Should -Throw -ExpectedMessage '*is not a number of seconds above 0*'
    }
    It 'fails' { { Test-NetDrop -Source Tracepoint -Hardware -Duration 1 } | Should -Throw -ErrorId 'OptionUnusable,DropMon.Commands.TestNetDropCommand' }
    It 'returns $false and an error with -Quiet' {
        $result = Test-NetDrop -Source Tracepoint -Hardware -Duration 1 -Quiet -ErrorAction SilentlyContinue -ErrorVariable problem
        $result | Should -BeFalse
        $problem.FullyQualifiedErrorId | Should -Be 'OptionUnusable,DropMon.Commands.TestNetDropCommand'
    }
}
