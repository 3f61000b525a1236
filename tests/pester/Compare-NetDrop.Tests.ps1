BeforeAll {
    Import-Module $PSScriptRoot/../../DropMon.psd1 -Force
    Import-Module $PSScriptRoot/Traffic.psm1 -Force
    $null = Start-DropMonitor -Source Tracepoint
    Send-ClosedPort -Count 400
    $many = Get-NetDrop | Where-Object ProcessId -EQ $PID
    Stop-DropMonitor
    $few = $many[0..39]
    function Measure-Over($Alerts, $Seconds) { $Alerts | Measure-NetDrop -Duration $Seconds }
}

Describe 'Compare-NetDrop' {
    It 'says <Status> for <Before> before and <After> after' -ForEach @(
        @{ Before = 400; After = 40; Status = 'Better' }
        @{ Before = 40; After = 400; Status = 'Worse' }
        @{ Before = 400; After = 400; Status = 'Same' }
        @{ Before = 0; After = 400; Status = 'New' }
        @{ Before = 400; After = 0; Status = 'Gone' }
    ) {
        $sides = foreach ($count in $Before, $After) { , @($count ? (Measure-Over ($count -eq 400 ? $many : $few) 10) : $null) }
        (Compare-NetDrop -Before $sides[0] -After $sides[1]).Status | Should -Be $Status
    }
    It 'compares rates, not counts' { (Compare-NetDrop (Measure-Over $many 100) (Measure-Over $few 10)).Status | Should -Be 'Same' }
    It 'tells function, reason and counter' {
        $comparison = Compare-NetDrop (Measure-Over $many 10) (Measure-Over $few 10)
        "$($comparison.Function) $($comparison.Reason) $($comparison.Type)" | Should -Match '^\w*udp\w* NO_SOCKET NoPorts$'
    }
    It 'takes alerts' { (Compare-NetDrop $many $null).CountBefore | Should -Be 400 }
    It 'takes measurements that Import-Clixml read' {
        Measure-Over $many 10 | Export-Clixml TestDrive:/before.xml
        (Compare-NetDrop (Import-Clixml TestDrive:/before.xml) (Measure-Over $few 10)).Status | Should -Be 'Better'
    }
    It 'leaves out the same with -ExcludeSame' { Compare-NetDrop (Measure-Over $many 10) (Measure-Over $many 10) -ExcludeSame | Should -BeNullOrEmpty }
    It 'lets more be the same with -Tolerance' { (Compare-NetDrop (Measure-Over $many 10) (Measure-Over $few 10) -Tolerance 1).Status | Should -Be 'Same' }
    It 'refuses measurements that are grouped differently' {
        { Compare-NetDrop ($many | Measure-NetDrop -By Reason) ($few | Measure-NetDrop -By Function) } | Should -Throw -ErrorId 'OptionUnusable,DropMon.Commands.CompareNetDropCommand'
    }
    It 'shows both rates in 120 columns' {
        $text = Compare-NetDrop (Measure-Over $many 10) (Measure-Over $few 10) | Out-String -Width 120
        $text | Should -Match '40\.0 +4\.0 +-36\.0'
        $text -split "`n" | ForEach-Object { $_.TrimEnd().Length | Should -BeLessOrEqual 120 }
    }
}
