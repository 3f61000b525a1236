BeforeAll {
    Import-Module $PSScriptRoot/../../DropMon.psd1 -Force
    Import-Module $PSScriptRoot/Traffic.psm1 -Force
    Import-Module $PSScriptRoot/Background.psm1 -Force
}

Describe 'Wait-NetDrop' {
    BeforeAll { $traffic = Start-Traffic -Most 60000 }
    AfterAll { Stop-Traffic $traffic }

    It 'returns the drop that met the condition' { (Wait-NetDrop -Function '*udp*rcv' -Timeout 60).Reason | Should -Be 'NO_SOCKET' }
    It 'returns one drop only' { Wait-NetDrop -Function '*udp*rcv' -Timeout 60 | Should -HaveCount 1 }
    It 'returns the measurement that met -MinPerSecond' {
        $found = Wait-NetDrop -Function '*udp*rcv' -MinPerSecond 3 -Timeout 60
        $found.Count | Should -BeGreaterOrEqual 3
        $found.GetType().Name | Should -Be 'DropMeasurement'
    }
    It 'fails with its own error when the time is over' {
        { Wait-NetDrop -Class Can -Timeout 0.2 } | Should -Throw -ErrorId 'NetDropWaitTimeout,DropMon.Commands.WaitNetDropCommand'
    }
    It 'fails so for a rate, too' {
        { Wait-NetDrop -Class Can -MinPerSecond 5 -Timeout 0.2 } | Should -Throw -ErrorId 'NetDropWaitTimeout,DropMon.Commands.WaitNetDropCommand'
    }
    It 'tells in the error what came instead' { { Wait-NetDrop -Class Can -Timeout 0.2 } | Should -Throw '*alert*received*filtered out*' }
    It 'returns nothing with -Quiet' { Wait-NetDrop -Class Can -Timeout 0.2 -Quiet | Should -BeNullOrEmpty }
    It 'does not take an incapable machine for a timeout with -Quiet' {
        { Wait-NetDrop -Source Tracepoint -InterfaceName lo -Timeout 0.2 -Quiet } | Should -Throw -ErrorId 'OptionUnusable*'
    }
    It 'stops on Ctrl+C and leaves nothing open' {
        $run = Start-Background { Wait-NetDrop -Class Can -Source Tracepoint }
        Wait-Tracepoint
        Stop-Background $run
        Wait-Tracepoint -Gone
    }
}
