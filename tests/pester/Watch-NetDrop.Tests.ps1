BeforeAll {
    Import-Module $PSScriptRoot/../../DropMon.psd1 -Force
    Import-Module $PSScriptRoot/Traffic.psm1 -Force
    Import-Module $PSScriptRoot/Background.psm1 -Force
}

Describe 'A watch in the pipeline' {
    BeforeAll { $traffic = Start-Traffic -Most 60000 }
    AfterAll { Stop-Traffic $traffic }
    AfterEach { Wait-Tracepoint -Gone }

    It 'ends after -Count' { Watch-NetDrop -Function '*udp*rcv' -Count 5 | Should -HaveCount 5 }
    It 'hands each drop on before the next comes' {
        $ages = Watch-NetDrop -Function '*udp*rcv' -Source Tracepoint -Count 5 | ForEach-Object { ([DateTimeOffset]::Now - $_.Timestamp).TotalSeconds }
        ($ages | Measure-Object -Maximum).Maximum | Should -BeLessThan 60
    }
    It 'stops when Select-Object has enough: <_>' -ForEach 'Watch-NetDrop', 'Get-NetDrop -Duration 3600' {
        & ([scriptblock]::Create("$_ -Source Tracepoint -Function '*udp*rcv' | Select-Object -First 2")) | Should -HaveCount 2
    }
    It 'stops when a command down the pipeline fails' {
        { Watch-NetDrop -Source Tracepoint -Function '*udp*rcv' | ForEach-Object { throw 'enough' } } | Should -Throw 'enough'
    }
    It 'stops when a loop around it breaks' {
        $seen = 0
        foreach ($once in 1) { Watch-NetDrop -Source Tracepoint -Function '*udp*rcv' | ForEach-Object { if (++$seen -ge 2) { break } } }
        $seen | Should -Be 2
    }
    It 'stops on Ctrl+C with drops' {
        $run = Start-Background { Watch-NetDrop -Source Tracepoint }
        Wait-Tracepoint
        Stop-Background $run
    }
    It 'stops on Ctrl+C without any' {
        $run = Start-Background { Watch-NetDrop -Source Tracepoint -Class Can }
        Wait-Tracepoint
        Stop-Background $run
    }
    It 'stops on Ctrl+C while it counts' {
        $run = Start-Background { Measure-NetDrop -Source Tracepoint -Duration 3600 }
        Wait-Tracepoint
        Stop-Background $run
    }
}

Describe 'Watch-NetDrop -Top' {
    It 'shows one table after the other where there is no terminal' {
        $text = pwsh -NoProfile -NonInteractive -Command "Import-Module $PSScriptRoot/../../DropMon.psd1; Watch-NetDrop -Top -Interval 0.2 -Duration 1 -Class Can 3>`$null"
        @($text -match 'packets dropped').Count | Should -BeGreaterThan 1
        $text -match "`e" | Should -BeNullOrEmpty
    }
    It 'refuses -Count' { { Watch-NetDrop -Top -Count 3 } | Should -Throw -ErrorId 'AmbiguousParameterSet,*' }
}
