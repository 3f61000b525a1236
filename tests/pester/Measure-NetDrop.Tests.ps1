BeforeAll {
    Import-Module $PSScriptRoot/../../DropMon.psd1 -Force
    Import-Module $PSScriptRoot/Traffic.psm1 -Force
    Import-Module $PSScriptRoot/Background.psm1 -Force
}

Describe 'Measure-NetDrop as drops happen' {
    BeforeAll {
        # The drops are in the sender's context, so this process's are distinguished from all others.
        $run = Start-Background { Measure-NetDrop -By ProcessId, Function, Reason -Source Tracepoint -Duration 3 }
        Wait-Tracepoint
        Send-ClosedPort -Count 300
        $groups = Complete-Background $run
        $own = $groups | Where-Object { $_.ProcessId -eq $PID -and $_.Reason -eq 'NO_SOCKET' }
    }

    It 'counts each datagram to a closed port' { $own.Count | Should -Be 300 }
    It 'names what it grouped by' { $own.Name | Should -Be "$PID, $($own.Function), NO_SOCKET" }
    It 'tells what the group has in common' { "$($own.Class) $($own.Type)" | Should -Be 'Udp NoPorts' }
    It 'makes the rate by the time it took' { $own.PerSecond | Should -Be ($own.Count / $own.Duration.TotalSeconds) }
    It 'has a history that adds up' { ($own.History | Measure-Object -Sum).Sum | Should -Be 300 }
    It 'has shares that make up the whole' { [math]::Round(($groups | Measure-Object Share -Sum).Sum, 6) | Should -Be 1 }
    It 'has the ledger of losses' { $own.Ledger.TotalLost | Should -Be 0 }
    It 'shows name and rate in a table of 120 columns' {
        $lines = ($own | Out-String -Width 120) -split "`n" | ForEach-Object TrimEnd
        $lines -match 'NO_SOCKET' | Should -HaveCount 1
        $lines | ForEach-Object { $_.Length | Should -BeLessOrEqual 120 }
    }
    It 'reads well as text' { "$own" | Should -Match '^\d+, \w+, NO_SOCKET: 300 in [\d.]+ s, [\d.]+/s$' }
}

Describe 'Measure-NetDrop of alerts' {
    BeforeAll {
        $null = Start-DropMonitor -Source Tracepoint
        Send-ClosedPort -Count 50
        $alerts = Get-NetDrop | Where-Object ProcessId -EQ $PID
        $kept = Measure-NetDrop -By ProcessId | Where-Object ProcessId -EQ $PID
        Stop-DropMonitor
        function Measure-Own { $input | Measure-NetDrop -By Reason | ForEach-Object { "$($_.Name) $($_.Count)" } }
    }

    It 'measures what a running monitor has kept' { $kept.Count | Should -Be 50 }
    It 'takes alerts from the pipeline' { $alerts | Measure-Own | Should -Be 'NO_SOCKET 50' }
    It 'takes alerts as an argument' { (Measure-NetDrop -InputObject $alerts -By Reason).Count | Should -Be 50 }
    It 'takes alerts that Import-Clixml read' {
        $alerts | Export-Clixml TestDrive:/alerts.xml
        $read = Import-Clixml TestDrive:/alerts.xml
        $read | Measure-Own | Should -Be 'NO_SOCKET 50'
    }
    It 'keeps the times of alerts that Import-Clixml read' {
        $alerts | Export-Clixml TestDrive:/times.xml
        $read = Import-Clixml TestDrive:/times.xml | Measure-NetDrop -By Reason
        $read.First | Should -Be ($alerts[0].Timestamp)
    }
    It 'takes alerts from JSON' { $alerts | ConvertTo-Json -WarningAction Ignore | ConvertFrom-Json | Measure-Own | Should -Be 'NO_SOCKET 50' }
    It 'takes alerts from CSV' { $alerts | ConvertTo-Csv | ConvertFrom-Csv | Measure-Own | Should -Be 'NO_SOCKET 50' }
    It 'filters them' { $alerts | Measure-NetDrop -Class Tcp | Should -BeNullOrEmpty }
    It 'makes the rate by -Duration' { ($alerts | Measure-NetDrop -By Reason -Duration 100).PerSecond | Should -Be 0.5 }
    It 'shows only the largest with -Top' { $alerts | Measure-NetDrop -By Cpu, Reason -Top 1 | Should -HaveCount 1 }
    It 'makes one group of all without keys' { ($alerts | Measure-NetDrop -By @()).Name | Should -Be '(all)' }
    It 'returns nothing for an empty pipeline' { @() | Measure-NetDrop | Should -BeNullOrEmpty }
    It 'says what is no alert' {
        'text' | Measure-NetDrop -ErrorAction SilentlyContinue -ErrorVariable problem
        $problem.FullyQualifiedErrorId | Should -Be 'InputNotUnderstood,DropMon.Commands.MeasureNetDropCommand'
    }
}

Describe 'Measure-NetDrop -Reconcile' {
    BeforeAll {
        $run = Start-Background { Measure-NetDrop -Reconcile -Source Tracepoint -Duration 3 }
        Wait-Tracepoint
        $port = Get-ClosedPort
        do {
            Send-ClosedPort -Count 100 -Port $port
        } until ($run.Run.IsCompleted)
        $counter = Complete-Background $run | Where-Object Name -EQ 'Udp.NoPorts'
    }

    It 'shows the increase of the counter' { $counter.Increase | Should -BeGreaterThan 100 }
    It 'explains it by the drops seen' { $counter.Unexplained | Should -Be 0 }
    It 'has in CSV what explains it and what changed, as text' {
        $row = $counter | ConvertTo-Csv | ConvertFrom-Csv
        $row.Explained | Should -Match 'NO_SOCKET \d+ at \w*udp\w*'
        $row.Changes | Should -BeLike 'Udp.NoPorts +*'
        $counter.Changes[0].Reasons | Should -Be 'NO_SOCKET'
    }
    It 'names reason and function' { "$($counter.Explained[0])" | Should -Match 'NO_SOCKET \d+ at \w*udp\w*' }
    It 'refuses a filter' { { Measure-NetDrop -Reconcile -Class Udp } | Should -Throw -ErrorId 'OptionUnusable,DropMon.Commands.MeasureNetDropCommand' }
}
